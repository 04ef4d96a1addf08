"""Citations are read by the programs that read citations: pybtex for BibTeX, citeproc-py for CSL-JSON."""

import json
import warnings
from datetime import UTC, date, datetime
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import Entry, parse_string
from rest_framework.test import APIClient

from articles.api.names import parse_name
from articles.models import Statement
from articles.services.latest_capture import record_in_latest_capture
from tests.factories import ActorFactory, BylineFactory, anchored_statement

#: The name, and how BibTeX and CSL have its parts.
NAMES = {
    "Bo Writer": ("Bo", "", "", "Writer", ""),
    "Quilla van der Meere": ("Quilla", "", "van der", "Meere", ""),
    "Ines de la Roche": ("Ines", "de", "la", "Roche", ""),
    "Carl von Ostrand Jr.": ("Carl", "von", "", "Ostrand", "Jr."),
    "Martin Luther Ring, Jr.": ("Martin Luther", "", "", "Ring", "Jr."),
    "Writer, Bo": ("Bo", "", "", "Writer", ""),
    "Kim Yo-ram": ("Yo-ram", "", "", "Kim", ""),
    "Kim Jo Ram": ("Jo Ram", "", "", "Kim", ""),
    "Byong-ram Lee": ("Byong-ram", "", "", "Lee", ""),
    "Kim Writer": ("Kim", "", "", "Writer", ""),
    "Voltam": ("", "", "", "Voltam", ""),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_its_parts(name: str) -> None:
    assert tuple(parse_name(name)) == NAMES[name]


def cite(statement: Statement, style: str) -> str:
    response = APIClient().get(f"/api/v1/statements/{statement.uid}/?cite={style}")
    assert response.status_code == 200
    return str(response.content.decode())


def bibtex(statement: Statement) -> Entry:
    """The entry as pybtex reads it, which refuses what BibTeX would."""
    (entry,) = parse_string(cite(statement, "bibtex"), "bibtex").entries.values()
    return entry


#: What LaTeX prints of each.
LATEX = {
    r"\textbraceleft": "\x01",
    r"\textbraceright": "\x02",
    r"\textbackslash": "\x03",
    r"\textasciitilde": "~",
    r"\textasciicircum": "^",
    **{f"\\{character}": character for character in "%#&$_"},
}


def typeset(text: str) -> str:
    for command, printed in LATEX.items():
        text = text.replace(command, printed)
    assert "\\" not in text
    text = text.replace("{", "").replace("}", "")
    return text.translate({1: "{", 2: "}", 3: "\\"})


def said(**facts: Any) -> Statement:
    authors = facts.pop("authors", ["Bo Writer"])
    statement = anchored_statement(facts.pop("words", "The ferry runs"), **facts)
    for position, name in enumerate(authors):
        author = name if isinstance(name, dict) else {"name": name}
        BylineFactory(article=statement.article, author=ActorFactory(**author), position=position)
    return statement


@pytest.mark.django_db
def test_bibtex_has_family_names_and_whoever_is_no_person_whole() -> None:
    names = [
        "Quilla van der Meere",
        "Martin Luther Ring, Jr.",
        {"name": "Ada and Sons", "kind": "organisation"},
    ]
    first, second, third = bibtex(said(authors=names)).persons["author"]
    assert (first.first_names, first.prelast_names, first.last_names) == (
        ["Quilla"],
        ["van", "der"],
        ["Meere"],
    )
    assert (second.last_names, second.lineage_names) == (["Ring"], ["Jr."])
    assert third.last_names == ["{Ada and Sons}"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["a } lone brace", "{ and }} and \\ too", "50 % of #1 & $2_3 ~ ^"])
def test_nothing_that_is_said_breaks_bibtex(words: str) -> None:
    entry = bibtex(
        said(words=words, article__headline=words, article__source_url="https://a.example/{?x=%7D")
    )
    assert typeset(entry.fields["title"]) == words
    assert f"“{words}”" in typeset(entry.fields["note"])
    assert entry.fields["url"] == "https://a.example/%7B?x=%7D"


@pytest.mark.django_db
def test_bibtex_has_the_month_as_each_style_names_it_and_the_address_in_the_world() -> None:
    statement = said(
        article__source_url="https://a.example/1",
        article__published_on=date(2024, 10, 23),
        article__published_precision="day",
    )
    raw = cite(statement, "bibtex")
    assert "month = oct," in raw
    fields = bibtex(statement).fields
    assert (fields["year"], fields["month"], fields["day"]) == ("2024", "October", "23")
    assert fields["url"] == "https://a.example/1"


def captured(captured_at: datetime | None) -> Statement:
    statement = said(
        article__source_url="",
        matched=True,
        said_on=date(2024, 10, 23),
        said_precision="day",
        said_on_source_url="https://days.example/23",
    )
    statement.capture.source_url = "https://copies.example/7"
    statement.capture.captured_at = captured_at
    statement.capture.save()
    record_in_latest_capture(article=statement.article)
    return statement


@pytest.mark.django_db
def test_a_page_that_was_captured_elsewhere_is_cited_there_as_of_that_day_with_the_source_of_the_day() -> (
    None
):
    statement = captured(datetime(2024, 11, 2, 9, tzinfo=UTC))
    text = cite(statement, "text")
    assert "23 October 2024 (according to https://days.example/23)" in text
    assert "https://copies.example/7 (accessed 2 November 2024)." in text
    assert text.endswith(f"/statements/{statement.uid}/\n")
    assert "/api/" not in text
    (item,) = json.loads(cite(statement, "csl-json"))
    assert (item["URL"], item["accessed"]) == ("https://copies.example/7", {"date-parts": [[2024, 11, 2]]})
    fields = bibtex(statement).fields
    assert (fields["url"], fields["urldate"]) == ("https://copies.example/7", "2024-11-02")


@pytest.mark.django_db
def test_where_nobody_knows_when_it_was_captured_it_is_accessed_today() -> None:
    assert bibtex(captured(None)).fields["urldate"] == str(datetime.now(UTC).date())


@pytest.mark.django_db
def test_a_csl_processor_writes_names_and_months_its_way() -> None:
    statement = said(
        authors=["Quilla van der Meere", {"name": "Ada and Sons", "kind": "organisation"}],
        article__headline="Ferry } runs",
        article__outlet__name="The Gazette",
        article__published_on=date(2024, 10, 23),
        article__published_precision="day",
    )
    items = json.loads(cite(statement, "csl-json"))
    assert items[0]["author"] == [
        {"family": "Meere", "given": "Quilla", "non-dropping-particle": "van der"},
        {"literal": "Ada and Sons"},
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # of members that CSL does not have
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        text = str(bibliography.bibliography()[0])
    assert text.startswith(
        "van der Meere, Q. and Ada and Sons (2024) “Ferry } runs”, The Gazette, 23 October. Available at:"
    )
