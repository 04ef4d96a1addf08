"""newsdb behind nginx, with the configuration that ships: what a client sees, what either logs."""

import gzip
import json
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import environ
import pytest
import urllib3
from django.core.management import call_command

from articles.models import Statement
from articles.services.retraction import retract_statement
from tests.clients import make_editor, token_for
from tests.factories import StatementFactory
from tests.serving.load import under_load
from tests.serving.nginx import NO_NGINX, PROGRAM, SHIPPED, Nginx
from tests.serving.server import HOST, Server, serving

LIST = "/api/v1/statements/"
#: For how many seconds nginx may serve what has changed.
SHARED = 3


class Site:
    """newsdb behind nginx."""

    def __init__(self, server: Server, directory: Path) -> None:
        self.server, self.directory = server, directory
        self.nginx = Nginx(f"unix:{server.socket}", directory)
        self.plain, self.port = self.nginx.plain, self.nginx.port
        self.secret = ""
        self.pool = urllib3.HTTPSConnectionPool(
            "127.0.0.1", self.port, ca_certs=str(directory / "certificate.pem"), server_hostname=HOST,
            assert_hostname=HOST, retries=False, timeout=30, headers={"Host": HOST},
        )  # fmt: skip

    def ask(self, method: str, path: str, **facts: Any) -> urllib3.BaseHTTPResponse:
        """What a request through TLS is answered, its body as it came."""
        facts["headers"] = {"Host": HOST, **facts.get("headers", {})}
        return self.pool.request(method, path, decode_content=False, redirect=False, **facts)

    def logged(self, log: str, identity: str) -> dict[str, Any]:
        """The one line of a log about a request; nginx writes its own a moment after the answer."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            text = (self.directory / log).read_text()
            lines = [line for line in text.splitlines() if identity in line]
            if lines:
                (line,) = lines
                said: dict[str, Any] = json.loads(line)
                return said
            time.sleep(0.02)
        raise AssertionError(f"{log} has nothing about {identity}")


@pytest.fixture(scope="module")
def site(store: str, directory: Path) -> Iterator[Site]:
    """The site, with some statements and an editor's token; newsdb is told what deploy/environment says."""
    if PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail(NO_NGINX)
        pytest.skip(NO_NGINX)
    StatementFactory.create_batch(30)
    shipped = environ.Env.__new__(type("Shipped", (environ.Env,), {"ENVIRON": {}}))
    shipped.read_env(SHIPPED / "environment")
    given = {
        name: value for name, value in shipped.ENVIRON.items() if name not in ("DATABASE_URL", "SECRET_KEY")
    }
    assert int(given["SHARED_CACHE_SECONDS"]) > SHARED
    given["SHARED_CACHE_SECONDS"] = str(SHARED)
    given |= {"RATE_LIMIT_ANONYMOUS": "100000", "DJANGO_SETTINGS_MODULE": "tests.serving.settings"}
    site = Site(Server(directory, store, **given), directory)
    site.secret = token_for(make_editor())
    files = directory / "static" / "admin"
    files.mkdir(parents=True)
    for name in ("base.0123456789ab.css", "base.css"):
        (files / name).write_text("body { }")
    (files / "base.css.gz").write_bytes(gzip.compress(b"body { }"))
    with serving(site.server), site.nginx.running():
        yield site
        site.pool.close()


def problem(answer: urllib3.BaseHTTPResponse, status: int) -> dict[str, Any]:
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.data)
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    return body


def test_whoever_comes_without_tls_is_sent_there(site: Site) -> None:
    answer = urllib3.request(
        "GET",
        f"http://127.0.0.1:{site.plain}{LIST}?q=x",
        headers={"Host": HOST},
        redirect=False,
        retries=False,
    )
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{HOST}{LIST}?q=x")
    answer = site.ask("GET", LIST)
    assert (answer.status, answer.headers["Strict-Transport-Security"][:16]) == (200, "max-age=31536000")


def test_a_request_is_found_in_both_logs_without_what_was_looked_for(site: Site) -> None:
    answer = site.ask("GET", f"{LIST}?q=whistle&limit=2", headers={"X-Request-ID": "mine"})
    identity = answer.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", identity)
    ours, front = site.logged("log", identity), site.logged("newsdb.log", identity)
    assert (ours["path"], ours["parameters"], ours["status"]) == (LIST, ["q", "limit"], 200)
    assert (front["path"], front["status"], front["client"]) == (LIST, 200, "127.0.0.1")
    logs = [path.read_text() for path in site.directory.glob("*log") if path.is_file()]
    assert len(logs) >= 3
    assert not any("whistle" in log for log in logs)


def test_anyone_gets_it_compressed_and_a_304_for_it(site: Site) -> None:
    answer = site.ask("GET", LIST, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.data))["results"]) == 25
    again = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
    assert site.ask("GET", LIST, headers=again).status == 304


def test_whoever_writes_gets_an_etag_to_write_with(site: Site) -> None:
    client = {
        "Accept-Encoding": "gzip",
        "Authorization": f"Bearer {site.secret}",
        "Content-Type": "application/json",
    }
    body = json.dumps({"name": "Ada " * 40, "slug": "ada-behind-nginx"})
    made = site.ask("POST", "/api/v1/actors/", headers=client, body=body)
    assert made.status == 201, made.data
    read = site.ask("GET", f"{LIST}?limit=25", headers=client)
    assert (read.status, read.headers.get("Content-Encoding")) == (200, None)
    tag = site.ask("GET", "/api/v1/actors/ada-behind-nginx/", headers=client).headers["ETag"]
    changed = site.ask(
        "PATCH",
        "/api/v1/actors/ada-behind-nginx/",
        headers=client | {"If-Match": tag},
        body='{"name": "Ada"}',
    )
    assert changed.status == 200, changed.data


def test_a_client_is_counted_by_its_own_address(site: Site) -> None:
    def left(claimed: str) -> int:
        path = f"{LIST}none/"  # an answer that nginx may cache says nothing of one client
        header = site.ask("GET", path, headers={"X-Forwarded-For": claimed}).headers["RateLimit"]
        return int(re.findall(r"r=(\d+)", header)[0])

    assert left("192.0.2.1") - left("192.0.2.2") == 1


def test_bodies_that_are_too_large_are_refused_by_problems(site: Site) -> None:
    client = {"Authorization": f"Bearer {site.secret}", "Content-Type": "application/json"}
    ours = problem(site.ask("POST", "/api/v1/actors/", headers=client, body=b" " * 2_500_000), 413)
    assert ours["instance"] == "/api/v1/actors/"
    front = site.ask("POST", "/api/v1/actors/", headers=client, body=b" " * 4_000_000)
    assert problem(front, 413)["detail"] == ours["detail"]
    assert front.headers["X-Request-ID"] == json.loads(front.data)["request_id"]


def test_drafts_stay_in_memory(site: Site) -> None:
    """A body longer than nginx's buffer goes to a file, of which it warns."""
    body = json.dumps({"text": "A draft. " * 10_000}).encode()
    headers = {"Content-Type": "application/json"}
    assert site.ask("POST", "/api/v1/checks/", body=body, headers=headers).status == 200
    assert "buffered to a temporary file" not in (site.directory / "newsdb-error.log").read_text()


def test_answers_to_drafts_stay_in_memory(site: Site) -> None:
    """Of an answer that is longer than its buffers nginx would write the rest to a file."""
    words = "the ferries run again " * 60
    StatementFactory.create_batch(10, text=words)
    body = json.dumps({"quotations": [{"words": words}] * 120})
    slow = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]
    pool = urllib3.HTTPSConnectionPool(
        "127.0.0.1", site.port, ca_certs=site.pool.ca_certs, server_hostname=HOST, assert_hostname=HOST,
        socket_options=slow, timeout=60,
    )  # fmt: skip
    headers = {"Host": HOST, "Content-Type": "application/json"}
    answer = pool.request("POST", "/api/v1/checks/", body=body, headers=headers, preload_content=False)
    time.sleep(1)
    assert len(answer.read()) > 1_000_000
    assert answer.headers["Cache-Control"] == "no-store"
    pool.close()
    assert "buffered to a temporary file" not in (site.directory / "newsdb-error.log").read_text()


def test_a_stream_comes_whole(site: Site) -> None:
    answer = site.ask("GET", f"{LIST}export/")
    assert len(answer.data.splitlines()) == int(answer.headers["Record-Count"]) >= 30


def test_files_come_from_nginx(site: Site) -> None:
    hashed = site.ask("GET", "/static/admin/base.0123456789ab.css")
    assert (hashed.data, hashed.headers["Cache-Control"]) == (
        b"body { }", "public, max-age=31536000, immutable"
    )  # fmt: skip
    packed = site.ask("GET", "/static/admin/base.css", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == b"body { }"
    assert packed.headers["X-Content-Type-Options"] == hashed.headers["X-Content-Type-Options"] == "nosniff"


def test_probes_come_through(site: Site) -> None:
    assert [site.ask("GET", path).status for path in ("/livez", "/readyz")] == [200, 200]


def served_by(site: Site, path: str, **headers: str) -> tuple[str, Any]:
    """What nginx's log says of its cache, and the answer to a request."""
    answer = site.ask("GET", path, headers=headers)
    return site.logged("newsdb.log", answer.headers["X-Request-ID"])["cache"], answer


@pytest.mark.parametrize("path", [f"{LIST}?limit=3", f"{LIST}?kind=direct"])
def test_an_anonymous_answer_comes_from_the_cache(site: Site, path: str) -> None:
    first, answer = served_by(site, path)
    again, cached = served_by(site, path)
    assert (first, again) == ("MISS", "HIT")
    assert (cached.status, cached.data) == (200, answer.data)
    assert cached.headers["X-Request-ID"] != answer.headers["X-Request-ID"]
    assert cached.headers["Cache-Control"] == "no-cache"
    assert "RateLimit" not in cached.headers
    tag = {"If-None-Match": cached.headers["ETag"]}
    assert site.ask("GET", path, headers=tag).status == 304
    linked = site.ask("GET", path, headers={"Accept": "application/ld+json"})
    assert (linked.status, linked.headers["Content-Type"]) == (200, "application/ld+json")


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "If-Dataset-Version"])
def test_a_personal_answer_is_neither_kept_nor_taken_from_the_cache(site: Site, name: str) -> None:
    statement = StatementFactory(status="proposed")
    value = {"Authorization": f"Bearer {site.secret}", "Cookie": "sessionid=x", "If-Dataset-Version": "1"}
    path = f"{LIST}{statement.uid}/"
    seen, answer = served_by(site, path, **{name: value[name]})
    assert (seen, answer.status) == ("BYPASS", 200 if name == "Authorization" else 404)
    assert served_by(site, path)[1].status == 404
    path = f"{LIST}?limit={30 + len(name)}"
    assert served_by(site, path, **{name: value[name]})[0] == "BYPASS"
    assert [served_by(site, path)[0] for _ in range(2)] == ["MISS", "HIT"]
    assert served_by(site, path, **{name: value[name]})[0] == "BYPASS"


def retract(statement: Statement) -> None:
    retract_statement(statement=statement, reason="It was late.", by="ines")


def erase(statement: Statement) -> None:
    uid = str(statement.uid)
    call_command("erase", "statement", uid, "--reason-code", "court", "--yes", stdout=StringIO())


@pytest.mark.parametrize("withdraw", [retract, erase])
def test_what_is_withdrawn_is_gone_within_the_setting(
    site: Site, withdraw: Callable[[Statement], None]
) -> None:
    """While it is asked for all the time, as a popular page is."""
    statement = StatementFactory(text=f"The ferry was never late to {withdraw.__name__}.")
    record, search = f"{LIST}{statement.uid}/", f"{LIST}?q=late+{withdraw.__name__}"
    paths = (record, search, f"/statements/{statement.uid}/")
    assert all(b"never late" in site.ask("GET", path).data for path in paths)
    withdraw(statement)
    withdrawn = time.monotonic()
    while any(b"never late" in site.ask("GET", path).data for path in paths):
        assert time.monotonic() < withdrawn + SHARED + 0.5
        time.sleep(0.02)
    assert time.monotonic() > withdrawn + 0.5  # it was in the cache
    assert site.ask("GET", record).status == 410
    time.sleep(0.1)
    assert b"never late" not in site.ask("GET", record).data


def test_drafts_are_never_cached(site: Site) -> None:
    draft = b"The quartermaster whistled at the gulls."
    body, headers = b'{"text": "%s"}' % draft, {"Content-Type": "application/json"}
    for _ in range(2):
        assert site.ask("POST", "/api/v1/checks/", headers=headers, body=body).status == 200
    assert site.ask("GET", f"{LIST}?limit=4").status == 200
    kept = [path.read_bytes() for path in (site.directory / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"quartermaster" in each for each in kept)


@pytest.mark.torture(times=2)
def test_no_request_fails_while_newsdb_is_started_anew(site: Site, seed: int) -> None:
    trust = {"ca_certs": site.pool.ca_certs, "server_hostname": HOST, "assert_hostname": HOST}
    with under_load(f"https://127.0.0.1:{site.port}", site.secret, seed, **trust) as load:
        time.sleep(0.5)
        site.server.stop()
        site.server.start()
        time.sleep(0.5)
    assert load.failures == []
    assert {200, 201} <= load.answers.keys()


def test_without_newsdb_nginx_says_so(site: Site) -> None:
    site.server.close()
    answer = site.ask("GET", LIST)
    assert problem(answer, 503)["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["Retry-After"] == "2"
