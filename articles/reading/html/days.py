"""Reads a page's publication date: as declared, else as printed near its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from typing import TYPE_CHECKING

from articles.reading.html.places import find_heading, is_elsewhere, is_marked_elsewhere
from articles.reading.html.printed_days import find_day
from articles.reading.html.words import text_of
from articles.reading.printed_dates import resolve
from newsdb.dates import PartialDate, is_plausible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: 2024-03-01, 2024/03/01 or 20240301, with or without a time after it.
_NUMERIC = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
#: Seconds or milliseconds since 1970, from 2001 on.
_TIMESTAMP = re.compile(r"(1\d{9})(?:\d{3})?", re.ASCII)
#: A time in UTC rather than in a local time zone.
_UTC = re.compile(r".*\d:\d{2}.*(?:Z|[+-]00:?00|GMT|UTC)\s*")
_UPDATE_WORDS = re.compile(
    r"upp?dat|modif|correct|edited|a[ck]?tuali[sz]|geändert|\bstand\b|mise? à jour|aggiornat|bijgewerkt"
    r"|güncel|op?pdat|päivitetty|frissít|обновл|оновл|更新|수정|تحديث|diperbarui|ενημέρωσ",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|veröffentlicht|erstellt|gepost|geplaatst|julkaistu|zveřejn|közzét|yayın|dodan"
    r"|опубл|入力|掲載|公開|发布|發布|입력|등록|نشر|tayang|terbit|inserito|δημοσ",
    re.IGNORECASE,
)
#: Classes and properties of elements with the day of publication in an attribute.
_PUBLICATION_MARK = re.compile(
    r"(?:^|\s)(?:(?:dt-)?published|(?:schema|dc|dcterms):(?:datePublished|dateCreated|date|created|issued)|datePublished)(?:\s|$)"
)
#: "Posted by editors on" has three words without a capital in a row.
_MAX_LOWER_WORDS = 3
_HALF_OF_DAY = re.compile(r"\d ?[ap]\.m\.$", re.IGNORECASE)
#: Elements without printed lines; and tables, whose dates belong to the items that they list.
_NO_LINES = frozenset(("head", "script", "style", "noscript", "template", "table"))
#: How many elements before and after a heading are searched for a printed date.
_ELEMENTS_BEFORE, _ELEMENTS_AFTER = 12, 40
_MAX_LENGTH = 120
#: `<time>` elements that are examined, and elements within a printed line.
_MAX_TIMES, _MAX_INSIDE = 100, 100
#: Code points from which an element counts as a paragraph, where the body begins.
_MIN_PARAGRAPH_LENGTH = 250


def publication_day(
    declared: Iterable[str | None], tree: HtmlElement, headline: str, created: Iterable[str | None] = ()
) -> PartialDate | None:
    """The day of publication: from the first declared value with a day, else from a `<time>` in the story,
    else the printed day, else the day when the page was created.

    A declared time has the day of its own time zone. If that is UTC and the day printed near the headline is
    the day before or after, the printed day is used: it is in the page's local time.
    """
    language = tree.get("lang") or tree.get("xml:lang") or ""
    heading = find_heading(tree, headline)
    for value in (*declared, *_own_times(tree, heading)):
        value = _without_timestamp((value or "").strip()[:_MAX_LENGTH])
        if day := _parse_date(value, language):
            if day.precision == "day" and _UTC.fullmatch(value):
                printed = _printed_date(heading, language)
                return printed if printed and abs(printed.first - day.first) == timedelta(days=1) else day
            return day
    return _printed_date(heading, language) or next(
        (day for value in created if (day := _parse_date(value or "", language))), None
    )


def _own_times(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[str]:
    """The values of the story's `<time>` elements, but of updates."""
    for element in islice(tree.iterfind(".//article//time[@datetime]"), _MAX_TIMES):
        if not (_is_update(element) or is_elsewhere(element, heading)):
            yield element.get("datetime") or ""
    for element in _around(heading):
        value = (
            element.get("datetime")
            if element.tag == "time"
            else element.get("title") or element.get("content")
        )
        marked = element.tag == "time" or _PUBLICATION_MARK.search(
            " ".join(filter(None, map(element.get, ("class", "property"))))
        )
        if value and marked and not (_is_update(element) or is_elsewhere(element, heading)):
            yield value


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


def _printed_date(heading: HtmlElement | None, language: str) -> PartialDate | None:
    """The first day printed on a line of its own near the headline, ignoring dates of updates."""
    for line in _lines_at(heading):
        published = _without_updates(line)
        if published and not _is_sentence(published) and (day := find_day(published, language)):
            return day if is_plausible(day) else None
    return None


def _without_updates(line: str) -> str:
    """What a line says before "updated", or after "published" if that comes last."""
    update = _UPDATE_WORDS.search(line)
    if update is None:
        return line
    before = line[: update.start()]
    if any(map(str.isdigit, before)):
        return before
    published = _PUBLISHED.search(line, update.end())
    return line[published.start() :] if published else ""


def _is_sentence(line: str) -> bool:
    """Whether a line with a date in it says more than that it is a date: a deck, a caption, a headline."""
    runs = [
        sum(1 for _ in run)
        for lower, run in groupby(
            re.findall(r"\w+", line), key=lambda word: word.isalpha() and word.islower()
        )
        if lower
    ]
    ended = line[-1] in ".?!" and not _HALF_OF_DAY.search(line)
    return max(runs, default=0) > _MAX_LOWER_WORDS or (ended and sum(runs) > 1)


def _without_timestamp(value: str) -> str:
    """A value in which seconds since 1970 are written as a time in UTC."""
    match = _TIMESTAMP.fullmatch(value)
    return datetime.fromtimestamp(int(match[1]), UTC).isoformat() if match else value


def _parse_date(value: str, language: str) -> PartialDate | None:
    try:
        day = _parse_numeric(value) or resolve(value) or find_day(value, language)
    except (ValueError, OverflowError):
        return None
    return day if day and is_plausible(day) else None


def _parse_numeric(value: str) -> PartialDate | None:
    match = _NUMERIC.match(value)
    return PartialDate(date(*(int(match[part]) for part in (1, 3, 4))), "day") if match else None


def _around(heading: HtmlElement | None) -> list[HtmlElement]:
    """The elements around the headline, up to the beginning of the body."""
    if heading is None:
        return []
    before = [*islice(_backwards(heading), _ELEMENTS_BEFORE)]
    return [*reversed(before), *islice(_forwards(heading), _ELEMENTS_AFTER)]


def _lines_at(heading: HtmlElement | None) -> Iterator[str]:
    """Yield short texts with a digit around the headline."""
    for element in _around(heading):
        text = text_of(element)
        if (
            6 <= len(text) <= _MAX_LENGTH
            and any(char.isdigit() for char in text)
            and _has_lines(element, heading)
        ):
            yield text


def _has_lines(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Whether an element's text is printed as part of the story, outside tables, and not as an update's."""
    inside = [each for each in islice(element.iter(), _MAX_INSIDE + 1) if isinstance(each.tag, str)]
    return (
        len(inside) <= _MAX_INSIDE
        and not any(each.tag in _NO_LINES or is_marked_elsewhere(each) for each in inside)
        and not any(outer.tag == "table" for outer in element.iterancestors())
        and not _is_update(element)
        and not is_elsewhere(next(iter(element.iter("article")), element), heading)
    )


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
