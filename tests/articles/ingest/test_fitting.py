"""Printed values that are too long are shortened or left out; the page is loaded."""

import pytest

from articles.ingest.page import Author, Told
from articles.models import Article, Byline, RelatedLink, RelatedList
from tests.articles.ingest.pages import PAGE, load_text

pytestmark = pytest.mark.django_db

LONG = "Bell " * 60


def test_a_section_too_long_to_be_one_is_left_out() -> None:
    assert load_text(PAGE, told=Told(section="S" * 101, language="en-" + "x" * 40)).action == "created"
    article = Article.objects.get()
    assert (article.section, article.language) == ("", "")


def test_what_fits_is_kept() -> None:
    load_text(PAGE, told=Told(section="S" * 100))
    assert Article.objects.get().section == "S" * 100


def test_a_name_too_long_for_an_outlet_is_none() -> None:
    url = "https://observer.lindle.example/bell"
    assert load_text(PAGE, told=Told(outlet=LONG), source_url=url).article.outlet.name == (
        "observer.lindle.example"
    )


def test_a_name_too_long_for_an_author_is_left_to_a_person() -> None:
    outcome = load_text(PAGE, told=Told(authors=(Author("Ada Example"), Author(LONG))))
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
