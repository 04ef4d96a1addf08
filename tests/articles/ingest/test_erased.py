"""Erased words are not proposed again, and a page that contains them is stored without its text."""

from typing import Any

import pytest
from django.db import connection

from actors.models import Actor
from articles.ingest.load import LoadError
from articles.models import Anchor, Article, Byline, Capture, Proposal, Statement
from articles.services.erasure import erase
from newsdb.addresses import former_canonical_url
from newsdb.models import ErasedDigest
from tests.articles.ingest.pages import CHANGED, PAGE, SOUP, load_text
from tests.articles.services.erasure.wording_of import every_text

pytestmark = pytest.mark.django_db

NOON = "It will be rung at noon, and at no other time"
#: The words, with others close enough to show a piece of them.
CLOSE = PAGE.replace(
    "in April", f"“{NOON}.” “{SOUP},” she says. “We never rang it at night,” she says. In April"
)


def proposed() -> set[str]:
    return set(Proposal.objects.values_list("statement__text", flat=True))


def erased(text: str) -> None:
    erase(record=Statement.objects.get(text=text), reason_code="court")


def test_erased_words_are_not_proposed_again() -> None:
    load_text(PAGE)
    assert SOUP in proposed()
    erased(SOUP)
    outcome = load_text(PAGE)
    assert outcome.proposals == ()
    assert any("erased" in note for note in outcome.notes)
    load_text(CHANGED)
    assert SOUP not in proposed()
    assert NOON in proposed()
    assert not every_text(SOUP)


def test_nor_in_another_article_in_other_case_and_marks() -> None:
    load_text(PAGE)
    erased(SOUP)
    other = PAGE.replace("The bell of Lindle Water", "A bell").replace(
        SOUP, SOUP.replace("I rang", "I  RANG")
    )
    outcome = load_text(other)
    assert outcome.action == "created"
    assert {p.statement.text for p in outcome.proposals} != set()
    assert not any("soup" in p.statement.text for p in outcome.proposals)
    capture = Capture.objects.get(pk=outcome.capture.pk)
    assert (capture.text, capture.text_erased) == (None, True)


def test_others_are_anchored_without_a_piece_of_them() -> None:
    load_text(PAGE)
    erased(SOUP)
    outcome = load_text(CLOSE)
    assert {"We never rang it at night"} <= {p.statement.text for p in outcome.proposals}
    for anchor in Anchor.objects.filter(capture=outcome.capture):
        for context in (anchor.prefix, anchor.suffix):
            assert "for soup" not in context
            assert "I rang it once" not in context
    assert not every_text(SOUP)


def test_an_erased_actor_is_not_made_again() -> None:
    load_text(PAGE)
    author = Byline.objects.get().author
    erase(record=author, reason_code="personal_data")
    outcome = load_text(PAGE.replace("is back", "came back"))
    assert outcome.action == "created"
    assert not Byline.objects.exists()
    assert not Actor.objects.filter(name=author.name).exists()
    assert any("author" in note for note in outcome.notes)


def test_words_of_an_erased_speaker_are_not_proposed() -> None:
    load_text(PAGE)
    speaker = Actor.objects.create(name="Mirela Tansy-Okoro", slug="mirela")
    Statement.objects.filter(text=SOUP).update(speaker=speaker)
    erase(record=speaker, reason_code="personal_data")
    outcome = load_text(PAGE.replace(SOUP, "Nobody came for soup at all, I must say"))
    assert outcome.notes
    assert not any("soup" in text for text in proposed())
    assert any("shed" in text for text in proposed())


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, PAGE),
        ({"source_url": "https://observer.lindle.example/bell?utm_source=x"}, CHANGED),
    ],
)
def test_the_page_of_an_erased_article_is_refused(facts: dict[str, Any], text: str) -> None:
    load_text(PAGE, source_url="https://observer.lindle.example/bell")
    erase(record=Article.objects.get(), reason_code="court")
    with pytest.raises(LoadError, match="was erased"):
        load_text(text, **facts)
    assert not Article.objects.exists()
    assert ErasedDigest.objects.filter(kind="page").exists()


def test_the_page_is_refused_also_where_its_key_was_another_one() -> None:
    mobile = "https://m.observer.lindle.example/bell"
    load_text(PAGE, source_url=mobile)
    with connection.cursor() as cursor:  # as it was stored when it was erased
        cursor.execute("UPDATE articles_article SET source_url_key = %s", [former_canonical_url(mobile)])
        cursor.execute("UPDATE articles_capture SET source_url_key = %s", [former_canonical_url(mobile)])
    erase(record=Article.objects.get(), reason_code="court")
    with pytest.raises(LoadError, match="was erased"):
        load_text(CHANGED, source_url=f"{mobile}#top")


@pytest.mark.parametrize("fallbacks", [[], ["the former key"]])
def test_a_former_key_still_knows_them(settings: Any, fallbacks: list[str]) -> None:
    settings.SECRET_KEY = "the former key"
    load_text(PAGE)
    erased(SOUP)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", fallbacks
    load_text(CHANGED)
    assert (SOUP in proposed()) is not bool(fallbacks)
