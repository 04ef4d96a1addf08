"""Finds other articles with the same or nearly the same words of a speaker."""

from dataclasses import dataclass

from django.db.models import Q

from articles.checks.candidates import Candidate, near_words, same_words
from articles.checks.comparison import KINDS, Comparison, compare
from articles.checks.words import Words
from articles.models import Statement, Syndication
from articles.models.choices import Status
from articles.models.proposal import Decision
from newsdb.text import fold

#: The most occurrences listed per statement, the closest first.
MAX_OCCURRENCES = 100


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A statement by the same speaker in another article, with the same or similar words."""

    statement: Candidate
    comparison: Comparison
    words: Words
    held: Words
    copied: bool
    """Whether a curator accepted that one article is a copy of the other."""


def occurrences_of(statement: Statement) -> list[Occurrence]:
    """The public occurrences of a statement's words, the closest first.

    Each is compared with the statement itself, never with another occurrence, so that similarity does not
    drift.
    """
    given = Words(statement.text)
    speakers = () if statement.speaker_id is None else (statement.speaker_id,)
    same, near = same_words(statement.text), near_words(given, speakers)
    candidates = {candidate.pk: candidate for candidate in [*same, *near]}
    copies = _copies_of(statement.article_id)
    found = []
    for candidate in candidates.values():
        if candidate.status != Status.PUBLISHED or candidate.article == statement.article_id:
            continue
        if not _of_the_same_speaker(statement, candidate):
            continue
        held = Words(candidate.text)
        if comparison := compare(given, held):
            found.append(Occurrence(candidate, comparison, given, held, candidate.article in copies))
    return sorted(found, key=_rank)[:MAX_OCCURRENCES]


def _of_the_same_speaker(statement: Statement, candidate: Candidate) -> bool:
    """Compare speakers by identity or, if both are unnamed, by their printed labels."""
    if statement.speaker_id is not None or candidate.speaker is not None:
        return candidate.speaker == statement.speaker_id
    label = fold(statement.speaker_label)
    return bool(label) and fold(candidate.speaker_label) == label


def _copies_of(article: int) -> set[int]:
    """Ids of the articles that a curator accepted as copies of this one."""
    accepted = Syndication.objects.filter(decision=Decision.ACCEPTED)
    pairs = accepted.filter(Q(article=article) | Q(other=article)).values_list("article", "other")
    return {pk for pair in pairs for pk in pair} - {article}


def _rank(occurrence: Occurrence) -> tuple[int, float, int, int]:
    comparison, statement = occurrence.comparison, occurrence.statement
    kind = KINDS.index(comparison.kind)
    return kind, -comparison.closeness, statement.sort_date.toordinal(), statement.pk
