"""The same records as CSV, JSON Lines, JSON-LD, citations, and one long stream."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from newsdb.api import export
from tests.factories import ActorFactory, BylineFactory, StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db

LIST = "/api/v1/statements/"


def get(address: str) -> Any:
    answer = APIClient().get(address)
    assert answer.status_code == 200, answer.content
    return answer


def body(address: str) -> bytes:
    return b"".join(get(address).streaming_content)


def test_csv_is_flat_and_keeps_every_value() -> None:
    words = 'He said "no, never",\nand left.'
    statement = anchored_statement(words, speaker=None, cue="", translated=True)
    answer = get(f"{LIST}?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.endswith("\r\n")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    record = get(f"{LIST}{statement.uid}/").json()
    assert row["text"] == words
    assert (row["speaker.slug"], row["cue"], row["translated"]) == ("", "", "true")
    assert row["article.outlet.name"] == statement.article.outlet.name
    assert row["capture.sha256"] == record["capture"]["sha256"]
    assert json.loads(row["anchors"]) == record["anchors"]
    assert row["updated_at"] == record["updated_at"]


def test_csv_of_nothing_has_its_header() -> None:
    assert get(f"{LIST}?format=csv&fields=id,speaker").content == (
        b"id,speaker.slug,speaker.name,speaker.kind,speaker.wikidata_id\r\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_runs_nothing_when_asked(start: str) -> None:
    StatementFactory(text=f"{start}cmd()")
    address = f"{LIST}?format=csv&fields=text"

    def cell(where: str) -> str:
        return list(csv.reader(io.StringIO(get(where).content.decode(), newline="")))[1][0]

    assert cell(address) == f"{start}cmd()"
    assert cell(f"{address}&spreadsheet=safe") == f"'{start}cmd()"


def test_the_next_page_of_lines_is_in_the_link() -> None:
    StatementFactory.create_batch(3)
    answer = get(f"{LIST}?format=jsonl&limit=2&fields=id")
    assert len([json.loads(line) for line in answer.content.splitlines()]) == 2
    address = re.fullmatch(r'<(.*)>; rel="next"', answer["Link"])
    assert address is not None
    assert len(get(address[1]).content.splitlines()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["statements/?undated=only", "articles/?undated=only", "changes/?after=9999"]
)
def test_no_lines_are_json_lines_too(path: str) -> None:
    answer = APIClient().get(f"/api/v1/{path}&format=jsonl")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == "application/jsonl"


def test_accept_chooses_too() -> None:
    answer = APIClient().get(LIST, headers={"Accept": "application/ld+json"})
    assert answer["Content-Type"].startswith("application/ld+json")
    assert APIClient().get(LIST, headers={"Accept": "image/png"}).status_code == 406


#: The properties used, by the type whose property (or inherited property) each is in schema.org's vocabulary.
VOCABULARY = {
    "Thing": {"identifier", "name", "sameAs", "url"},
    "CreativeWork": {
        *("author", "creator", "dateCreated", "dateModified", "datePublished"),
        *("headline", "inLanguage", "isBasedOn", "publisher", "text"),
    },
    "Article": {"articleSection"},
    "Quotation": {"spokenByCharacter"},
}
ANCESTORS = {
    "Quotation": ("Quotation", "CreativeWork", "Thing"),
    "NewsArticle": ("Article", "CreativeWork", "Thing"),
    "Person": ("Thing",),
    "Organization": ("Thing",),
    "NewsMediaOrganization": ("Thing",),
}


def check_node(node: dict[str, Any]) -> None:
    allowed = set().union(*(VOCABULARY[ancestor] for ancestor in ANCESTORS[node["@type"]]))
    for name, value in node.items():
        if name in ("@type", "@id", "@context"):
            continue
        assert name in allowed, (node["@type"], name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                check_node(each)


def test_json_ld_uses_the_vocabulary() -> None:
    speaker = ActorFactory(wikidata_id="Q42", kind="organisation")
    statement = anchored_statement(
        "Some words", speaker=speaker, said_on="2024-10-01", said_precision="month", language="en"
    )
    BylineFactory(article=statement.article)
    node = get(f"{LIST}{statement.uid}/?format=jsonld").json()
    check_node(node)
    assert (node["@context"], node["@type"], node["text"]) == (
        "https://schema.org",
        "Quotation",
        "Some words",
    )
    assert node["spokenByCharacter"]["@type"] == "Organization"
    assert node["spokenByCharacter"]["sameAs"] == "https://www.wikidata.org/entity/Q42"
    assert node["dateCreated"] == "2024-10"
    assert node["isBasedOn"]["@type"] == "NewsArticle"
    for path in (LIST, "/api/v1/articles/"):
        for each in get(f"{path}?format=jsonld").json()["@graph"]:
            check_node(each)


def test_json_ld_does_not_call_the_day_of_publication_the_day_it_was_said() -> None:
    statement = StatementFactory(article__published_on="2024-10-05", article__published_precision="day")
    node = get(f"{LIST}{statement.uid}/?format=jsonld").json()
    assert "dateCreated" not in node
    assert node["isBasedOn"]["datePublished"] == "2024-10-05"


@pytest.mark.parametrize("query", ["fields=id", "omit=id"])
def test_json_ld_needs_the_whole_record(query: str) -> None:
    assert APIClient().get(f"{LIST}?format=jsonld&{query}").status_code == 400


def test_citations() -> None:
    statement = anchored_statement(
        "Fifty % of {all} & more",
        speaker=ActorFactory(name="Ada Example"),
        said_on="2024-10-23",
        said_precision="day",
        article__headline="Ferry_runs",
        article__published_on="2024-11-01",
        article__published_precision="month",
    )
    BylineFactory(article=statement.article, author=ActorFactory(name="Bo Writer"))
    address = f"{LIST}{statement.uid}/?cite="
    text = get(f"{address}text").content.decode()
    assert text.startswith(
        "Ada Example: “Fifty % of {all} & more”, 23 October 2024. In: Bo Writer, “Ferry_runs”,"
    )
    assert "November 2024" in text
    assert statement.capture.text_sha256 in text
    (item,) = get(f"{address}csl-json").json()
    assert item["author"] == [{"literal": "Bo Writer"}]
    assert item["issued"] == {"date-parts": [[2024, 11]]}
    bibtex = get(f"{address}bibtex").content.decode()
    assert r"Fifty \% of \{all\} \& more" in bibtex
    assert r"title = {{Ferry\_runs}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


def test_export_streams_every_match_and_says_that_it_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 4)
    StatementFactory.create_batch(9, article__published_on="2024-10-05", article__published_precision="day")
    StatementFactory.create_batch(2, kind="partial")
    StatementFactory(status="proposed")
    lines = [json.loads(line) for line in body(f"{LIST}export/?kind=direct").splitlines()]
    assert lines.pop()["end"]["rows"] == 9
    assert lines == get(f"{LIST}?kind=direct").json()["results"]
    assert len(body(f"{LIST}export/?end=omit").splitlines()) == 11
    rows = list(csv.reader(io.StringIO(body(f"{LIST}export/?format=csv&fields=id").decode(), newline="")))
    assert rows[0] == ["id"]
    assert len(rows) == 12


def test_export_of_nothing_is_whole_too() -> None:
    assert json.loads(body(f"{LIST}export/"))["end"]["rows"] == 0
    assert body(f"{LIST}export/?format=csv&fields=id") == b"id\r\n"


def test_a_broken_stream_has_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    StatementFactory.create_batch(5)
    stream = iter(get(f"{LIST}export/").streaming_content)
    received = next(stream)
    with (
        connection.execute_wrapper(lambda *args: (_ for _ in ()).throw(ConnectionError)),
        pytest.raises(ConnectionError),
    ):
        received += b"".join(stream)
    assert b'"end"' not in received
    assert len(received.splitlines()) == 2


def test_export_holds_one_chunk_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    StatementFactory.create_batch(6)
    stream = iter(get(f"{LIST}export/").streaming_content)
    with CaptureQueriesContext(connection) as queries:
        next(stream)
    assert not queries  # the first was read before the answer began, the second not yet
