"""Anchors statements in another capture of their article, where the match is unambiguous."""

from collections.abc import Sequence

from articles.models import Capture, Statement
from articles.reading.anchors import Anchored, cut_off
from articles.reading.budget import UNLIMITED, Budget
from articles.reading.parts import carry_parts
from articles.reading.spans import Span
from articles.services.anchoring import place_words


def carry_anchors(
    *,
    capture: Capture,
    text: str,
    statement: Statement | None = None,
    erased: Sequence[Span] = (),
    budget: Budget = UNLIMITED,
) -> int:
    """Anchor an article's statements (or one of them) in this capture's ``text``; returns their number.

    The text must contain every part of a statement, with its context, exactly once and in the same order.
    Rejected statements get no new anchors. Prefixes and suffixes leave out ``erased``, which are spans of the
    text.
    """
    statements = (
        Statement.objects.filter(article=capture.article_id, capture__isnull=False)
        .exclude(status="rejected")
        .exclude(anchors__capture=capture)
        .prefetch_related("anchors")
    )
    if statement is not None:
        statements = statements.filter(pk=statement.pk)
    return sum(_carry(each, capture, text, erased) for each in budget.over(statements))


def _carry(statement: Statement, capture: Capture, text: str, erased: Sequence[Span]) -> bool:
    """Anchor the statement in ``capture``, which has this text, if possible; returns whether it was."""
    parts = carry_parts(
        [
            Anchored(anchor.exact, anchor.prefix, anchor.suffix, anchor.start, anchor.end)
            for anchor in statement.anchors.all()
            if anchor.capture_id == statement.capture_id
        ],
        text,
    )
    if parts:
        kept = [cut_off(part, erased) for part in parts]
        place_words(statement=statement, capture=capture, parts=kept)
    return bool(parts)
