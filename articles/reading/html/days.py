"""Reads a page's publication date: as declared, else as printed near its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from html import escape
from itertools import groupby, islice
from typing import TYPE_CHECKING

from articles.reading.html.places import is_elsewhere, is_marked_elsewhere
from articles.reading.html.words import text_of
from articles.reading.printed_dates import resolve
from newsdb.dates import PartialDate, is_plausible, latest_day
from newsdb.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: 2024-03-01, 2024/03/01 or 20240301, with or without a time after it.
_NUMERIC = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
#: The date format of Chinese, Japanese and Korean pages.
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]", re.ASCII)
_WITH_TIME = re.compile(r"(?P<day>.+?\d{4})[, ]+(?:at )?\d{1,2}:\d{2}.*", re.IGNORECASE | re.ASCII)
#: 03/04/2024 is in March or in April, depending on the country. With dots the day is first but in English.
_AMBIGUOUS = re.compile(
    r"\b(?P<first>0?[1-9]|1[0-2])(?P<by>[/.-])(?!(?P=first)[/.-])(?:0?[1-9]|1[0-2])(?P=by)\d{2,4}\b", re.ASCII
)
#: A time in UTC rather than in a local time zone.
_UTC = re.compile(r".*\d:\d{2}.*(?:Z|[+-]00:?00|GMT|UTC)\s*")
_UPDATE_WORDS = re.compile(
    r"updat|modif|correct|edited|aktualisiert|geändert|stand:|mis à jour|actualizado|aggiornat|bijgewerkt"
    r"|güncel",
    re.IGNORECASE,
)
#: "Posted by editors on" has three words without a capital in a row.
_MAX_LOWER_WORDS = 3
#: Elements without printed lines, and tables, whose days are of what they list.
_NO_LINES = frozenset(("head", "script", "style", "noscript", "template", "table"))
_PUBLISHED = re.compile(r"publi", re.IGNORECASE)
#: How many elements before and after a heading are searched for a printed date.
_ELEMENTS_BEFORE, _ELEMENTS_AFTER = 12, 40
_MAX_LENGTH = 120
#: `<time>` elements that are examined, and elements within a printed line.
_MAX_TIMES, _MAX_INSIDE = 100, 100
#: Code points from which an element counts as a paragraph, where the body begins.
_MIN_PARAGRAPH_LENGTH = 250


def publication_day(declared: Iterable[str | None], tree: HtmlElement, headline: str) -> PartialDate | None:
    """The day of publication: from the first declared value with a day, else from a `<time>` in the story,
    else the printed day.

    A declared time has the day of its own time zone. If that is UTC and the day printed near the headline is
    the day before or after, the printed day is used: it is in the page's local time.
    """
    for value in (*declared, *_own_times(tree)):
        value = (value or "").strip()[:_MAX_LENGTH]
        if day := _parse_date(value):
            if day.precision == "day" and _UTC.fullmatch(value):
                printed = _printed_date(tree, headline)
                return printed if printed and abs(printed.first - day.first) == timedelta(days=1) else day
            return day
    return _printed_date(tree, headline)


def _own_times(tree: HtmlElement) -> Iterator[str]:
    """The values of the story's `<time>` elements, but of updates."""
    for element in islice(tree.iterfind(".//article//time[@datetime]"), _MAX_TIMES):
        if not (_is_update(element) or is_elsewhere(element)):
            yield element.get("datetime") or ""


def _is_update(element: HtmlElement) -> bool:
    """Whether an element's markup, or the words before it, say that its day is that of an update."""
    marks = " ".join(filter(None, map(element.get, ("itemprop", "class", "property"))))
    if _UPDATE_WORDS.search(marks):
        return not _PUBLISHED.search(marks)
    return bool(_UPDATE_WORDS.search(re.split(r"\d", _words_before(element))[-1]))


def _words_before(element: HtmlElement) -> str:
    """The words right before an element, within the element around it or the next one."""
    for inner in islice((element, *element.iterancestors()), 2):
        outer = inner.getparent()
        if outer is None:
            break
        before = inner.getprevious()
        texts = [text_of(before), before.tail] if before is not None else [outer.text]
        if words := " ".join(filter(None, texts)).strip():
            return words[-_MAX_LENGTH:]
    return ""


def _printed_date(tree: HtmlElement, headline: str) -> PartialDate | None:
    """The first day printed on a line of its own near the headline, ignoring dates of updates."""
    # find_date understands the date formats of a dozen languages.
    from htmldate import find_date

    english = (tree.get("lang") or "").lower().startswith("en")
    for line in _lines_at(tree, headline):
        ambiguous = _AMBIGUOUS.search(line)
        if (
            _UPDATE_WORDS.search(line)
            or _is_sentence(line)
            or (ambiguous and (ambiguous["by"] != "." or english))
        ):
            continue
        if match := _EAST_ASIAN.search(line):
            return _parse_date("-".join(part.zfill(2) for part in match.groups()))
        found = find_date(
            f'<html><body><p class="date">{escape(line)}</p></body></html>',
            extensive_search=False,
            original_date=True,
            max_date=latest_day().isoformat(),
        )
        if found:
            day = PartialDate(date.fromisoformat(found), "day")
            return day if is_plausible(day) else None
    return None


def _is_sentence(line: str) -> bool:
    """Whether a line with a date in it says more than that it is a date: a deck, a caption, a headline."""
    runs = [
        sum(1 for _ in run)
        for lower, run in groupby(
            re.findall(r"\w+", line), key=lambda word: word.isalpha() and word.islower()
        )
        if lower
    ]
    return max(runs, default=0) > _MAX_LOWER_WORDS or (line[-1] in ".?!" and sum(runs) > 1)


def _parse_date(value: str) -> PartialDate | None:
    try:
        day = _parse_numeric(value) or resolve(value) or _parse_with_time(value)
    except (ValueError, OverflowError):
        return None
    return day if day and is_plausible(day) else None


def _parse_numeric(value: str) -> PartialDate | None:
    match = _NUMERIC.match(value)
    return PartialDate(date(*(int(match[part]) for part in (1, 3, 4))), "day") if match else None


def _parse_with_time(value: str) -> PartialDate | None:
    """Parse `Fri, 01 Mar 2024 10:00:00 GMT` (RFC 5322) or `November 19, 2019 5:30 pm`."""
    try:
        return PartialDate(parsedate_to_datetime(value).date(), "day")
    except ValueError:
        match = _WITH_TIME.fullmatch(value)
        return resolve(match["day"]) if match else None


def _lines_at(tree: HtmlElement, headline: str) -> Iterator[str]:
    """Yield short texts with a digit around the headline, up to the beginning of the body."""
    wanted = fold(headline)
    heading = next(
        (element for element in tree.iter("h1", "h2", "h3") if _is_headline(fold(text_of(element)), wanted)),
        None,
    )
    if heading is None:
        return
    around = [
        *reversed([*islice(_backwards(heading), _ELEMENTS_BEFORE)]),
        *islice(_forwards(heading), _ELEMENTS_AFTER),
    ]
    for element in around:
        text = text_of(element)
        if 6 <= len(text) <= _MAX_LENGTH and any(char.isdigit() for char in text) and _has_lines(element):
            yield text


def _has_lines(element: HtmlElement) -> bool:
    """Whether an element's text is printed as part of the story, outside tables, and not as an update's."""
    inside = [each for each in islice(element.iter(), _MAX_INSIDE + 1) if isinstance(each.tag, str)]
    return (
        len(inside) <= _MAX_INSIDE
        and not any(each.tag in _NO_LINES or is_marked_elsewhere(each) for each in inside)
        and not any(outer.tag == "table" for outer in element.iterancestors())
        and not _is_update(element)
        and not is_elsewhere(next(iter(element.iter("article")), element))
    )


def _is_headline(heading: str, headline: str) -> bool:
    """Whether a heading has all of the headline, or at least half of it; both are folded."""
    if not heading or not headline:
        return False
    return headline in heading or (heading in headline and 2 * len(heading) >= len(headline))


def _backwards(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None:
        for sibling in element.itersiblings(preceding=True):
            if isinstance(sibling.tag, str):
                yield sibling
        element = element.getparent()


def _forwards(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None:
        for sibling in element.itersiblings():
            for each in sibling.iter():
                if not isinstance(each.tag, str):
                    continue
                if each.tag == "p" and len(text_of(each)) >= _MIN_PARAGRAPH_LENGTH:
                    return
                yield each
        element = element.getparent()
