"""The same records as CSV, JSON Lines, JSON-LD, citations, and one long stream."""

import csv
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from articles.models import NO_HEADLINE, UNKNOWN_OUTLET
from newsdb.api.response import export
from tests.factories import (
    ActorFactory,
    BylineFactory,
    RelatedLinkFactory,
    StatementFactory,
    anchored_statement,
)

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
    answer = get(f"{LIST}export/?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.getvalue().decode()
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
    assert body(f"{LIST}export/?format=csv&fields=id,speaker") == (
        b"id,speaker.slug,speaker.name,speaker.kind,speaker.wikidata_id\r\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_runs_nothing_when_asked(start: str) -> None:
    StatementFactory(text=f"{start}cmd()")
    address = f"{LIST}export/?format=csv&fields=text"

    def cell(where: str) -> str:
        return list(csv.reader(io.StringIO(body(where).decode(), newline="")))[1][0]

    assert cell(address) == f"{start}cmd()"
    assert cell(f"{address}&spreadsheet=safe") == f"'{start}cmd()"


def test_accept_chooses_too() -> None:
    answer = APIClient().get(LIST, headers={"Accept": "application/ld+json"})
    assert answer["Content-Type"].startswith("application/ld+json")
    assert APIClient().get(LIST, headers={"Accept": "image/png"}).status_code == 406


#: The properties used, by the type whose property (or inherited property) each is in schema.org's vocabulary.
VOCABULARY = {
    "Thing": {"alternateName", "identifier", "name", "sameAs", "subjectOf", "url"},
    "CreativeWork": {
        *("author", "creator", "dateCreated", "dateModified", "datePublished"),
        *("headline", "inLanguage", "isBasedOn", "locationCreated", "publisher", "text"),
    },
    "Article": {"articleSection"},
    "Quotation": {"spokenByCharacter"},
    "WebPage": set(),
}
ANCESTORS = {
    "Quotation": ("Quotation", "CreativeWork", "Thing"),
    "NewsArticle": ("Article", "CreativeWork", "Thing"),
    "WebPage": ("WebPage", "CreativeWork", "Thing"),
    "Person": ("Thing",),
    "Place": ("Thing",),
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
        "Some words",
        speaker=speaker,
        said_on="2024-10-01",
        said_precision="month",
        language="en",
        place="Rome",
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
    assert node["locationCreated"] == {"@type": "Place", "name": "Rome"}
    assert node["isBasedOn"]["@type"] == "NewsArticle"
    for path in (LIST, "/api/v1/articles/"):
        for each in get(f"{path}?format=jsonld").json()["@graph"]:
            check_node(each)


def test_json_ld_does_not_call_the_day_of_publication_the_day_it_was_said() -> None:
    statement = StatementFactory(article__published_on="2024-10-05", article__published_precision="day")
    node = get(f"{LIST}{statement.uid}/?format=jsonld").json()
    assert "dateCreated" not in node
    assert "locationCreated" not in node
    assert node["isBasedOn"]["datePublished"] == "2024-10-05"


def test_json_ld_leaves_out_what_is_unknown_of_an_article() -> None:
    statement = StatementFactory(article__headline=NO_HEADLINE, article__outlet__name=UNKNOWN_OUTLET)
    article = get(f"{LIST}{statement.uid}/?format=jsonld").json()["isBasedOn"]
    assert article["@type"] == "NewsArticle"
    assert not {"headline", "publisher"} & article.keys()


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
    assert item["author"] == [{"family": "Writer", "given": "Bo"}]
    assert item["issued"] == {"date-parts": [[2024, 11]]}
    bibtex = get(f"{address}bibtex").content.decode()
    assert r"Fifty \% of \textbraceleft{}all\textbraceright{} \& more" in bibtex
    assert r"title = {{Ferry\_runs}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


def test_export_streams_every_match_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 4)
    StatementFactory.create_batch(9, article__published_on="2024-10-05", article__published_precision="day")
    StatementFactory.create_batch(2, kind="partial")
    StatementFactory(status="proposed")
    lines = [json.loads(line) for line in body(f"{LIST}export/?kind=direct").splitlines()]
    assert len(lines) == 9
    assert lines == get(f"{LIST}?kind=direct").json()["results"]
    assert len(body(f"{LIST}export/").splitlines()) == 11
    rows = list(csv.reader(io.StringIO(body(f"{LIST}export/?format=csv&fields=id").decode(), newline="")))
    assert rows[0] == ["id"]
    assert len(rows) == 12


def test_export_of_nothing_is_empty() -> None:
    assert body(f"{LIST}export/") == b""
    assert body(f"{LIST}export/?format=csv&fields=id") == b"id\r\n"


def test_export_says_of_which_version_it_is_and_how_long_where_it_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    StatementFactory.create_batch(3)
    connection.check_constraints()
    version = str(get("/api/v1/dataset/").json()["version"])
    for chunk, count in ((4, "3"), (3, None), (2, None)):
        monkeypatch.setattr(export, "CHUNK", chunk)
        answer = get(f"{LIST}export/")
        assert (answer["Dataset-Version"], answer.headers.get("Record-Count")) == (version, count)


@pytest.mark.parametrize(
    "path",
    ["statements", "articles", "outlets", "actors", "speakers", "authors", "related-links"],
)
def test_every_list_has_an_export(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    for article in (each.article for each in StatementFactory.create_batch(3)):
        BylineFactory(article=article)
        RelatedLinkFactory(related_list__article=article)
    rows = get(f"/api/v1/{path}/").json()["results"]
    assert len(rows) >= 3
    assert [json.loads(line) for line in body(f"/api/v1/{path}/export/").splitlines()] == rows
    cells = csv.DictReader(io.StringIO(body(f"/api/v1/{path}/export/?format=csv").decode(), newline=""))
    assert len(list(cells)) == len(rows)
    address = f"/api/v1/{path}/?format=csv&limit=2&count=on"
    (error,) = APIClient().get(address).json()["errors"]
    assert (error["parameter"], error["code"]) == ("format", "invalid")
    assert f" {settings.PUBLIC_URL}/api/v1/{path}/export/?format=csv" in error["detail"]


def test_the_address_of_the_export_has_the_filters() -> None:
    StatementFactory(kind="partial")
    StatementFactory()
    answer = APIClient().get(f"{LIST}?kind=partial&kind=indirect&format=jsonl&fields=id&limit=3&cursor=x")
    assert answer.status_code == 400
    there = answer.json()["detail"].rpartition(" ")[2].removeprefix(settings.PUBLIC_URL)
    assert there == f"{LIST}export/?kind=partial&kind=indirect&format=jsonl&fields=id"
    assert len(body(there).splitlines()) == 1


@pytest.mark.parametrize("accept", ["text/csv", "application/jsonl"])
def test_lines_of_a_list_are_not_negotiated(accept: str) -> None:
    assert APIClient().get(LIST, headers={"Accept": accept}).status_code == 406


def test_a_stream_that_breaks_off_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    StatementFactory.create_batch(5)
    stream = iter(get(f"{LIST}export/").streaming_content)
    received = next(stream)
    with (
        connection.execute_wrapper(lambda *args: (_ for _ in ()).throw(ConnectionError)),
        pytest.raises(ConnectionError),
    ):
        received += b"".join(stream)
    assert len(received.splitlines()) == 2


def test_export_holds_one_chunk_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    StatementFactory.create_batch(6)
    stream = iter(get(f"{LIST}export/").streaming_content)
    with CaptureQueriesContext(connection) as queries:
        next(stream)
    assert not queries  # the first was read before the answer began, the second not yet
