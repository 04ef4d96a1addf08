"""The same words in another capture of their article: anchored there only where nothing else can be meant."""

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
    """Anchor the statements of a capture's article (or one of them) in its ``text`` too; how many could be.

    This requires that the text contains every part of a statement, with its existing context, exactly once
    and in the same order. Rejected statements get no new anchors. Prefixes and suffixes leave out ``erased``,
    which are places in the text.
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
    """Whether the statement could be anchored in ``capture``, which has this text; then it is."""
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
