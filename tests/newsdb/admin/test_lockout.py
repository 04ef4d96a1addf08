"""Guessing at passwords: after so many wrong ones nobody looks at the next, not even at a right one."""

from datetime import timedelta
from typing import Any
from unittest.mock import Mock

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
LIMITS = settings.LOGIN_LIMITS


@pytest.fixture
def ines() -> User:
    return User.objects.create_user("ines", password="right", is_staff=True)


def log_in(password: str, name: str = "ines", address: str = "192.0.2.1") -> Any:
    """What a browser without a session is answered."""
    return Client().post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address)


def lock() -> Any:
    """Guess wrong as often as it takes; the last answer."""
    answers = [log_in(f"wrong {n}") for n in range(LIMITS["name and network"])]
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
        for n in range(LIMITS["name and network"] - 1):
            assert log_in(f"wrong {n}").status_code == 200
        assert log_in("right").status_code == 302


def guess(times: int, name: str = "ines", address: str = "192.0.2.1") -> set[int]:
    """How wrong passwords are answered; ``name`` and ``address`` may have the number of each in them."""
    return {log_in("wrong", name.format(n), address.format(n)).status_code for n in range(times)}


@pytest.mark.parametrize(
    "spelling",
    [
        ("2001:db8::{:x}", "2001:db8::ffff:1", "2001:db8:0:1::1"),
        ("[2001:db8::{:x}]:{:d}", "2001:db8::ffff:1", "2001:db8:0:1::1"),
        ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("192.0.2.1:1{}", "192.0.2.1", "192.0.2.2"),
        ("[::ffff:192.0.2.1]:8{}", "192.0.2.1", "192.0.2.2"),
        ("fe80::1%eth{}", "fe80::2", "fe80:0:0:1::2"),
    ],
    ids=lambda spelling: spelling[0],
)
def test_a_network_is_one_client_however_its_addresses_are_written(
    ines: User, settings: Settings, spelling: tuple[str, str, str]
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}

    def come_from(address: str, password: str) -> int:
        form = {"username": "ines", "password": password}
        return Client().post(LOGIN, form, headers={"X-Forwarded-For": f"10.0.0.1, {address}"}).status_code

    written, same, other = spelling
    statuses = [come_from(written.format(n, n), "wrong") for n in range(LIMITS["name and network"])]
    assert statuses == [200] * (len(statuses) - 1) + [429]
    assert come_from(same, "right") == 429
    assert come_from(other, "right") == 302


def test_guesses_at_many_names_from_one_network_come_to_an_end(ines: User) -> None:
    assert guess(LIMITS["network"] - 1, name="name {}") == {200}
    assert guess(1, name="another") == {429}
    assert guess(5, name="name {}") == {429}
    assert log_in("right").status_code == 429
    assert log_in("right", address="192.0.2.2").status_code == 302


def test_so_do_guesses_at_one_name_from_many_networks(ines: User) -> None:
    """But not for its owner where she has been before, or strangers could shut her out."""
    assert log_in("right", address="198.51.100.1").status_code == 302
    assert guess(LIMITS["name"] - 1, address="192.0.2.{}") == {200}
    assert guess(5, address="203.0.113.{}") == {429}
    assert log_in("right", address="203.0.113.200").status_code == 429
    assert log_in("right", address="198.51.100.1").status_code == 302
    assert log_in("right", address="203.0.113.200").status_code == 429
    assert guess(LIMITS["name and network"], address="198.51.100.1") == {200, 429}
    assert log_in("right", address="198.51.100.1").status_code == 429


def test_where_it_has_been_logged_in_a_stranger_beside_is_no_hindrance(ines: User) -> None:
    assert log_in("right").status_code == 302
    assert 429 in guess(LIMITS["network"], name="name {}")
    assert log_in("right").status_code == 302
    assert log_in("right", name="otto").status_code == 429


def test_no_password_is_looked_at_once_it_is_shut(ines: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what costs, and nothing is written either, so that going on does not keep it shut."""
    lock()
    before = list(AccessAttempt.objects.values())
    hashed = Mock()
    monkeypatch.setattr("django.contrib.auth.backends.ModelBackend.authenticate", hashed)
    assert {log_in("right").status_code for _ in range(3)} == {429}
    assert not hashed.called
    assert list(AccessAttempt.objects.values()) == before


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
