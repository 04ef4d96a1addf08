"""Checks quotations: what the dataset has of their words and of the named speaker."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from django.db import OperationalError
from django.db.models import QuerySet

from actors.models import Actor
from articles.checks.candidates import Candidate, near_words, same_words
from articles.checks.comparison import KINDS, MIN_WORDS, Comparison, Kind, compare
from articles.checks.people import people_like
from articles.checks.words import Words
from articles.models import Outlet
from articles.models.choices import Status
from articles.reading.quotations import without_role
from newsdb.dates import PartialDate
from newsdb.models.prepared import bound_rows
from newsdb.models.write_errors import is_unreachable
from newsdb.text import fold

WordsFound = Kind | Literal["not_found", "too_short"]
Agreement = Literal["same", "different", "unresolved", "not_given"]

VERY_WORDS: tuple[Kind, ...] = ("exact", "same")
#: The most matches reported per quotation, and the most actors or outlets per name.
MAX_MATCHES = 10
MAX_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a draft, with its alleged speaker, date and outlet."""

    words: str
    speaker: str = ""
    date: PartialDate | None = None
    outlet: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A statement with the same or similar words."""

    statement: Candidate
    comparison: Comparison
    words: Words
    held: Words
    speaker: Agreement
    date: Agreement
    outlet: Agreement


@dataclass(frozen=True, slots=True)
class Finding:
    """The result for one quotation. ``None`` means that there is nothing to compare with."""

    quotation: Quotation
    words: WordsFound
    speaker: Agreement | None
    date: Agreement | None
    outlet: Agreement | None
    speakers: tuple[int, ...] = ()
    """Ids of the actors that the given name may mean."""
    outlets: tuple[int, ...] = ()
    matches: tuple[Match, ...] = ()
    retracted: tuple[Match, ...] = ()


@dataclass(slots=True)
class Names:
    """Resolves names, each looked up once per draft."""

    speakers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    outlets: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def speakers_called(self, name: str) -> tuple[int, ...]:
        """The actors that ``name`` may mean."""
        if name not in self.speakers:
            readings = dict.fromkeys(filter(None, [name, without_role(name)]))
            actors = Actor.objects.order_by("pk")
            found = _surest_ids(chain.from_iterable(map(actors.meanings, readings)))
            self.speakers[name] = found or people_like(without_role(name))[:MAX_CANDIDATES]
        return self.speakers[name]

    def outlets_called(self, name: str) -> tuple[int, ...]:
        """The outlets that ``name`` may mean."""
        if name not in self.outlets:
            self.outlets[name] = _surest_ids(Outlet.objects.order_by("pk").meanings(name))
        return self.outlets[name]


def _surest_ids(meanings: Iterable[QuerySet]) -> tuple[int, ...]:
    """The ids from the first meaning with results. Parameters are bound, so that no name is logged."""
    for queryset in meanings:
        if rows := bound_rows(queryset.values_list("pk").distinct()[:MAX_CANDIDATES]):
            return tuple(pk for (pk,) in rows)
    return ()


def check(
    quotations: Iterable[Quotation], *, deadline: float = float("inf")
) -> tuple[list[Finding], list[Quotation]]:
    """Check each quotation; returns the findings, and the quotations that were not reached.

    ``deadline`` is in the time of ``time.monotonic``. A quotation whose search exceeds the store's timeout
    counts as not reached.
    """
    names = Names()
    findings: list[Finding] = []
    not_reached: list[Quotation] = []
    for quotation in quotations:
        if time.monotonic() > deadline:
            not_reached.append(quotation)
            continue
        try:
            findings.append(check_quotation(quotation, names))
        except OperationalError as error:
            if is_unreachable(error):
                raise
            not_reached.append(quotation)
    return findings, not_reached


def check_quotation(quotation: Quotation, names: Names | None = None) -> Finding:
    """Check one quotation."""
    names = names or Names()
    speakers = names.speakers_called(quotation.speaker) if quotation.speaker else ()
    outlets = names.outlets_called(quotation.outlet) if quotation.outlet else ()
    given = Words(quotation.words)
    same = same_words(quotation.words)
    found = _matches(quotation, given, same, speakers, outlets)
    if len(given.words) < MIN_WORDS:
        found = [m for m in found if m.comparison.kind == "exact" and m.speaker == "same"]
    elif not _is_known(found, quotation.speaker):
        known = {candidate.pk for candidate in same}
        near = [candidate for candidate in near_words(given, speakers) if candidate.pk not in known]
        found += _matches(quotation, given, near, speakers, outlets)
    return _finding(quotation, given, found, speakers, outlets)


def _is_known(found: Sequence[Match], name: str) -> bool:
    """Whether a public statement quotes the exact words, by the named speaker if there is one."""
    public = [
        match
        for match in found
        if match.statement.status == Status.PUBLISHED and not match.statement.is_paraphrase
    ]
    return any(match.speaker == "same" for match in public) if name else bool(public)


def _matches(
    quotation: Quotation,
    given: Words,
    candidates: Iterable[Candidate],
    speakers: tuple[int, ...],
    outlets: tuple[int, ...],
) -> list[Match]:
    matches = []
    for candidate in candidates:
        held = Words(candidate.text)
        if comparison := compare(given, held):
            agreements = (
                _speaker(quotation.speaker, speakers, candidate),
                _date(quotation.date, candidate),
                _outlet(quotation.outlet, outlets, candidate),
            )
            matches.append(Match(candidate, comparison, given, held, *agreements))
    return matches


def _finding(
    quotation: Quotation,
    given: Words,
    found: Sequence[Match],
    speakers: tuple[int, ...],
    outlets: tuple[int, ...],
) -> Finding:
    ranked = sorted(found, key=_rank)
    public = [match for match in ranked if match.statement.status == Status.PUBLISHED]
    retracted = [match for match in ranked if match.statement.status == Status.RETRACTED]
    if not public:
        words: WordsFound = "too_short" if len(given.words) < MIN_WORDS else "not_found"
        unresolved: Agreement | None = None if len(speakers) == 1 else "unresolved"
        return Finding(
            quotation,
            words,
            speaker=unresolved if quotation.speaker else "not_given",
            date=None if quotation.date else "not_given",
            outlet=(None if len(outlets) == 1 else "unresolved") if quotation.outlet else "not_given",
            speakers=speakers,
            outlets=outlets,
            retracted=tuple(retracted[:MAX_MATCHES]),
        )
    best = public[0].comparison.kind
    if best != "altered":
        public = [match for match in public if match.comparison.kind != "altered"]
    # Different punctuation does not matter for speaker, date and outlet.
    alike = VERY_WORDS if best in VERY_WORDS else (best,)
    closest = [match for match in public if match.comparison.kind in alike]
    return Finding(
        quotation,
        best,
        speaker=_agreement([match.speaker for match in closest]),
        date=_agreement([match.date for match in closest]),
        outlet=_agreement([match.outlet for match in closest]),
        speakers=speakers,
        outlets=outlets,
        matches=tuple(public[:MAX_MATCHES]),
        retracted=tuple(retracted[:MAX_MATCHES]),
    )


def _rank(match: Match) -> tuple[int, bool, float, bool, int, int]:
    """Sort by closeness, then the named speaker first, then the latest first.

    Among statements with the same words, paraphrases come last: their words are the reporter's.
    """
    comparison, statement = match.comparison, match.statement
    place = KINDS.index(comparison.kind)
    return (
        max(place, KINDS.index("same")) if statement.is_paraphrase else place,
        statement.is_paraphrase,
        -comparison.closeness,
        match.speaker != "same",
        -statement.sort_date.toordinal(),
        -statement.pk,
    )


def _agreement(each: Sequence[Agreement]) -> Agreement:
    """The overall agreement: one match that agrees counts more than others that differ."""
    order: tuple[Agreement, ...] = ("same", "unresolved", "different", "not_given")
    return min(each, key=order.index)


def _speaker(name: str, speakers: tuple[int, ...], statement: Candidate) -> Agreement:
    if not name:
        return "not_given"
    if fold(name) == fold(statement.speaker_label):  # as it is printed there
        return "same"
    if statement.speaker is None or statement.speaker not in speakers:
        return "different"
    return "same" if len(speakers) == 1 else "unresolved"


def _outlet(name: str, outlets: tuple[int, ...], statement: Candidate) -> Agreement:
    if not name:
        return "not_given"
    if statement.outlet not in outlets:
        return "different" if outlets else "unresolved"
    return "same" if len(outlets) == 1 else "unresolved"


def _date(given: PartialDate | None, statement: Candidate) -> Agreement:
    """Whether the given date can be the statement's; a publication date only means "no later than"."""
    if given is None:
        return "not_given"
    if statement.date is None or statement.date_last is None:
        return "unresolved"
    if given.first > statement.date_last:
        return "different"
    if given.last >= statement.date:
        return "same"
    return "unresolved" if statement.date_basis == "published_on" else "different"
