"""What the installed middleware promises: files, a strict content policy, open reading, a guarded login."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

ELSEWHERE = {"Origin": "https://elsewhere.example"}


def test_static_files_need_no_collectstatic(client: Client) -> None:
    response = client.get("/static/admin/css/base.css")
    assert response.status_code == 200
    assert b"--primary" in b"".join(response)


@pytest.mark.django_db
def test_content_policy_allows_nothing_inline(client: Client) -> None:
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_any_page_may_read_the_api(client: Client) -> None:
    assert client.get("/api/", headers=ELSEWHERE)["Access-Control-Allow-Origin"] == "*"


def test_no_page_may_write_through_a_browser(client: Client) -> None:
    response = client.options("/api/", headers=ELSEWHERE | {"Access-Control-Request-Method": "POST"})
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
def test_no_other_page_may_read_the_admin(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", headers=ELSEWHERE)


@pytest.mark.django_db
def test_guessing_passwords_locks_out_the_guesser_alone(client: Client) -> None:
    get_user_model().objects.create_superuser("ada", password="analytical")

    def log_in(password: str, address: str) -> int:
        return client.post(
            "/admin/login/", {"username": "ada", "password": password}, REMOTE_ADDR=address
        ).status_code

    guesses = [log_in(f"guess {n}", "192.0.2.1") for n in range(5)]
    assert guesses[:4] == [200] * 4
    assert log_in("analytical", "192.0.2.1") == 429
    assert log_in("analytical", "192.0.2.2") == 302
