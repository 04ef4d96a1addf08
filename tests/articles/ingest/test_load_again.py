"""A page that is there already changes nothing; another version of it is a second capture."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from articles.ingest.load import LoadError, load
from articles.models import Anchor, Article, Byline, Capture, Proposal, Reading, Statement
from articles.services.retraction import retract_article
from tests.articles.ingest.pages import CHANGED, PAGE, SHED, SOUP, load_text, received, sample
from tests.articles.ingest.records import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", [sample(), PAGE])
def test_a_second_time_changes_nothing(text: str) -> None:
    load_text(text)
    before = rows()
    assert load_text(text).action == "unchanged"
    assert rows() == before


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    load_text(PAGE)
    monkeypatch.delattr("articles.ingest.load.read_material")
    assert load_text(PAGE).action == "unchanged"


def test_the_text_at_hand_goes_before_what_another_version_takes_out_of_the_same_bytes() -> None:
    capture = load_text(PAGE).capture
    Reading.objects.update(extractor_version="0")
    assert load(replace(received(PAGE), text=CHANGED)).action == "unchanged"
    capture.refresh_from_db()
    assert capture.text == PAGE


def test_a_reading_that_finds_nothing_new_changes_nothing_but_its_mark() -> None:
    load_text(PAGE)
    Reading.objects.update(extractor_version="0")
    before = rows()
    outcome = load_text(PAGE)
    assert (outcome.action, outcome.proposals) == ("unchanged", ())
    after = rows()
    assert before.pop("Reading") != after.pop("Reading")
    assert after == before


def test_the_shipped_fixture_is_recognised_and_gets_its_text() -> None:
    call_command("loaddata", "fixtures/sample_page.json", verbosity=0)
    Anchor.objects.update(match="unchecked", checked_at=None)
    counts = {name: len(held) for name, held in rows().items()}
    outcome = load_text(sample())
    assert outcome.action == "updated"
    capture = Capture.objects.get()
    assert capture.text == sample()
    assert set(Statement.objects.values_list("text_match", flat=True)) == {"matched"}
    after = {name: len(held) for name, held in rows().items()}
    for name in ("Outlet", "Article", "Actor", "Byline", "Capture", "RelatedLink", "Statement", "Proposal"):
        assert after[name] == counts[name], name
    assert load_text(sample()).action == "unchanged"


def test_other_text_is_not_attached_under_the_same_bytes() -> None:
    call_command("loaddata", "fixtures/sample_page.json", verbosity=0)
    with pytest.raises(LoadError, match="not the text that was captured"):
        load(replace(received(sample()), text=f"{sample()}More."))
    assert Capture.objects.get().text is None


def test_the_same_article_again_is_a_second_capture_of_it() -> None:
    first = load_text(PAGE).capture
    outcome = load_text(CHANGED)
    assert outcome.action == "updated"
    second = outcome.capture
    assert (second.article, Article.objects.count(), Byline.objects.count()) == (first.article, 1, 1)
    for words in (SHED, SOUP):
        statement = Statement.objects.get(text=words)
        assert statement.capture == first
        moved = Anchor.objects.get(statement=statement, capture=second)
        assert CHANGED[moved.start : moved.end] == words
    assert [proposal.words for proposal in outcome.proposals] == [
        "It will be rung at noon, and at no other time"
    ]
    assert load_text(PAGE).action == load_text(CHANGED).action == "unchanged"


def test_what_is_printed_around_an_article_comes_with_its_first_capture() -> None:
    load_text(PAGE)
    Byline.objects.all().delete()
    load_text(CHANGED)
    assert not Byline.objects.exists()


def test_what_was_rejected_or_reworded_does_not_come_back() -> None:
    load_text(PAGE)
    Statement.objects.filter(text=SHED).update(status="rejected")
    Statement.objects.filter(text=SOUP).update(text="I rang it once")
    outcome = load_text(CHANGED)
    assert {SHED, SOUP}.isdisjoint(proposal.words for proposal in outcome.proposals)
    assert not Anchor.objects.filter(statement__text=SHED, capture=outcome.capture).exists()


def test_words_that_were_edited_stay_away_though_they_stand_nowhere() -> None:
    load_text(PAGE)
    Anchor.objects.all().delete()
    Statement.objects.filter(text=SOUP).update(text="I rang it once")
    Proposal.objects.filter(words=SHED).delete()
    assert {SHED, SOUP}.isdisjoint(proposal.words for proposal in load_text(CHANGED).proposals)


def test_a_retracted_article_takes_nothing() -> None:
    article = load_text(PAGE).article
    retract_article(article=article, reason="Made up.", by="ines")
    before = rows()
    with pytest.raises(LoadError, match="retracted: Made up"):
        load_text(CHANGED)
    assert rows() == before
    Capture.objects.update(text=None)
    with pytest.raises(LoadError, match="retracted: Made up"):
        load_text(PAGE)
