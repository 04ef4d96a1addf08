"""Where else somebody's words are printed: the same or nearly the same, in other articles."""

from dataclasses import dataclass

from django.db.models import Q

from articles.checks.candidates import Candidate, near_words, same_words
from articles.checks.comparison import KINDS, Comparison, compare
from articles.checks.words import Words
from articles.models import Statement, Syndication
from articles.models.choices import Status
from articles.models.proposal import Decision
from newsdb.text import fold

#: How many occurrences of a statement are told, the closest.
MOST_OCCURRENCES = 100


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A statement of the same speaker in another article, with the same words or nearly."""

    statement: Candidate
    comparison: Comparison
    words: Words
    held: Words
    copied: bool
    """Whether a curator accepted that one article is a copy of the other."""


def occurrences_of(statement: Statement) -> list[Occurrence]:
    """The public occurrences of a statement's words, the closest first.

    Each is compared with the statement itself and never with another occurrence, so that they do not drift
    from its words step by step.
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
    return sorted(found, key=_rank)[:MOST_OCCURRENCES]


def _of_the_same_speaker(statement: Statement, candidate: Candidate) -> bool:
    """By who it is; of speakers who are not named, by what they are called."""
    if statement.speaker_id is not None or candidate.speaker is not None:
        return candidate.speaker == statement.speaker_id
    label = fold(statement.speaker_label)
    return bool(label) and fold(candidate.speaker_label) == label


def _copies_of(article: int) -> set[int]:
    """The articles (ids) that a curator accepted as having this one's text."""
    accepted = Syndication.objects.filter(decision=Decision.ACCEPTED)
    pairs = accepted.filter(Q(article=article) | Q(other=article)).values_list("article", "other")
    return {pk for pair in pairs for pk in pair} - {article}


def _rank(occurrence: Occurrence) -> tuple[int, float, int, int]:
    comparison, statement = occurrence.comparison, occurrence.statement
    kind = KINDS.index(comparison.kind)
    return kind, -comparison.closeness, statement.sort_date.toordinal(), statement.pk
