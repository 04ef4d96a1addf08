"""Columns that several lists and inlines show."""

from typing import Any

from django.utils.html import format_html
from django.utils.timezone import localtime

from newsdb.admin import link_to, partial_date

WORDS_SHOWN = 110


def short_words(text: str) -> str:
    """Words in quotation marks, cut to a line or two."""
    return f"“{text}”" if len(text) <= WORDS_SHOWN else f"“{text[: WORDS_SHOWN - 1].rstrip()}…”"


def said_by(statement: Any) -> str:
    """The speaker as resolved, else as printed."""
    if statement.speaker:
        return link_to(statement.speaker)
    return format_html('<span class="context">{}</span>', statement.speaker_label or "unnamed")


def dated(statement: Any) -> str:
    """A statement's date, as precise as it is known, and its basis."""
    date = partial_date(statement.date, statement.date_precision)
    if not date:
        return format_html('<span class="context">{}</span>', "unknown")
    basis = "said" if statement.date_basis == "said_on" else "published"
    return format_html('{} <span class="context">{}</span>', date, basis)


def in_latest_capture(statement: Any) -> str:
    """Whether the latest capture of a statement's article contains its words, and which capture that is."""
    if statement.in_latest_capture is None:
        return "Unknown"
    found = "Found" if statement.in_latest_capture else "Not found"
    capture = statement.latest_capture
    when = f" of {localtime(capture.captured_at):%Y-%m-%d %H:%M}" if capture.captured_at else ""
    return format_html("{} in {}{}", found, link_to(capture, "the latest capture"), when)


def published(record: Any) -> str:
    """A publication date, as precise as it is known."""
    return str(partial_date(record.published_on, record.published_precision) or "")
