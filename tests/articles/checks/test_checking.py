"""Quotations held against statements in a store."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError

from articles.checks import checking
from articles.checks.checking import Finding, Quotation, check, check_quotation
from articles.checks.drafts import NotReadError, quotations_in
from newsdb.dates import PartialDate
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory

WORDS = "We will not close the old pier before May"


@pytest.fixture(autouse=True)
def said(db: None) -> dict[str, Any]:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    bo = ActorFactory(name="Bo Quay", slug="bo")
    gazette = ArticleFactory(outlet=OutletFactory(name="The Gazette", slug="gazette"))
    pier = StatementFactory(
        speaker=ada,
        speaker_label="mayor of the harbour",
        article=gazette,
        text=WORDS,
        said_on="2024-03-05",
        said_precision="day",
    )
    ships = StatementFactory(speaker=bo, article=gazette, text="The ships stay in the outer harbour tonight")
    return {"ada": ada, "bo": bo, "pier": pier, "ships": ships, "gazette": gazette}


def found(words: str, speaker: str = "", **given: Any) -> Finding:
    return check_quotation(Quotation(words, speaker, **given))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (WORDS, "exact"),
        ("we will not close the old pier, before May.", "same"),
        ("not close the old pier", "contained"),
        (f"{WORDS} and that is final", "extends"),
        ("We will not close … before May", "elided"),
        ("We will not close the new pier before May", "altered"),
        ("We will close the old pier before May", "altered"),
        ("Cats are not allowed on any ferry", "not_found"),
        ("the old pier", "too_short"),
    ],
)
def test_words(words: str, kind: str, said: dict[str, Any]) -> None:
    finding = found(words)
    assert finding.words == kind
    matched = [match.statement.pk for match in finding.matches]
    assert matched == ([] if kind in ("not_found", "too_short") else [said["pier"].pk])


@pytest.mark.parametrize("words", ["pier we close", "ww xx yy zz", "—", "a b c d e f g h", "the the the the"])
def test_words_that_are_nowhere(words: str) -> None:
    assert found(words).matches == ()


@pytest.mark.parametrize(
    ("words", "speaker", "answer"),
    [
        (WORDS, "Ada Pier", "same"),
        (WORDS, "ada", "same"),
        (WORDS, "Pier", "same"),
        (WORDS, "Dr. Ada Pier", "same"),
        (WORDS, "Ada Jane Pier III", "same"),
        (WORDS, "Mayor Ada J. Pier", "same"),
        (WORDS, "Eda Jane Pier", "different"),
        (WORDS, "U.S. Harbour Secretary Ada Pier", "same"),
        (WORDS, "Chair Pier", "same"),
        (WORDS, "Ada Pier’s", "same"),
        (WORDS, "Mayor of the harbour", "same"),  # as it is printed
        (WORDS, "Mayor of the town", "different"),
        (WORDS, "Jane King Pier", "different"),
        (WORDS, "Secretary Bo Quay", "different"),
        (WORDS, "Bo Quay", "different"),
        (WORDS, "Nobody Known", "different"),
        (WORDS, "", "not_given"),
        ("Cats are not allowed on any ferry", "Ada Pier", None),
        ("Cats are not allowed on any ferry", "Nobody Known", "unresolved"),
    ],
)
def test_speakers(words: str, speaker: str, answer: str | None) -> None:
    assert found(words, speaker).speaker == answer


@pytest.mark.parametrize(
    ("speaker", "answer"),
    [
        ("Odo J. Tarn Sr.", "same"),
        ("Odo Tarn, Sr.", "same"),
        ("Odo Tarn Jr.", "different"),
        ("Odo Karl Tarn", "different"),
        ("O. Tarn", "different"),
        ("Odo", "same"),
    ],
)
def test_a_middle_name_or_a_suffix_makes_another_person_only_where_both_have_one(
    speaker: str, answer: str
) -> None:
    StatementFactory(speaker=ActorFactory(name="Odo James Tarn Sr."), text="The tarn has no fish at all")
    assert found("The tarn has no fish at all", speaker).speaker == answer


def test_of_two_people_of_the_name_it_may_be_either(said: dict[str, Any]) -> None:
    zoe = ActorFactory(name="Zoe Pier", slug="zoe")
    finding = found(WORDS, "Pier")
    assert (finding.speaker, finding.speakers) == ("unresolved", (said["ada"].pk, zoe.pk))


def test_the_words_of_the_named_speaker_come_first(said: dict[str, Any]) -> None:
    StatementFactory(speaker=said["bo"], text=WORDS, said_on="2025-01-01", said_precision="day")
    assert [match.speaker for match in found(WORDS, "Ada Pier").matches] == ["same", "different"]
    assert [match.speaker for match in found(WORDS, "Bo Quay").matches] == ["same", "different"]
    assert found(WORDS, "Bo Quay").speaker == "same"


def test_a_quotation_comes_before_a_paraphrase_of_the_same_words(said: dict[str, Any]) -> None:
    """However exactly a reporter's own words are given, they are not the speaker's."""
    paraphrase = StatementFactory(speaker=said["ada"], text="The tide will be out by noon", kind="indirect")
    (match,) = found("The tide will be out by noon", "Ada Pier").matches
    assert (match.statement.pk, match.statement.is_paraphrase) == (paraphrase.pk, True)
    longer = StatementFactory(speaker=said["ada"], text="I say the tide will be out by noon today")
    found_now = found("The tide will be out by noon", "Ada Pier").matches
    assert {match.statement.pk: match.statement.is_paraphrase for match in found_now} == {
        paraphrase.pk: True,
        longer.pk: False,
    }
    same = StatementFactory(speaker=said["bo"], text="The tide will be out by noon!")
    assert found("The tide will be out by noon").matches[0].statement.pk == same.pk


def test_words_held_from_others_are_told_although_something_like_them_is_held(said: dict[str, Any]) -> None:
    """Bo said almost this; Ada said it. Whoever gives it to Bo is told that the very words are Ada's."""
    StatementFactory(speaker=said["bo"], text="We will not close the new pier before June")
    finding = found(WORDS, "Bo Quay")
    assert (finding.words, finding.speaker) == ("exact", "different")


@pytest.mark.parametrize(
    ("date", "answer"), [("2024-03-05", "same"), ("2024", "same"), ("2024-03-04", "different")]
)
def test_dates(date: str, answer: str) -> None:
    assert found(WORDS, date=PartialDate.parse(date)).date == answer


def test_a_day_of_publication_is_the_latest_day(said: dict[str, Any]) -> None:
    article = ArticleFactory(published_on="2024-06-10", published_precision="day")
    StatementFactory(speaker=said["ada"], article=article, text="Nobody has seen the harbour plan yet")
    words = "Nobody has seen the harbour plan yet"
    given = {day: PartialDate.parse(day) for day in ("2024-06-09", "2024-06-10", "2024-06-11")}
    assert [found(words, date=date).date for date in given.values()] == ["unresolved", "same", "different"]


@pytest.mark.parametrize(
    ("outlet", "answer"), [("gazette", "same"), ("The Gazette", "same"), ("The Herald", "unresolved")]
)
def test_outlets(outlet: str, answer: str) -> None:
    assert found(WORDS, outlet=outlet).outlet == answer


def test_another_outlet() -> None:
    OutletFactory(name="The Herald", slug="herald")
    assert found(WORDS, outlet="The Herald").outlet == "different"


def test_too_short_words_match_if_exact_and_by_the_named_speaker(said: dict[str, Any]) -> None:
    StatementFactory(speaker=said["ada"], text="Not yet")
    assert found("Not yet", "Ada Pier").words == "exact"
    assert [found("Not yet", speaker).words for speaker in ("Bo Quay", "")] == ["too_short"] * 2
    assert found("not yet", "Ada Pier").words == "too_short"


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_what_is_not_public_is_not_found(status: str, said: dict[str, Any]) -> None:
    StatementFactory(speaker=said["ada"], text="A secret of the harbour board it is", status=status)
    assert found("A secret of the harbour board it is").words == "not_found"


def test_what_was_retracted_is_told_as_such_and_proves_nothing(said: dict[str, Any]) -> None:
    text = "We sold the lighthouse to a private buyer"
    StatementFactory(
        speaker=said["ada"],
        text=text,
        status="retracted",
        retracted_at="2025-01-01T00:00:00Z",
        retraction_reason="She never said it.",
    )
    finding = found(text, "Ada Pier")
    assert (finding.words, finding.speaker, finding.matches) == ("not_found", None, ())
    assert [match.statement.retraction_reason for match in finding.retracted] == ["She never said it."]


@pytest.mark.parametrize("entries", [1_000_000, 0])
def test_short_quotations_with_any_one_word_changed_are_found(entries: int, monkeypatch: Any) -> None:
    """Even if its words are so common that less is searched for."""
    monkeypatch.setattr("articles.checks.candidates.MAX_COMMON_ENTRIES", entries)
    words = ["ships", "stay", "in", "the", "outer", "harbour", "tonight"]
    for place in range(1, len(words)):
        for there in (["xyz"], [words[place], "xyz"], []):
            changed = " ".join([*words[:place], *there, *words[place + 1 :]])
            assert found(changed).words in ("altered", "extends", "contained"), changed


def test_of_short_quotations_one_word_may_be_missing_and_no_more(said: dict[str, Any]) -> None:
    """Where the words of a statement are not beside each other."""
    StatementFactory(text="Gulls can never sleep well on any roof")
    assert found("gulls never sleep on xyz").words == "altered"
    assert found("gulls gulls never sleep on roof").words == "altered"


def test_words_of_many_are_found_of_the_named_speaker(said: dict[str, Any], monkeypatch: Any) -> None:
    """Of more statements than are read, those of the named speaker are read besides."""
    monkeypatch.setattr("articles.checks.candidates.MAX_READ", 3)
    for number in range(5):
        StatementFactory(speaker=said["bo"], text=f"We are going to talk to our partners, {number} of them")
    mine = StatementFactory(
        speaker=said["ada"], text="We are going to talk to our partners, all of them", said_on="2001-01-01",
        said_precision="day",
    )  # fmt: skip
    first = found("We are going to talk to our partners, all of those", "Ada Pier").matches[0]
    assert first.statement.pk == mine.pk


def test_counts_from_before_many_rows_were_loaded_break_nothing(
    said: dict[str, Any], monkeypatch: Any
) -> None:
    """Words are then in more rows than there were."""

    class Stale:
        def of(self, tokens: Any, using: str) -> Any:
            return dict.fromkeys(tokens, 5.0), 10**6

    monkeypatch.setattr("articles.checks.candidates.word_shares", lambda model: Stale())
    assert found("We will not close the new pier before May").words == "altered"


def test_words_that_nobody_said_are_not_searched_for(said: dict[str, Any], monkeypatch: Any) -> None:
    """Phrases with them would find nothing, and take the place of others."""
    monkeypatch.setattr("articles.checks.candidates.MAX_ENTRIES", 0)
    StatementFactory(text="The old harbour office opens again at noon on every second Monday")
    words = "The old zeppelin harbour office opens again at noon on dirigible every second Monday"
    assert found(words).words == "altered"


def test_what_is_not_reached_in_time_is_named() -> None:
    quotations = [Quotation(WORDS), Quotation("Cats are not allowed on any ferry")]
    assert check(quotations, deadline=time.monotonic() - 1) == ([], quotations)


def test_a_search_that_the_store_cuts_is_not_reached(monkeypatch: Any) -> None:
    def cut(words: str) -> Iterator[Any]:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(checking, "same_words", cut)
    quotation = Quotation(WORDS)
    assert check([quotation]) == ([], [quotation])


def test_quotations_in_a_draft() -> None:
    text = f"On Tuesday, Ada Pier said: “{WORDS}.” She paused. “Nobody,” Bo Quay said, “has seen the plan.”"
    first, second = quotations_in(text)
    assert (first.words, first.speaker) == (f"{WORDS}.", "Ada Pier")
    assert (second.words, second.speaker) == ("Nobody has seen the plan.", "Bo Quay")
    assert text[first.start : first.end] == f"{WORDS}."
    assert text[second.start : second.end] == "Nobody,” Bo Quay said, “has seen the plan."


def test_a_draft_in_another_language_is_not_read() -> None:
    with pytest.raises(NotReadError, match=r"not in English \(de\)"):
        quotations_in("„Wir kommen“, sagte er.", language="de-AT")
    assert quotations_in("“We are here now,” Bo Quay said.", language="en-GB")
