"""Printed values that are too long are shortened or left out; the page is loaded."""

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Model

from articles.ingest.proposing import propose_roles
from articles.ingest.truncation import fit_to_columns
from articles.models import Article, Byline, Proposal, RelatedLink, RelatedList, RoleProposal, Statement
from articles.reading.page import Author, DeclaredMetadata, PrintedByline, PrintedRole, read_page
from articles.reading.printed_links import PrintedLink, PrintedList
from articles.reading.quotations import Quotation, extract
from articles.reading.spans import Span
from tests.articles.ingest.pages import PAGE, load_text
from tests.factories import BylineFactory, CaptureFactory

pytestmark = pytest.mark.django_db

LONG = "Bell " * 60


def test_a_section_too_long_to_be_one_is_left_out() -> None:
    assert (
        load_text(PAGE, declared=DeclaredMetadata(section="S" * 101, language="en-" + "x" * 40)).action
        == "created"
    )
    article = Article.objects.get()
    assert (article.section, article.language) == ("", "")


def test_what_fits_is_kept() -> None:
    load_text(PAGE, declared=DeclaredMetadata(section="S" * 100))
    assert Article.objects.get().section == "S" * 100


def test_a_name_too_long_for_an_outlet_is_none() -> None:
    url = "https://observer.lindle.example/bell"
    assert load_text(PAGE, declared=DeclaredMetadata(outlet=LONG), source_url=url).article.outlet.name == (
        "observer.lindle.example"
    )


def test_a_name_too_long_for_an_author_is_left_to_a_person() -> None:
    outcome = load_text(PAGE, declared=DeclaredMetadata(authors=(Author("Ada Example"), Author(LONG))))
    assert [byline.printed_name for byline in Byline.objects.all()] == ["Ada Example"]
    assert outcome.notes == (f"“{LONG[:50]}…” is too long for a name: add the byline yourself",)


def test_a_printed_list_is_kept_without_what_does_not_fit() -> None:
    section = "Local " * 18
    lists = f"Topics\n-\nBridge reopens\n{section}- The Valley Post - November 9 -\n"
    assert load_text(PAGE + lists).action == "created"
    link = RelatedLink.objects.get()
    assert (link.title, link.printed_date) == ("Bridge reopens", "November 9")
    assert (link.section, link.outlet_label) == ("", "The Valley Post")
    assert RelatedList.objects.get().title == "Topics"


def test_long_titles_are_shortened_and_other_long_values_left_out() -> None:
    link = PrintedLink("T" * 501, "S" * 101, "O" * 201, "D" * 101, url="/bell")
    page = fit_to_columns(replace(read_page(PAGE), lists=(PrintedList("Bell " * 80, (link,)),)))
    (printed,) = page.lists
    widths = [model._meta.get_field("title").max_length for model in (RelatedList, RelatedLink)]
    assert [len(printed.title), len(printed.links[0].title)] == widths
    assert printed.title.endswith("Bell…")
    assert printed.links[0].title.endswith("T…")
    assert replace(printed.links[0], title="") == PrintedLink("", "", "", "", url="/bell")


@pytest.mark.parametrize("over", [0, 1])
def test_what_is_too_long_about_a_quotation_is_left_out(over: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def long(model: type[Model], name: str) -> str:
        field: Any = model._meta.get_field(name)
        return "x" * (field.max_length + over)

    def reads(text: str, **options: Any) -> list[Quotation]:
        mention = Span(0, 300 + over)
        facts = {"cue": long(Statement, "cue"), "audience": long(Statement, "audience")}
        return [
            replace(each, **facts, name=long(Proposal, "name"), mention=mention)
            for each in extract(text, **options)[:1]
        ]

    monkeypatch.setattr("articles.ingest.material.extract", reads)
    (proposal,) = load_text(PAGE, declared=DeclaredMetadata(language="en-" + "x" * (32 + over))).proposals
    statement = proposal.statement
    values = [statement.cue, statement.audience, statement.speaker_label, statement.language, proposal.name]
    assert [len(value) for value in values] == ([0] * 5 if over else [100, 300, 300, 35, 300])


@pytest.mark.parametrize("over", [0, 1])
def test_a_long_title_is_no_role_and_a_long_organisation_none(over: int) -> None:
    role = PrintedRole("T" * 10, "O" * (200 + over), place=Span(0, 9))
    roles = (role, replace(role, title="T" * (300 + over)))
    byline = BylineFactory()
    capture = CaptureFactory(article=byline.article)
    propose_roles(byline=byline, printed=PrintedByline("Ada", roles=roles), capture=capture)
    kept = [(len(row.title), len(row.organisation)) for row in RoleProposal.objects.order_by("pk")]
    assert kept == ([(10, 0)] if over else [(10, 200), (300, 200)])
