"""With two standbys: they answer reads, what was written is read, and no fault of one costs a read."""

from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import postgresql
from tests.admin_pages import form_of
from tests.clients import make_editor, token_for
from tests.pgbouncer import NO_POOLER, PROGRAM
from tests.serving.clusters import PROGRAMS
from tests.serving.replicated import PRIMARY_FAULT, Replicated, replicated, wait_for
from tests.serving.replicated_load import AFTER, under_load
from tests.serving.server import PATIENCE
from tests.stores import NO_SERVER

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
    pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER),
]
POOLER = pytest.mark.skipif(PROGRAM is None, reason=NO_POOLER)
#: How often what was written is read in all, and in `make torture`; and through PgBouncer.
CHECKS, LONG, POOLED = 10_000, 1_000_000, 1000
PASSWORD = "the tide is in at six"


@pytest.fixture(scope="module")
def token(store: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Of an editor, who can also log in to the admin."""
    with django_db_blocker.unblock():
        ines = make_editor()
        ines.password, ines.is_staff = PBKDF2PasswordHasher().encode(PASSWORD, "salt"), True
        ines.save()
        secret = token_for(ines)
        connection.close()
    return secret


@pytest.fixture(scope="module", params=["directly", pytest.param("through PgBouncer", marks=POOLER)])
def site(request: pytest.FixtureRequest, store: str, directory: Path, token: str) -> Iterator[Replicated]:
    """A server in front of a primary and two standbys; in `make torture` two servers."""
    pooled, servers = request.param == "through PgBouncer", 2 if request.config.getoption("torture") else 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(postgresql.SETTINGS, "synchronous_commit", "on")
        with replicated(store, directory, token, pooled=pooled, servers=servers) as site:
            yield site


class Browser:
    """A browser in which the editor is logged in to the admin."""

    def __init__(self, site: Replicated) -> None:
        self.site, self.cookies = site, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.send("/admin/login/", username="ines", password=PASSWORD)

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text of a page."""
        return self._open(path)

    def send(self, path: str, **filled: str) -> None:
        """Fill in the form of a page and send it; what it leads to is read."""
        data = form_of(self.get(path)[1]) | filled
        assert self._open(path, urlencode(data).encode())[0] == 200

    def _open(self, path: str, data: bytes | None = None) -> tuple[int, str]:
        try:
            with self.opener.open(self.site.server.address + path, data, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, ""


def test_what_was_written_is_read_on_replicas_that_lag(site: Replicated) -> None:
    site.wait_until_used()
    site.pause_replay(True)
    made = site.create("ada-paused")
    assert made.status == 201
    path, version = "/api/v1/actors/ada-paused/", made.headers["Dataset-Version"]
    assert site.ask("GET", path).status == 404  # a replica answers
    assert site.ask("GET", path, If_Dataset_Version=version).status == 200
    assert site.ask("GET", path, Cookie=f"dataset_version={version}").status == 200
    assert site.ask("GET", path, If_Dataset_Version="x").status == 400
    # Beyond the limit they are left out.
    wait_for(lambda: site.databases() == ["ok", PRIMARY_FAULT, "It lags.", "It lags."])
    assert site.ask("GET", path).status == 200
    site.pause_replay(False)


def test_a_curator_sees_what_they_wrote(site: Replicated) -> None:
    browser = Browser(site)
    site.wait_until_used()
    form = "/admin/actors/actor/add/"
    browser.get(form)
    site.pause_replay(True)
    browser.send(form, name="Ada Quay", slug="ada-quay")
    page, pages = "/actors/ada-quay/", "/actors/?q=quay"
    assert "Ada Quay" in browser.get(page)[1]
    assert "Ada Quay" in browser.get(pages)[1]
    assert "Ada Quay" in browser.get("/api/v1/actors/ada-quay/")[1]
    assert "Ada Quay" in browser.get("/admin/actors/actor/?q=quay")[1]
    (cookie,) = (each for each in browser.cookies if each.name == "dataset_version")
    browser.cookies.clear(cookie.domain, cookie.path, cookie.name)
    assert browser.get(page)[0] == 404  # a replica answers
    assert "Ada Quay" in browser.get("/admin/actors/actor/?q=quay")[1]
    site.pause_replay(False)


def test_without_a_standby_a_write_is_not_acknowledged(site: Replicated) -> None:
    site.wait_until_used()
    site.require("ANY 1 (c)")
    lonely = site.create("ada-lonely")
    assert (lonely.status, lonely.headers["Retry-After"]) == (503, "2")
    site.require("ANY 1 (a, b)")
    assert site.create("ada-lonely").status == 409


@pytest.mark.torture(times=1)
def test_no_fault_of_one_costs_a_read_or_what_was_acknowledged(
    site: Replicated, pytestconfig: pytest.Config
) -> None:
    checks = POOLED if site.pooler else LONG if pytestconfig.getoption("torture") else CHECKS
    site.wait_until_used()
    with under_load(site) as load:
        load.go_on(checks // 7)
        site.standbys[0].halt("immediate")
        load.go_on(checks // 7)
        site.drop_old_changes()
        site.standbys[0].resume()
        site.wait_until_used()
        load.go_on(checks // 7)

        site.pause_replay(True, site.standbys[:1])
        wait_for(lambda: site.databases() == ["ok", PRIMARY_FAULT, "It lags.", "ok"])
        load.go_on(checks // 7)
        site.pause_replay(False)
        site.wait_until_used()
        load.go_on(checks // 7)

        site.primary.halt("immediate")
        refused = site.create("ada-refused")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "2")
        assert site.ask("GET", "/readyz").json()["writing"] == "The primary does not answer."
        load.go_on(checks // 7)
        new = site.promote_the_further()
        wait_for(lambda: site.create("ada-promoted").status == 201)
        load.go_on(checks - load.checks)
    assert load.failed == []
    with psycopg.connect(new.url) as database:
        names = dict(database.execute("SELECT slug, name FROM actors_actor").fetchall())
    assert load.acknowledged
    for slug, action in load.acknowledged:
        assert slug in names
        assert action == "created" or names[slug] == AFTER.decode()
    while load.follow_once():
        pass
    assert load.acknowledged <= load.seen
