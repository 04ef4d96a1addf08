"""Guessing at passwords: after five wrong ones the door stays shut to that name from that address."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import Settings

from tests.test_permissions import routes

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture
def ines() -> User:
    return User.objects.create_user("ines", password="right", is_staff=True)


def log_in(password: str, name: str = "ines", address: str = "192.0.2.1") -> Any:
    """What a browser without a session is answered."""
    return Client().post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address)


def lock() -> Any:
    """Guess wrong as often as it takes; the last answer."""
    answers = [log_in(f"wrong {n}") for n in range(settings.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in answers[:-1]] == [200] * (len(answers) - 1)
    return answers[-1]


def test_after_five_wrong_ones_the_right_one_is_refused_too(ines: User) -> None:
    assert log_in("right").status_code == 302
    for answer in (lock(), log_in("right")):
        assert answer.status_code == 429
        text = answer.content.decode()
        assert "15 minutes" in text
        assert "wrong 4" not in text


def test_others_are_not_shut_out(ines: User) -> None:
    User.objects.create_user("otto", password="right", is_staff=True)
    lock()
    assert log_in("right", address="192.0.2.2").status_code == 302
    assert log_in("right", name="otto").status_code == 302


@pytest.mark.parametrize("proxies", [0, 1])
def test_behind_a_proxy_it_is_the_guesser_alone_who_is_shut_out(
    ines: User, settings: Settings, proxies: int
) -> None:
    """By its Unix socket everyone comes from nowhere; what a client claims of it counts for nothing."""
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}

    def come_by(forwarded: str, password: str) -> int:
        answer = Client().post(
            LOGIN,
            {"username": "ines", "password": password},
            REMOTE_ADDR="",
            headers={"X-Forwarded-For": forwarded},
        )
        return answer.status_code

    for n in range(5):
        come_by(f"10.0.0.{n}, 192.0.2.1", f"wrong {n}")
    assert come_by("192.0.2.1", "right") == 429
    assert come_by("192.0.2.1, 2001:db8::1", "right") == (302 if proxies else 429)


def test_a_right_one_in_between_begins_anew(ines: User) -> None:
    for _ in range(2):
        for n in range(settings.AXES_FAILURE_LIMIT - 1):
            assert log_in(f"wrong {n}").status_code == 200
        assert log_in("right").status_code == 302


def test_it_opens_again_by_itself(ines: User) -> None:
    lock()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert log_in("right").status_code == 302


def test_it_is_opened_by_hand(ines: User) -> None:
    lock()
    call_command("axes_reset_username", "ines", verbosity=0)
    assert log_in("right").status_code == 302


def test_nothing_else_takes_a_password() -> None:
    """A token is 256 random bits, which nobody guesses; requests with wrong ones are counted all the same."""
    taking = {route for route in routes(get_resolver()) if "password" in route or "login" in route}
    assert taking == {
        LOGIN,
        "/admin/password_change/",
        "/admin/password_change/done/",
        "/admin/auth/user/<id>/password/",
    }


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_a_login_that_may_not_lead_elsewhere_leads_to_the_admin(ines: User, wanted: str) -> None:
    answer = Client().post(LOGIN, {"username": "ines", "password": "right", "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
