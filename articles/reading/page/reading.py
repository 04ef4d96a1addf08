"""Reads a page's text into its parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.headlines import name_forms, without_names
from articles.reading.language import guess_language
from articles.reading.page.datelines import Dateline, publication
from articles.reading.page.head import read_head
from articles.reading.page.kinds import is_furniture, kind_of
from articles.reading.page.lines import Line, first_copy, read_lines
from articles.reading.page.lists import take_lists
from articles.reading.page.notes import find_notes, read_bylines
from articles.reading.page.organisations import author_called
from articles.reading.page.parts import NO_METADATA, DeclaredMetadata, Page
from articles.reading.printed_links import PrintedList
from newsdb.text import fold

#: Lines at the end of a page that are searched for a date.
_LAST_LINES = 3

_MORE_FROM = re.compile(r"(?:more|latest|also|read more|top stories) from (?P<outlet>.{1,80})", re.IGNORECASE)


def read_page(
    text: str,
    *,
    captured_at: datetime | None = None,
    declared: DeclaredMetadata = NO_METADATA,
    lists: Sequence[PrintedList] = (),
    outlets: Collection[str] = (),
    budget: Budget = UNLIMITED,
) -> Page:
    """Read the article in a page's text.

    If nothing is recognised, the whole page is body. "5 days ago" and dates without a year are relative to
    `captured_at`. `declared` takes precedence over what is read; `lists` are lists of links that are printed
    beside the text, and their lines are not body; `outlets` are folded names of known outlets.
    Raises only OverBudgetError.
    """
    lines, copies = first_copy(read_lines(text, budget))
    lines, listed = take_lists(lines, budget)
    beside = {words for each in lists for words in (each.title, *(link.title for link in each.links))}
    names = {*outlets, fold(declared.outlet)} - {""}
    head = read_head(lines, declared=declared, outlets=names, captured_at=captured_at)
    rest, dates = _without_furniture(lines[head.end :], captured_at, budget)
    authors = declared.authors or tuple(map(author_called, head.names))
    notes = [*head.notes, *find_notes(rest, [author.name for author in authors])]
    body = tuple(line.span for line in rest if line not in notes and line.text not in beside)
    outlet = declared.outlet or head.outlet or _outlet_of(listed)
    forms = name_forms([*names, outlet, declared.host])
    return Page(
        outlet=outlet,
        headline=declared.headline or without_names(head.headline, forms),
        deck=declared.deck or head.deck,
        section=declared.section or head.section,
        language=guess_language(" ".join(span.of(text) for span in body), declared.language),
        published=declared.published or publication([*head.dates, *dates]),
        outlet_names=(*declared.outlet_names, *head.above),
        bylines=read_bylines(authors, notes, head.said),
        body=body,
        lists=(*listed, *(each for each in lists if each not in listed)),
        copies=copies,
    )


def _without_furniture(
    lines: Sequence[Line], captured_at: datetime | None, budget: Budget
) -> tuple[list[Line], list[Dateline]]:
    """The lines without "Advertisement" and the like, and the labelled dates among the last lines."""
    kept, dates = [], []
    for index, line in enumerate(budget.over(lines)):
        last = index >= len(lines) - _LAST_LINES
        found = kind_of(line.text, captured_at=captured_at).dates if last else []
        labelled = [date for date in found if date.labelled]
        dates += labelled
        if not (labelled or is_furniture(line.text)):
            kept.append(line)
    return kept, dates


def _outlet_of(lists: Sequence[PrintedList]) -> str:
    """The outlet of a list "More from OUTLET", if all its links name that outlet."""
    for printed in lists:
        match = _MORE_FROM.fullmatch(printed.title)
        if match and {fold(link.outlet_label) for link in printed.links} == {fold(match["outlet"])}:
            return match["outlet"]
    return ""
