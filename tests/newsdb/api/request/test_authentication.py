"""Tokens: what they open, when they end, and what they cost."""

from datetime import timedelta
from io import StringIO
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from newsdb.models import Token
from newsdb.models.token import EDITORS, TokenQuerySet, digest_of
from tests.clients import client_with, make_editor, token_for

pytestmark = pytest.mark.django_db
PATH = "/api/v1/outlets/?count=on"
BODY = {"slug": "gazette", "name": "The Gazette"}


def test_a_token_is_kept_as_its_hash_only() -> None:
    secret = token_for(make_editor())
    token = Token.objects.get()
    assert token.digest == digest_of(secret)
    assert secret.startswith("newsdb_")
    assert secret not in str(Token.objects.values())


def test_a_good_token_reads_and_writes() -> None:
    client = client_with(token_for(make_editor()))
    assert client.get(PATH).status_code == 200
    assert client.post("/api/v1/outlets/", BODY, format="json").status_code == 201


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_scheme_is_without_case(scheme: str) -> None:
    secret = token_for(make_editor())
    answer = APIClient().get(PATH, headers={"Authorization": f"{scheme}  {secret} "})
    assert answer.status_code == 200
    assert Token.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer nonsense", "Bearer é", "Bearer a b", "bearer x"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_token_is_refused(header: str, method: str) -> None:
    answer = getattr(APIClient(), method)(PATH.split("?")[0], headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="newsdb", error="invalid_token"'


def test_what_ended_is_refused() -> None:
    user, now = make_editor(), timezone.now()
    past, future = now - timedelta(seconds=1), now + timedelta(days=1)
    assert client_with(token_for(user, expires_at=future)).get(PATH).status_code == 200
    assert client_with(token_for(user, expires_at=past)).get(PATH).status_code == 401
    secret = token_for(user)
    assert client_with(secret).get(PATH).status_code == 200
    assert Token.objects.with_secret(secret).revoke() == 1
    assert client_with(secret).get(PATH).status_code == 401
    idle = token_for(User.objects.create(username="gone", is_active=False))
    assert client_with(idle).get(PATH).status_code == 401


def test_another_scheme_is_nobodys() -> None:
    headers = {"Authorization": "Basic aW5lczp4"}
    assert APIClient().get(PATH, headers=headers).status_code == 200
    refused = APIClient().post("/api/v1/outlets/", BODY, format="json", headers=headers)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="newsdb"'


def test_a_session_is_not_a_token() -> None:
    admin = User.objects.create_superuser("root", password="x")
    client = Client()
    client.force_login(admin)
    answer = client.post("/api/v1/outlets/", BODY, content_type="application/json")
    assert answer.status_code == 401


def test_anonymous_reading_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert APIClient().get("/api/v1/").status_code == 200
    with django_assert_num_queries(0):
        assert APIClient().post("/api/v1/outlets/", BODY, format="json").status_code == 401


def test_use_is_noted_once_a_minute(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = client_with(token_for(make_editor(), "read"))
    noted = 4  # to note it is a transaction of its own
    with django_assert_num_queries(noted):
        client.get("/api/v1/")
    with django_assert_num_queries(1):
        client.get("/api/v1/")
    Token.objects.update(last_used_at=timezone.now() - timedelta(seconds=61))
    with django_assert_num_queries(noted):
        client.get("/api/v1/")


def test_use_is_noted_another_time_where_the_store_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_with(token_for(make_editor(), "read"))
    with monkeypatch.context() as busy:
        busy.setattr(TokenQuerySet, "update", Mock(side_effect=OperationalError("database is locked")))
        assert client.get(PATH).status_code == 200
    assert Token.objects.get().last_used_at is None
    assert client.get(PATH).status_code == 200
    assert Token.objects.get().last_used_at is not None


def test_the_group_of_editors_is_there() -> None:
    assert Group.objects.filter(name=EDITORS).exists()


def test_a_browser_elsewhere_reads_as_nobody_and_never_writes() -> None:
    origin = {"Origin": "https://elsewhere.example"}
    read = APIClient().get(PATH, headers=origin)
    assert read.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read.headers
    for method, header in (("POST", "content-type"), ("GET", "authorization"), ("PATCH", "if-match")):
        assert not may_send("/api/v1/outlets/", origin, method, header)


def may_send(path: str, origin: dict[str, str], method: str, header: str) -> bool:
    """Whether a browser lets a page of this origin send such a request."""
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": header}
    flight = APIClient().options(path, headers=origin | asked).headers
    assert "Access-Control-Allow-Credentials" not in flight
    methods, headers = (flight[f"Access-Control-Allow-{what}"].split(", ") for what in ("Methods", "Headers"))
    return method in methods and header in [name.lower() for name in headers]


def test_any_page_may_check_but_not_with_a_token() -> None:
    origin = {"Origin": "https://elsewhere.example"}
    assert may_send("/api/v1/checks/", origin, "POST", "content-type")
    assert not may_send("/api/v1/checks/", origin, "POST", "authorization")
    assert not may_send("/api/v1/checks/", origin, "PATCH", "content-type")


def test_pages_of_origins_that_are_named_may_write(settings: Any) -> None:
    settings.CORS_WRITE_ORIGINS = ["https://desk.example"]
    for origin, allowed in (("https://desk.example", True), ("https://desk.example.evil.example", False)):
        for method, header in (("POST", "authorization"), ("PATCH", "if-match"), ("POST", "content-type")):
            assert may_send("/api/v1/outlets/", {"Origin": origin}, method, header) is allowed


def test_the_command_makes_a_token() -> None:
    user = User.objects.create(username="bot")
    out, err = StringIO(), StringIO()
    arguments = {"name": "Nightly", "scope": "write", "days": 90}
    call_command("create_token", "bot", **arguments, stdout=out, stderr=err)
    secret = out.getvalue().strip()
    token = Token.objects.with_secret(secret).get()
    assert (token.user, token.scope, token.name) == (user, "write", "Nightly")
    assert token.expires_at is not None
    assert 89 <= (token.expires_at - timezone.now()).days <= 90
    assert EDITORS in err.getvalue()
    assert secret not in err.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [{"user": "nobody", "name": "x"}, {"user": "bot", "name": "x", "days": 0}, {"user": "bot", "name": ""}],
)
def test_the_command_refuses(arguments: dict) -> None:
    User.objects.create(username="bot")
    with pytest.raises(CommandError):
        call_command("create_token", arguments.pop("user"), stdout=StringIO(), **arguments)
    assert not Token.objects.exists()


def test_the_admin_shows_a_token_once_and_revokes_it(admin_client: Client, admin_user: User) -> None:
    form = {"name": "Desk", "user": admin_user.pk, "scope": "write", "expires_at_0": "", "expires_at_1": ""}
    answer = admin_client.post("/admin/newsdb/token/add/", form, follow=True)
    token = Token.objects.get()
    (secret,) = [word for word in answer.content.decode().split() if word.startswith("newsdb_")]
    secret = secret.partition("<")[0]
    assert token.digest == digest_of(secret)
    assert client_with(secret).post("/api/v1/outlets/", BODY, format="json").status_code == 201
    page = f"/admin/newsdb/token/{token.pk}/change/"
    for address in (page, "/admin/newsdb/token/"):
        content = admin_client.get(address).content.decode()
        assert secret not in content
        assert token.digest not in content
    changed = {"name": "Renamed", "scope": "read", "user": 999, "expires_at_0": "", "expires_at_1": ""}
    admin_client.post(page, changed)
    token.refresh_from_db()
    assert (token.name, token.scope, token.digest) == ("Renamed", "write", digest_of(secret))
    action = {"action": "revoke", "_selected_action": [token.pk]}
    admin_client.post("/admin/newsdb/token/", action)
    assert client_with(secret).get(PATH).status_code == 401
