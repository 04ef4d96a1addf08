"""One dataset, one request, one answer, whichever store is behind it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.hostile.addresses import ADDRESSES
from tests.hostile.bodies import BODIES
from tests.hostile.case import Case
from tests.hostile.changes import CHANGES
from tests.hostile.dataset import path_of
from tests.hostile.headers import HEADERS
from tests.hostile.pages import API, LISTS, PAGES
from tests.hostile.parameters import PARAMETERS
from tests.hostile.queries import FILTERS, queries
from tests.hostile.records import RECORDS
from tests.hostile.served import Answer, Served, stores

#: Without it, pytest-django makes no test database where these tests run alone.
pytestmark = pytest.mark.django_db
QUERIES = 300
#: Headers of a page that hang on the second in which it is asked for, or on a cursor in it.
OF_THE_MOMENT = {"etag", "expires", "ratelimit"}
#: Lists of the API that have a page.
PAGED = [f"{API}{path}" for path in LISTS]
#: What a store makes up as it goes: when something was written, and ids and identities of what was made.
MADE_UP = re.compile(
    rb"""(?mx) \d{4}-\d\d-\d\dT[\d:.]+Z | [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
    | "{1,2}id"{1,2}:\d+ | ^\d+,"""
)
EVERYTHING = [
    *(f"{path}/?limit=100" for path in FILTERS),
    *(f"{path}/?limit=100&format=jsonld" for path in ("statements", "articles")),
    *(f"{path}/export/?format={form}" for path in {*FILTERS} - {"changes"} for form in ("csv", "jsonl")),
    *(
        "statements/facets/?by=speaker,outlet,kind,day,month,year",
        "statements/?limit=100&format=annotation",
        "statements/export/?format=annotation",
        "statements/facets/?by=outlet*month&limit=100",
        "statements/facets/?by=speaker*day&format=csv",
        path_of("article", 3) + "history/",
        "dataset/",
    ),
]


def neutral(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """What an answer says, but for what was made up."""
    status, headers, body = answer.said
    headers = {name: value for name, value in headers.items() if name not in ("etag", "last-modified")}
    headers = {name: MADE_UP.sub(b"", value.encode()).decode() for name, value in headers.items()}
    return status, headers, MADE_UP.sub(b"", body)


def next_page(answer: Answer) -> str | None:
    """The target of the page after this one."""
    link = answer.headers.get("link")
    return urlsplit(link[1 : link.index(">")])._replace(scheme="", netloc="").geturl() if link else None


def pages(server: Served, target: str) -> Iterator[Answer]:
    """All pages of a list, by following them to the end."""
    following: str | None = target
    while following:
        answer = server.get(following)
        yield answer
        following = next_page(answer)


def exactly(answers: Iterable[Answer]) -> Iterator[tuple]:
    """What the pages of a list say, to the letter."""
    for number, answer in enumerate(answers):
        status, headers, body = answer.said
        if number:  # a list's ETag is made of its address, hence of the cursor
            headers = {name: value for name, value in headers.items() if name != "etag"}
        yield status, headers, body


@pytest.mark.torture(times=20)
def test_queries_made_by_chance(servers: list[Served], seed: int) -> None:
    statuses: Counter[int] = Counter()
    for target in queries(seed, QUERIES):
        first, *others = (list(exactly(pages(server, target))) for server in servers)
        for other in others:
            assert other == first, target
        statuses[first[0][0]] += 1
        assert first[0][0] in (200, 400, 406), target
    assert statuses[200] > QUERIES / 2, statuses


def check(case: Case, answer: Answer) -> None:
    """Whether an answer is the one that the corpus has recorded."""
    found = answer.body.decode(errors="replace")
    assert answer.status == case.status, found
    assert answer.status < 500
    if case.status >= 400 and not case.unheard:
        assert answer.headers["content-type"] == "application/problem+json", found
        if case.method != "HEAD":
            problem = json.loads(answer.body)
            assert problem["status"] == case.status
            assert [error["code"] for error in problem.get("errors", [])][:1] == (
                [case.code] if case.code else []
            )


@pytest.mark.parametrize("case", [*ADDRESSES, *PARAMETERS, *HEADERS], ids=str)
def test_a_request(servers: list[Served], case: Case) -> None:
    answers = []
    for server in servers:
        for _ in range(3):  # a machine may be busy; a query that is slow is slow each time
            answer = server.send(case.method, case.target, case.headers, case.body)
            if answer.seconds < 1:
                break
        check(case, answer)
        assert answer.seconds < 1
        answers.append(answer.said)
    assert all(said == answers[0] for said in answers)


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_a_page(servers: list[Served], case: Case) -> None:
    """The status is the API's, and a refusal is a page in the design of all pages, or JSON to programs."""
    answers = []
    for server in servers:
        answer = server.send(case.method, case.target, case.headers, case.body)
        found = answer.body.decode()
        assert answer.status == case.status, found
        if case.target.startswith("/oembed/") and case.status != 308:
            assert json.loads(answer.body)
        elif case.status == 405:
            assert (answer.headers["allow"], found) == ("GET, HEAD, POST", "")
        elif case.status >= 400 and "/embed/" not in case.target:
            assert '<main id="main">' in found
        assert "<script>alert" not in found
        status, headers, body = answer.said
        kept = {name: value for name, value in headers.items() if name not in OF_THE_MOMENT}
        answers.append((status, kept, body))
    assert all(said == answers[0] for said in answers)


@pytest.mark.torture(times=5)
def test_pages_of_queries_made_by_chance(servers: list[Served], seed: int) -> None:
    asked = (target.partition("?") for target in queries(seed, QUERIES))
    found = [(path, query) for path, _, query in asked if path in PAGED][:20]
    for path, query in found:
        page = [server.get(f"{path.removeprefix(API)}?{query}") for server in servers]
        assert {answer.status for answer in page} == {servers[0].get(f"{path}?{query}").status}, query


@pytest.mark.parametrize("case", [*BODIES, *RECORDS, *CHANGES], ids=str)
def test_a_body(servers: list[Served], case: Case) -> None:
    answers = []
    for server in servers:
        answer = server.send(case.method, case.target, case.headers, case.body)
        check(case, answer)
        assert answer.seconds < 5  # an editor may have to wait for others; nothing is tried again
        answers.append(neutral(answer))
    assert all(said == answers[0] for said in answers)


@pytest.mark.parametrize("path", EVERYTHING)
def test_afterwards_everything_is_listed(servers: list[Served], path: str) -> None:
    first, *others = ([neutral(page) for page in pages(server, f"/api/v1/{path}")] for server in servers)
    assert {status for status, _, _ in first} == {200}
    assert all(other == first for other in others)


def data_files(release: Path) -> dict[str, bytes]:
    described = ("datapackage.json", "SHA256SUMS")
    return {file.name: file.read_bytes() for file in release.iterdir() if file.name not in described}


def test_afterwards_a_release_goes_round(servers: list[Served], tmp_path: Path) -> None:
    """Written, loaded into an empty store of the other kind, and written again it is the same."""

    def go_round(full: Served, empty: Served) -> tuple[dict[str, bytes], dict[str, bytes]]:
        here, there = (tmp_path / f"{full.store} {name}" for name in ("here", "there"))
        full.run("manage.py", "export_dataset", str(here))
        empty.run("manage.py", "migrate", "--verbosity=0")
        empty.run("manage.py", "import_dataset", str(here))
        empty.run("manage.py", "export_dataset", str(there))
        return data_files(here), data_files(there)

    with stores() as empty, ThreadPoolExecutor() as pool:
        for here, there in pool.map(go_round, servers, reversed(empty)):
            assert len(here) > 10
            assert there == here
