"""Finds the statements worth comparing with a quotation: those that share its rare words."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import inf
from uuid import UUID

from django.db import DatabaseError, connections
from django.db.models import Q

from articles.checks.words import Words
from articles.models import Statement
from articles.models.choices import Kind, Status
from articles.querysets import StatementQuerySet
from articles.search.analyser import analyse
from articles.search.near import Condition, word_shares, written_for
from newsdb.models.literal import Literal
from newsdb.models.prepared import Placeholder, Prepared, bound_rows
from newsdb.text import fold

#: Statements read per quotation, and those of them that are compared word by word.
MAX_READ, MAX_COMPARED = 300, 60
#: The most words of a phrase that is searched for.
MAX_PHRASE_WORDS = 5
#: A phrase in about this many statements counts as rare.
RARE_COUNT = 30
#: The most phrases searched for, and the number of parts of the quotation that each contribute one.
MAX_PHRASES, MAX_PARTS = 10, 6
#: The approximate number of index entries read per quotation, of all words of its phrases.
MAX_ENTRIES = 20_000
#: In a quotation of up to this many words, any one word may differ.
MAX_SHORT_QUOTATION = 8
#: If its words have more index entries than this together, its halves are searched for instead, as phrases: a
#: word that differs is in one of them.
MAX_COMMON_ENTRIES = 1_000_000

_COLUMNS = (
    *("pk", "uid", "kind", "text", "words_key", "status", "speaker", "speaker_label", "outlet", "article"),
    *("date", "date_last", "date_basis", "sort_date", "retracted_at", "retraction_reason"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may match a quotation, with the columns that checks need."""

    pk: int
    uid: UUID
    kind: str
    text: str
    words_key: str
    status: str
    speaker: int | None
    speaker_label: str
    outlet: int
    article: int
    date: datetime.date | None
    date_last: datetime.date | None
    date_basis: str
    sort_date: datetime.date
    retracted_at: datetime.datetime | None
    retraction_reason: str

    @property
    def is_paraphrase(self) -> bool:
        """Whether the words are the reporter's, not the speaker's."""
        return self.kind == Kind.INDIRECT


def prepare() -> None:
    """Learn which words are common, so that the first check of this process need not."""
    using = Statement.objects.db
    with suppress(DatabaseError):  # without a database, or before it is migrated, a check will have to
        word_shares(Statement).of((), using)
    connections[using].close()


def same_words(text: str) -> list[Candidate]:
    """Statements with the same words, ignoring case, accents and punctuation."""
    key = fold(text)
    return [Candidate(*row) for row in _same_words.rows(start=key[:200], key=key)] if key else []


def near_words(given: Words, speakers: Sequence[int] = ()) -> list[Candidate]:
    """Statements that share a rare word or phrase with ``given``, those with the most common words first.

    If there are too many, the newest are used, plus the newest of ``speakers``.
    """
    conditions = _conditions(given)
    if not conditions:
        return []
    written = written_for(connections[Statement.objects.db].vendor, conditions)
    values = {f"condition{number}": text for number, text in enumerate(written)}
    found = [Candidate(*row) for row in _near(len(written)).rows(**values)]
    if len(found) == MAX_READ and speakers:
        found += _rows(_readable().filter(speaker__in=list(speakers)).search_near(written, MAX_READ))
    words = set(fold(given.text).split())
    unique = {candidate.pk: candidate for candidate in found}.values()
    ranked = sorted(unique, key=lambda candidate: -len(words.intersection(candidate.words_key.split())))
    return ranked[:MAX_COMPARED]


def _readable() -> StatementQuerySet:
    """Published and retracted statements: a check also reports retractions."""
    published, retracted = Literal(Status.PUBLISHED.value), Literal(Status.RETRACTED.value)
    return Statement.objects.order_by().filter(Q(status=published) | Q(status=retracted))


_same_words = Prepared(
    lambda: (
        _readable().with_words_key(Placeholder("start"), Placeholder("key")).values_list(*_COLUMNS)[:MAX_READ]
    ),
    bound=True,
)


@cache
def _near(number: int) -> Prepared:
    """A query for the statements that meet at least one of ``number`` conditions."""
    conditions = [Placeholder(f"condition{each}") for each in range(number)]
    return Prepared(lambda: _readable().search_near(conditions, MAX_READ).values_list(*_COLUMNS), bound=True)


def _rows(statements: StatementQuerySet) -> list[Candidate]:
    return [Candidate(*row) for row in bound_rows(statements.values_list(*_COLUMNS))]


def _conditions(given: Words) -> list[Condition]:
    """The search conditions; a candidate must meet at least one."""
    pieces = [analyse(given.printed(piece)).split() for piece in given.pieces]
    tokens = [token for piece in pieces for token in piece]
    if not tokens:
        return []
    shares, rows = word_shares(Statement).of(tokens, Statement.objects.db)
    short = len(pieces) == 1 and 3 < len(tokens) <= MAX_SHORT_QUOTATION
    if short and sum(shares[token] for token in set(tokens)) * rows > MAX_COMMON_ENTRIES:
        half = len(tokens) // 2
        return [Condition((tuple(tokens[:half]),)), Condition((tuple(tokens[half:]),))]
    known = [run for piece in pieces for run in _runs(piece, shares)]
    conditions = [Condition((phrase,)) for phrase in dict.fromkeys(_rare_phrases(known, shares, rows))]
    if short:
        conditions.append(_all_but_one(tokens, shares))
    return conditions


def _all_but_one(tokens: Sequence[str], shares: Mapping[str, float]) -> Condition:
    """The condition that at most one word is missing.

    A repeated word is required: if one of its occurrences is missing, the other remains.
    """
    counts = Counter(sorted(tokens, key=lambda token: shares[token]))
    repeated = tuple((token,) for token, count in counts.items() if count > 1)
    return Condition(repeated, tuple((token,) for token, count in counts.items() if count == 1))


def _runs(piece: Sequence[str], shares: Mapping[str, float]) -> Iterator[list[str]]:
    """The runs of words between those that no statement has."""
    for known, run in groupby(piece, key=lambda token: shares[token] > 0):
        if known:
            yield list(run)


def _rare_phrases(
    pieces: Sequence[Sequence[str]], shares: Mapping[str, float], rows: int
) -> Iterator[tuple[str, ...]]:
    """Yield the rarest phrase of each part of a quotation, then others while they are cheap to find."""
    phrases = [
        _phrase(piece, place, shares, RARE_COUNT / max(rows, 1))
        for piece in pieces
        for place in range(len(piece))
    ]
    # For each row that has the rarest word of the phrase, the index is read for every other word.
    cost = [min(shares[token] for token in phrase) * rows * len(phrase) for phrase in phrases]
    size = max(3, -(-len(phrases) // MAX_PARTS))
    parts = [range(start, min(start + size, len(phrases))) for start in range(0, len(phrases), size)]
    best = sorted((min(part, key=cost.__getitem__) for part in parts), key=cost.__getitem__)
    others = sorted(set(range(len(phrases))).difference(best), key=cost.__getitem__)
    entries = 0.0
    for number, place in enumerate([*best, *others][:MAX_PHRASES]):
        entries += cost[place]
        if number > 1 and entries > MAX_ENTRIES:
            return
        yield phrases[place]


def _phrase(piece: Sequence[str], place: int, shares: Mapping[str, float], rare: float) -> tuple[str, ...]:
    """The word at ``place``, extended by neighbouring words until the phrase is rare."""
    start, end, share = place, place + 1, shares[piece[place]]
    while share > rare and end - start < min(MAX_PHRASE_WORDS, len(piece)):
        before = shares[piece[start - 1]] if start else inf
        after = shares[piece[end]] if end < len(piece) else inf
        if before < after:
            start -= 1
        else:
            end += 1
        share *= min(before, after)
    return tuple(piece[start:end])
