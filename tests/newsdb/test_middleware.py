"""What the installed middleware promises: files, a strict content policy, open reading, a guarded login."""

from typing import Any

import pytest
from csp.decorators import csp_update
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from newsdb.middleware import PolicyMiddleware

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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/api/v1/outlets/", "/api/v1/outlets/none/", "/static/admin/css/none.css"]
)
def test_what_is_no_page_has_the_same_policy(client: Client, address: str) -> None:
    def directives(address: str) -> set[str]:
        return set(client.get(address)["Content-Security-Policy"].split("; "))

    assert directives(address) == directives("/admin/login/")


@csp_update({"img-src": ["https://images.example"]})
def own_policy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>", content_type="text/html" if request.GET else "application/json")


def test_a_page_may_have_a_policy_of_its_own(rf: RequestFactory) -> None:
    answer: Any = PolicyMiddleware(own_policy)
    assert "images.example" in answer(rf.get("/?page"))["Content-Security-Policy"]
    assert "images.example" not in answer(rf.get("/"))["Content-Security-Policy"]


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


@pytest.mark.django_db
def test_the_api_knows_no_session(admin_client: Client) -> None:
    """Who is logged in to the admin is nobody there, and nothing is asked of the session."""
    with CaptureQueriesContext(connection) as queries:
        answer = admin_client.get("/api/v1/outlets/")
    assert answer.status_code == 200
    assert not hasattr(answer.wsgi_request, "session")
    assert not [query for query in queries if "session" in query["sql"]]
    assert admin_client.get("/admin/").wsgi_request.user.is_authenticated
