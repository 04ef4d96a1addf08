"""Finds to whom and when something was said, according to the reporting clause."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from articles.reading.printed_dates import resolve
from articles.reading.quotations.attribution import Attributed
from articles.reading.quotations.lexicon import CONJUNCTIONS, PREPOSITIONS, base_form
from articles.reading.quotations.tokens import Token
from newsdb.dates import PartialDate

_ADDRESSING = frozenset({"tell", "inform", "remind", "advise", "assure"})
_MAX_CLAUSE_TOKENS = 14
"""Tokens after a reporting verb that may still belong to its clause."""
_CLAUSE_ENDS = frozenset({".", "!", "?", ";", ":", "—", "–", "--", "that", "who", "which"})
_NO_AUDIENCE = frozenset({"be", "have", "do", "the press corps’s", "him", "her", "them", "me", "us", "you"})
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"\b(?P<day>{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?:, [0-9]{{4}})?"
    rf"|[0-9]{{1,2}} {_MONTH}(?: [0-9]{{4}})?)(?![0-9])"
    rf"|\b(?P<month>{_MONTH} [0-9]{{4}})\b"
    r"|\b[Ii]n (?:early |late |mid-)?(?P<year>[12][0-9]{3})\b"
    r"|\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|\b(?P<relative>[Tt]oday|[Yy]esterday)\b"
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def audience_of(text: str, found: Attributed) -> str:
    """The audience that the clause names: "told the parish council", "announced to Parliament"; else ''."""
    clause = _clause(found)
    verb = found.cue.verb if found.cue else -1
    if not clause or found.source is None:
        return ""
    if base_form(found.source.tokens[verb].lower) in _ADDRESSING:
        return _audience_phrase(text, clause)
    for place, token in enumerate(clause[:3]):
        if token.lower == "to":
            return _audience_phrase(text, clause[place + 1 :])
    return ""


def said_on(text: str, found: Attributed, published: PartialDate | None) -> PartialDate | None:
    """The date in the reporting sentence, either before the reporting clause or within it.

    A day without a year, or a weekday, is resolved as the last one up to the day of publication; without
    that, it is not resolved. A date after that day is of something else.
    """
    if found.cue is None or found.source is None:
        return None
    tokens = found.source.tokens
    if found.cue.verb >= 0:
        first, _ = found.source.paragraph.sentence(found.cue.verb)
    else:
        first = found.cue.first
    opening: list[Token] = []
    for token in tokens[first : found.cue.first]:
        if token.quoted >= 0:
            opening = []
            break
        opening.append(token)
    for part in (opening[:_MAX_CLAUSE_TOKENS], _clause(found)):
        if part and (match := _DATE.search(text, part[0].start, part[-1].end)):
            said = _resolve_date(match, published)
            return None if said and said.is_after(published) else said
    return None


def _clause(found: Attributed) -> list[Token]:
    """The tokens after the reporting verb that belong to its clause."""
    if found.cue is None or found.source is None or found.cue.verb < 0:
        return []
    clause: list[Token] = []
    begin = found.cue.last if found.cue.form == "inverted" else found.cue.verb
    for token in found.source.tokens[begin + 1 : begin + 1 + _MAX_CLAUSE_TOKENS]:
        if token.quoted >= 0 or token.lower in _CLAUSE_ENDS:
            break
        clause.append(token)
    return clause


def _audience_phrase(text: str, tokens: list[Token]) -> str:
    kept: list[Token] = []
    for token in tokens[:7]:
        ends = not token.is_word or token.lower in (PREPOSITIONS - {"of"}) | CONJUNCTIONS
        if ends or token.lower in {"today", "yesterday"} or token.plain.capitalize() in _WEEKDAYS:
            break
        kept.append(token)
    if (
        not kept
        or kept[0].lower in _NO_AUDIENCE
        or not (kept[0].is_capitalised or len(kept) > 1 or kept[0].lower[-1] == "s")
    ):
        return ""
    return text[kept[0].start : kept[-1].end]


def _resolve_date(match: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    day = published.first if published and published.precision == "day" else None
    if match["weekday"]:
        return _weekday_before(_WEEKDAYS.index(match["weekday"]), day) if day else None
    # The end of the day, so that words said on the day of publication are not dated a year earlier.
    at = datetime.combine(day, time.max, tzinfo=UTC) if day else None
    return resolve(match["day"] or match["month"] or match["year"] or match["relative"], captured_at=at)


def _weekday_before(weekday: int, day: date) -> PartialDate:
    return PartialDate(day - timedelta(days=(day.weekday() - weekday) % 7), "day")
