"""statements/{uid}/occurrences/, and facets that count the same words once."""

from typing import Any

import pytest

from articles.models import Statement, Syndication
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory
from tests.reader import Reader

WORDS = "We will not close the old pier before May"


@pytest.fixture
def ada(db: None) -> Any:
    return ActorFactory(name="Ada Pier", slug="ada")


def printed(text: str, ada: Any, day: str | None = None, **facts: Any) -> Statement:
    article = ArticleFactory(published_on=day, published_precision="day" if day else "")
    return StatementFactory(**{"text": text, "speaker": ada, "article": article, **facts})


def test_the_same_and_nearly_the_same_words_elsewhere(reader: Reader, ada: Any) -> None:
    one = printed(WORDS, ada, "2024-03-06")
    longer = printed(f"{WORDS}. That is final", ada, "2024-03-05")
    same = printed(WORDS.upper(), ada)
    changed = printed(WORDS.replace("old", "new"), ada, "2024-03-07")
    answer = reader.one(f"statements/{one.uid}/occurrences/")
    assert [(each["statement"]["id"], each["words"], each["copied"]) for each in answer["results"]] == [
        (same.pk, "same", False),
        (longer.pk, "contained", False),
        (changed.pk, "altered", False),
    ]
    assert answer["results"][2]["difference"][1] == {"operation": "replace", "words": "old", "held": "new"}
    assert answer["first_printed"]["uid"] == str(longer.article.uid)


def test_no_occurrences(reader: Reader, ada: Any) -> None:
    one = printed(WORDS, ada)
    StatementFactory(text=f"{WORDS}, as I said", speaker=ada, article=one.article)
    printed(WORDS, ActorFactory())
    printed(WORDS, None, speaker_label="Ada Pier")
    printed(WORDS, ada, status="proposed")
    printed(
        WORDS,
        ada,
        status="retracted",
        retracted_at="2025-01-01T00:00:00Z",
        retraction_reason="An error.",
    )
    assert reader.one(f"statements/{one.uid}/occurrences/") == {"first_printed": None, "results": []}


def test_speakers_without_a_name_are_the_same_by_their_label(reader: Reader, ada: Any) -> None:
    one = printed(WORDS, None, speaker_label="A harbour pilot")
    other = printed(WORDS, None, speaker_label="a harbour pilot")
    printed(WORDS, None, speaker_label="A fisherman")
    found = reader.one(f"statements/{one.uid}/occurrences/")["results"]
    assert [each["statement"]["id"] for each in found] == [other.pk]


@pytest.mark.parametrize(("decision", "copied"), [("accepted", True), ("rejected", False), ("", False)])
def test_accepted_copies_are_told_apart(reader: Reader, ada: Any, decision: str, copied: bool) -> None:
    one, other = printed(WORDS, ada), printed(WORDS, ada)
    decided = {"decision": decision, "decided_by": "cy", "decided_at": "2025-01-01T00:00:00Z"}
    Syndication.objects.create(
        article=other.article, other=one.article, shared=0.9, **(decided if decision else {})
    )
    for statement in (one, other):
        (found,) = reader.one(f"statements/{statement.uid}/occurrences/")["results"]
        assert found["copied"] is copied


def test_occurrences_do_not_drift_from_the_words(reader: Reader, ada: Any) -> None:
    """The third is like the second, and the second like the first; the third is not like the first."""
    first = printed("one two red four five six seven eight", ada)
    second = printed("one two red four blue green seven black", ada)
    printed("white pink red grey blue green seven black", ada)
    found = reader.one(f"statements/{first.uid}/occurrences/")["results"]
    assert [each["statement"]["id"] for each in found] == [second.pk]


def test_addresses(reader: Reader, ada: Any) -> None:
    one = printed(WORDS, ada)
    gone = printed(
        "Something else entirely it was", ada, status="retracted", retracted_at="2025-01-01T00:00:00Z",
        retraction_reason="An error.",
    )  # fmt: skip
    waiting = printed("Nobody may know about this yet", ada, status="proposed")
    assert reader.get(f"statements/{one.pk}/occurrences/").status_code == 308
    assert reader.get(f"statements/{gone.uid}/occurrences/").status_code == 410
    assert reader.get(f"statements/{waiting.uid}/occurrences/").status_code == 404


def test_facets_count_the_same_words_of_a_speaker_once(reader: Reader, ada: Any) -> None:
    gazette, herald = OutletFactory(slug="gazette"), OutletFactory(slug="herald")
    bo = ActorFactory(slug="bo")
    for speaker, outlet, text in (
        (ada, gazette, WORDS),
        (ada, gazette, WORDS.upper()),
        (ada, herald, WORDS),
        (ada, herald, "Something else"),
        (bo, herald, WORDS),
        (bo, herald, "—"),
        (bo, herald, "…"),
    ):
        StatementFactory(text=text, speaker=speaker, article=ArticleFactory(outlet=outlet))
    facets = reader.one("statements/facets/?by=speaker,outlet&distinct=words")
    # What has no words is not the same as anything.
    assert {each["key"]: each["count"] for each in facets["speaker"]["buckets"]} == {"ada": 2, "bo": 3}
    assert {each["key"]: each["count"] for each in facets["outlet"]["buckets"]} == {"gazette": 1, "herald": 5}
    assert facets["speaker"]["complete"]
