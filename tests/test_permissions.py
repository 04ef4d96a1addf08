"""Who may do what: every route and method of the URLconf. A new route fails until it has a row."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.contrib.auth.models import User
from django.urls import URLResolver, get_resolver
from rest_framework.test import APIClient

from articles.models import Statement
from newsdb.api.endpoints.probes import PROBES
from tests.articles.api.routes import settle
from tests.clients import client_with, make_editor, token_for
from tests.factories import StatementFactory

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")

#: Everyone with a token for writing, save the reader: a token made for reading.
ROLES = ("anonymous", "reader", "editor", "other editor", "staff", "superuser")


def by_role(open_to_editors: int) -> dict[str, int]:
    """What each role is answered by a write that gets as far as ``open_to_editors`` for an editor."""
    statuses = (401, 403, open_to_editors, open_to_editors, 403, open_to_editors)
    return dict(zip(ROLES, statuses, strict=True))


READ = dict.fromkeys(ROLES, 200)
#: An empty body is not valid, and no version is named: whoever gets there was let in.
MAKE, CHANGE = by_role(400), by_role(428)
NOT_ALLOWED = dict.fromkeys(ROLES, 405)

#: By route, the methods that it has beside OPTIONS; GET brings HEAD along.
TABLE: dict[str, dict[str, dict[str, int]]] = {
    "/": {"GET": READ},
    "/check/": {"GET": READ, "POST": dict.fromkeys(ROLES, 400)},
    "/robots.txt": {"GET": READ},
    "/favicon.ico": {"GET": dict.fromkeys(ROLES, 302)},
    "/sitemap.xml": {"GET": READ},
    "/sitemap-<kind>-<number>.xml": {"GET": READ},
    "/statements.atom": {"GET": READ},
    "/statements/": {"GET": READ},
    "/statements/<uid>/": {"GET": READ},
    "/statements/<uid>/embed/": {"GET": READ},
    "/oembed/": {"GET": dict.fromkeys(ROLES, 400)},
    "/actors/": {"GET": READ},
    "/actors/<slug>/": {"GET": READ},
    "/outlets/": {"GET": READ},
    "/outlets/<slug>/": {"GET": READ},
    "/articles/<uid>/": {"GET": READ},
    "/api/v1/": {"GET": READ},
    "/api/v1/schema/": {"GET": READ},
    "/api/v1/docs/": {"GET": READ},
    "/api/v1/statements/": {"GET": READ, "POST": MAKE},
    "/api/v1/statements/export/": {"GET": READ},
    "/api/v1/statements/facets/": {"GET": READ},
    "/api/v1/statements/batch/": {"POST": MAKE},
    "/api/v1/statements/<uid>/": {"GET": READ, "PATCH": CHANGE},
    "/api/v1/statements/<uid>/history/": {"GET": READ},
    "/api/v1/statements/<uid>/occurrences/": {"GET": READ},
    "/api/v1/statements/<uid>/retract/": {"POST": CHANGE},
    "/api/v1/statements/<uid>/restore/": {"POST": CHANGE},
    "/api/v1/captures/": {"POST": MAKE},
    # A check changes nothing. Its empty body is refused, of everyone alike.
    "/api/v1/checks/": {"POST": dict.fromkeys(ROLES, 400)},
    "/api/v1/articles/": {"GET": READ, "POST": MAKE},
    "/api/v1/articles/export/": {"GET": READ},
    "/api/v1/articles/<uid>/": {"GET": READ, "PATCH": CHANGE},
    "/api/v1/articles/<uid>/history/": {"GET": READ},
    "/api/v1/articles/<uid>/retract/": {"POST": CHANGE},
    "/api/v1/articles/<uid>/restore/": {"POST": CHANGE},
    "/api/v1/outlets/": {"GET": READ, "POST": MAKE},
    "/api/v1/outlets/export/": {"GET": READ},
    "/api/v1/outlets/<slug>/": {"GET": READ, "PATCH": CHANGE},
    "/api/v1/outlets/<slug>/history/": {"GET": READ},
    "/api/v1/outlets/<slug>/merge/": {"POST": CHANGE},
    "/api/v1/outlets/<slug>/unmerge/": {"POST": CHANGE},
    "/api/v1/actors/": {"GET": READ, "POST": MAKE},
    "/api/v1/actors/export/": {"GET": READ},
    "/api/v1/actors/<slug>/": {"GET": READ, "PATCH": CHANGE},
    "/api/v1/actors/<slug>/history/": {"GET": READ},
    "/api/v1/actors/<slug>/merge/": {"POST": CHANGE},
    "/api/v1/actors/<slug>/unmerge/": {"POST": CHANGE},
    "/api/v1/speakers/": {"GET": READ},
    "/api/v1/speakers/export/": {"GET": READ},
    "/api/v1/authors/": {"GET": READ},
    "/api/v1/authors/export/": {"GET": READ},
    "/api/v1/related-links/": {"GET": READ},
    "/api/v1/related-links/export/": {"GET": READ},
    "/api/v1/changes/": {"GET": READ},
    "/api/v1/dataset/": {"GET": READ},
}
TABLE |= {path: {"GET": READ} for path in PROBES}
#: Addresses that answer every method alike: with 404.
NOWHERE = {"/api/", "/[/]./"}
#: Pages of the admin that are there for whoever has not logged in yet, or no more.
OPEN_IN_ADMIN = {"/admin/login/", "/admin/logout/"}
#: What a route needs to be asked for.
QUERIES = {"/api/v1/statements/facets/": "?by=kind"}


def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every route of the project, parameters as ``<name>``."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", simplify_regex(path.replace("/^", "/")))


EVERY = sorted({*routes(), *PROBES})
ADMIN = [route for route in EVERY if route.startswith("/admin/")]
OURS = [route for route in EVERY if route not in ADMIN and route not in NOWHERE]


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(OURS) == set(TABLE)
    assert set(EVERY) >= NOWHERE | OPEN_IN_ADMIN


def address_of(route: str, statement: Statement) -> str:
    """The address of a route for the record that has to do with ``statement``."""
    keys = {
        "statements": str(statement.uid),
        "articles": str(statement.article.uid),
        "outlets": statement.article.outlet.slug,
        "actors": statement.speaker.slug,
    }
    key = next((key for name, key in keys.items() if f"/{name}/" in route), "")
    route = route.replace("<kind>", "statements").replace("<number>", "0")
    return re.sub(r"<\w+>", key, route) + QUERIES.get(route, "")


@pytest.fixture
def clients(db: None) -> dict[str, APIClient]:
    make = partial(User.objects.create, password="x")
    return {
        "anonymous": APIClient(),
        "reader": client_with(token_for(make_editor("rea"), "read")),
        "editor": client_with(token_for(make_editor("ines"))),
        "other editor": client_with(token_for(make_editor("otto"))),
        "staff": client_with(token_for(make(username="stan", is_staff=True))),
        "superuser": client_with(token_for(make(username="sue", is_superuser=True, is_staff=True))),
    }


@pytest.mark.parametrize("route", OURS)
def test_who_may_do_what(clients: dict[str, APIClient], route: str) -> None:
    statement = StatementFactory()
    settle()
    path = address_of(route, statement)
    row = TABLE.get(route, {})
    row = {**row, "HEAD": row["GET"]} if "GET" in row else row
    found, expected = {}, {}
    for method in METHODS:
        for role, client in clients.items():
            answer = client.generic(method, path, b"{}", content_type="application/json")
            found[method, role] = answer.status_code
            expected[method, role] = row.get(method, NOT_ALLOWED)[role]
            if method == "OPTIONS" and route.startswith("/api/"):
                expected[method, role] = 204 if route.endswith("/docs/") else 200
    assert found == expected


@pytest.mark.parametrize("method", METHODS)
def test_nowhere_is_nowhere(clients: dict[str, APIClient], method: str) -> None:
    assert {client.generic(method, "/api/v1/x/").status_code for client in clients.values()} == {404}


@pytest.mark.parametrize("route", [route for route in ADMIN if route not in OPEN_IN_ADMIN])
def test_a_token_is_no_key_to_the_admin(clients: dict[str, APIClient], route: str) -> None:
    path = re.sub(r"<\w+>", "1", route)
    for role, client in clients.items():
        for method in ("GET", "POST"):
            answer = client.generic(method, path)
            assert answer.status_code == 302, (role, method)
            assert answer.headers["Location"].startswith("/admin/login/"), (role, method)
