"""A client generated from the committed description asks and understands what it is answered."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from django.conf import settings
from django.core.management import call_command

from newsdb.wsgi import application
from tests.clients import make_editor, token_for

pytestmark = pytest.mark.any_store

NAME = "generated_newsdb_client"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The client's modules that the tests use."""
    folder = tmp_path_factory.mktemp("client")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
            *("--meta", "none", "--path", str(Path(settings.BASE_DIR) / "docs/openapi.yaml")),
            *("--output-path", str(folder / NAME)),
        ],
        # It formats what it writes with ruff, which it looks for there.
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "arning" not in done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    try:
        yield SimpleNamespace(
            client=importlib.import_module(f"{NAME}.client"),
            models=importlib.import_module(f"{NAME}.models"),
            list=importlib.import_module(f"{NAME}.api.statements.statements_list"),
            retrieve=importlib.import_module(f"{NAME}.api.statements.statements_retrieve"),
            create=importlib.import_module(f"{NAME}.api.actors.actors_create"),
        )
    finally:
        sys.path.remove(str(folder))


#: What anyone would write first, without a token, without a cast.
LINES = f"""
from {NAME}.api.statements import statements_facets_retrieve, statements_list, statements_retrieve
from {NAME}.client import Client
from {NAME}.models import Facets, PaginatedStatementList, StatementDetail

client = Client(base_url="https://news.example.org")
page = statements_list.sync(client=client, speaker=["john-kirby"], limit=5)
assert isinstance(page, PaginatedStatementList)
words: str = page.results[0].text
headlines: list[str] = [statement.article.headline for statement in page.results]
speaker = page.results[0].speaker
name: str = speaker.name if speaker else page.results[0].speaker_label
one = statements_retrieve.sync(client=client, uid=page.results[0].uid)
assert isinstance(one, StatementDetail)
exact: list[str] = [anchor.exact for anchor in one.anchors]
facets = statements_facets_retrieve.sync(client=client, by="speaker*month")
assert isinstance(facets, Facets)
counts: list[int] = [row.count for row in facets.results or []]
"""


def test_its_types_narrow(generated: SimpleNamespace, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    folder = Path(generated.client.__file__).parents[1]
    (tmp_path / "lines.py").write_text(LINES)
    cache = pytestconfig.cache.mkdir("mypy") if pytestconfig.cache else tmp_path
    # What the generator writes is not strict itself.
    options = ("--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={cache}")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(tmp_path / "lines.py")],
        env={**os.environ, "MYPYPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def connected(generated: SimpleNamespace, transactional_db: None) -> dict[str, Any]:
    """What its constructor takes to talk to this program, without a network."""
    call_command("loaddata", "north_korea_russia", verbosity=0)
    return {
        "base_url": settings.PUBLIC_URL,
        "httpx_args": {"transport": httpx.WSGITransport(app=application)},
    }


def test_it_lists_what_kirby_said_page_by_page(generated: SimpleNamespace, connected: dict[str, Any]) -> None:
    found, place = [], {}
    with generated.client.Client(**connected) as client:
        for _ in range(10):
            page = generated.list.sync(client=client, speaker=["john-kirby"], limit=1, **place)
            assert isinstance(page, generated.models.PaginatedStatementList)
            found += page.results
            if page.next_ is None:
                break
            place = {"cursor": parse_qs(urlsplit(page.next_).query)["cursor"][0]}
    assert len(found) == 2
    assert [statement.speaker.name for statement in found] == ["John Kirby"] * 2
    assert found[1].anchors[0].exact == "We recognize the potential danger here"
    assert found[1].said_on_source_url.startswith("https://")


def test_it_reads_one_and_a_part_and_a_count(generated: SimpleNamespace, connected: dict[str, Any]) -> None:
    models = generated.models
    with generated.client.Client(**connected) as client:
        (first,) = generated.list.sync(client=client, speaker=["lloyd-austin"]).results
        one = generated.retrieve.sync(client=client, uid=first.uid)
        assert isinstance(one, models.StatementDetail)
        assert one.uid == first.uid
        part = generated.list.sync(client=client, speaker=["lloyd-austin"], fields="id,date")
        assert not isinstance(part, models.PaginatedStatementList)
        assert part["results"] == [{"id": first.id, "date": str(first.date)}]
        counted = generated.list.sync(client=client, count=models.StatementsListCount.ON, limit=1)
        assert isinstance(counted, models.PaginatedStatementList)
        assert (counted.count, counted.count_is_exact, len(counted.results)) == (10, True, 1)


def test_it_reads_a_problem(generated: SimpleNamespace, connected: dict[str, Any]) -> None:
    with generated.client.Client(**connected) as client:
        answer = generated.list.sync_detailed(client=client, speaker=["kim"])
        assert answer.status_code == 400
        assert isinstance(answer.parsed, generated.models.Problem)
        (error,) = answer.parsed.errors
        assert (error.parameter, error.code) == ("speaker", "ambiguous")
        assert "kim-jong-un" in {candidate.to_dict()["slug"] for candidate in error.candidates}
        gone = generated.retrieve.sync(client=client, uid=uuid4())
        assert (type(gone), gone.status) == (generated.models.Problem, 404)


def test_it_writes_with_a_token(generated: SimpleNamespace, connected: dict[str, Any]) -> None:
    body = generated.models.ActorInput(name="Ada Example", slug="ada-example")
    secret = token_for(make_editor())
    with generated.client.AuthenticatedClient(token=secret, **connected) as client:
        made = generated.create.sync_detailed(client=client, body=body)
        assert made.status_code == 201
        assert made.parsed.slug == "ada-example"
        assert made.headers["Location"] == made.parsed.url
        again = generated.create.sync_detailed(client=client, body=body)
        assert (again.status_code, again.parsed.url) == (409, made.parsed.url)
