"""Who may do what in the admin: every route and method, by session. A new route fails until it has a row."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client

from actors.models import Role
from articles.models import Article, Statement
from newsdb.models import Change
from tests.admin_routes import NO_PAGES, OF_MODELS, SITE, model_of, path_of
from tests.clients import make_editor
from tests.hostile_text import fill
from tests.test_permissions import METHODS, OPEN_IN_ADMIN, OURS, TABLE, address_of

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit

#: What each page of a model takes, by how its route ends.
NEEDS = {
    "accept-above": "change",
    "list": "view",
    "<object_id>": "",  # leads whoever is staff on to the page itself
    "add": "add",
    "change": "view",
    "delete": "delete",
    "history": "view",
    "attach": "attach",
    "merge": "change",
    "next": "view",
    "paste-list": "change",
    "password": "change",
    "propose": "change",
    "publish": "change",
    "queue": "view",
    "reject": "change",
    "receive": "add",
    "restore": "change",
    "retract": "change",
    "undo": "undo",
}
EVERYTHING = {"view", "add", "change", "delete"}
#: What the pages of each model allow to whoever may do everything.
ALLOWED = {
    "actors.Actor": EVERYTHING,
    "actors.ActorMerge": {"view", "undo"},
    "articles.Article": EVERYTHING,
    "articles.Capture": {"view", "add", "delete", "attach"},
    "articles.Outlet": EVERYTHING,
    "articles.OutletMerge": {"view", "undo"},
    "articles.Proposal": {"view", "change"},
    "articles.RelatedLink": {"view", "change", "delete"},
    "articles.RelatedList": EVERYTHING,
    "articles.RoleProposal": {"view"},
    "articles.Statement": EVERYTHING,
    "articles.Syndication": {"view"},
    "auth.Group": EVERYTHING,
    "auth.User": EVERYTHING,
    "axes.AccessAttempt": {"view", "change", "delete"},
    "axes.AccessFailureLog": {"view", "change", "delete"},
    "axes.AccessLog": {"view", "change", "delete"},
    "newsdb.Change": {"view"},
    "newsdb.Token": EVERYTHING,
}
#: What the group of editors may do as a superuser may: everything but users, tokens and the lockout.
CURATED = {label for label in ALLOWED if label.split(".")[0] not in ("auth", "axes")} - {"newsdb.Token"}
#: Whose permissions it takes, where these are not the model's own.
PERMITTED_BY: dict[str, type[models.Model]] = {
    "articles.Proposal": Statement,
    "articles.RoleProposal": Role,
    "articles.Syndication": Article,
}
#: Pages of the admin as a whole, by what someone is answered who may look at nothing in it.
FOR_STAFF = {
    "/admin/": 200,
    "/admin/<app_label>/": 404,
    "/admin/login/": 302,
    "/admin/password_change/": 200,
    "/admin/password_change/done/": 200,
}


def need(route: str, method: str = "GET") -> str:
    """The permission that a route of a model takes; "" where any staff is only led on."""
    end = "list" if len(route.split("/")) == 5 else route.rstrip("/").rpartition("/")[2]
    return "change" if (end, method) == ("change", "POST") else NEEDS[end]


def session(user: User) -> Client:
    """A browser in which ``user`` is logged in."""
    client = Client()
    client.force_login(user)
    return client


def someone(name: str, **facts: Any) -> User:
    return User.objects.create(username=name, is_active=True, **facts)


@pytest.fixture
def rows() -> dict[type[models.Model], Any]:
    found, _ = fill()
    return found


def meaning(answer: Any) -> str:
    """What an answer of the admin comes to."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/admin/login/"):
        return "login"
    return {200: "in", 302: "in", 403: "refused"}.get(answer.status_code, str(answer.status_code))


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {model_of(route)._meta.label for route in OF_MODELS} == set(ALLOWED)
    assert set(SITE) == set(FOR_STAFF)
    assert {need(route) for route in OF_MODELS} == {"", "attach", "undo", *EVERYTHING}
    assert {*SITE, *NO_PAGES} >= OPEN_IN_ADMIN


def test_models(rows: dict[type[models.Model], Any]) -> None:
    """Nobody, someone with no permission, with that to look, an editor, and a superuser: each page."""
    nobody = Client()
    sue = session(someone("sue", is_staff=True, is_superuser=True))
    none = session(someone("stan", is_staff=True))
    outside = session(make_editor("otto"))  # an editor who writes through the API alone is no staff
    curator = make_editor("cleo")
    User.objects.filter(pk=curator.pk).update(is_staff=True)
    curating = session(curator)
    wrong = []
    before = Change.objects.count()
    for label in ALLOWED:
        routes = [route for route in OF_MODELS if model_of(route)._meta.label == label]
        viewer = someone(f"view {label}", is_staff=True)
        kind = ContentType.objects.get_for_model(PERMITTED_BY.get(label) or model_of(routes[0]))
        viewer.user_permissions.add(Permission.objects.get(content_type=kind, codename__startswith="view_"))
        looking = session(viewer)
        allowed = ALLOWED[label]
        for role, client, may, methods in (
            ("nobody", nobody, None, METHODS),
            ("an editor", outside, None, ("GET", "POST")),
            ("staff", none, set(), METHODS),
            ("viewer", looking, {"view"} & allowed, ("GET", "POST")),
            ("curator", curating, allowed if label in CURATED else set(), ("GET", "POST")),
            ("superuser", sue, allowed, ("GET", "POST", "DELETE")),
        ):
            for route, method in product(routes, methods):
                path, needed = path_of(route, rows), need(route, method)
                expected = "login" if may is None else "in" if needed in ("", *may) else "refused"
                if (found := meaning(client.generic(method, path))) != expected:
                    wrong.append((role, method, path, found))
    assert wrong == []
    assert Change.objects.count() == before


def test_pages_of_the_whole() -> None:
    staff = session(someone("stan", is_staff=True))
    for route, status in FOR_STAFF.items():
        path = route.replace("<app_label>", "articles")
        assert staff.get(path).status_code == status, route
        if route not in OPEN_IN_ADMIN:
            assert Client().get(path).headers["Location"].startswith("/admin/login/"), route


@pytest.mark.parametrize("role", ["staff", "superuser"])
def test_a_session_is_no_key_to_the_api(role: str, rows: dict[type[models.Model], Any]) -> None:
    """Another site's page could use it; so whoever is logged in to the admin is nobody there."""
    client = session(someone(role, is_staff=True, is_superuser=role == "superuser"))
    before = Change.objects.count()
    for route in OURS:
        row = TABLE[route]
        for method in ("GET", "POST", "PATCH"):
            answer = client.generic(
                method, address_of(route, rows[Statement]), b"{}", content_type="application/json"
            )
            expected = row[method]["anonymous"] if method in row else 405
            assert answer.status_code == expected, (route, method)
    assert Change.objects.count() == before
