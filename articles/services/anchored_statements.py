"""Statements whose anchors somebody else has found: they are checked, where the text is at hand."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from articles.models import Article, Capture, Statement
from articles.models.statement import GAP
from articles.reading.anchors import Anchored, AnchorError, check
from articles.services.latest_capture import record_in_latest_capture
from articles.services.statements import place_words


def record_anchored(
    *, article: Article, capture: Capture, parts: Sequence[Anchored], **facts: Any
) -> Statement:
    """A statement of the words that stand at these places of ``capture``.

    ``facts`` are other fields of the statement. Raises ``AnchorError`` when they do not stand there, as far
    as can be known: without the text at hand the statement is ``unchecked``.
    """
    hold_against(capture, parts)
    with transaction.atomic():
        statement = Statement(article=article, text=_words(parts), **facts)
        statement.full_clean()
        statement.save()
        place_words(statement=statement, capture=capture, parts=parts, checked=capture.text is not None)
        record_in_latest_capture(article=statement.article, statements=[statement])
    statement.refresh_from_db()
    return statement


def anchor_statement(*, statement: Statement, capture: Capture, parts: Sequence[Anchored]) -> None:
    """Give a statement these anchors in ``capture``, and their words.

    Its anchors in other captures stay as long as they are anchors of the same words. Raises ``AnchorError``
    as ``record_anchored`` does.
    """
    hold_against(capture, parts)
    with transaction.atomic():
        same = statement.text == _words(parts)
        stale = statement.anchors.filter(capture=capture) if same else statement.anchors.all()
        stale.delete()
        statement.text = _words(parts)
        statement.full_clean()
        statement.save()
        place_words(statement=statement, capture=capture, parts=parts, checked=capture.text is not None)
        record_in_latest_capture(article=statement.article, statements=[statement])
    statement.refresh_from_db()


def hold_against(capture: Capture, parts: Sequence[Anchored]) -> None:
    """Raise ``AnchorError`` unless the parts can stand at their places of ``capture``."""
    for part in parts:
        if part.end > capture.length:
            raise AnchorError(f"The captured text ends at {capture.length}.", words=part.exact)
        if capture.text is not None and not check(
            capture.text, part.start, part.end, part.exact, part.prefix, part.suffix
        ):
            raise AnchorError(f"These words do not stand at {part.start} in this context.", words=part.exact)


def _words(parts: Sequence[Anchored]) -> str:
    return GAP.join(part.exact for part in parts)
