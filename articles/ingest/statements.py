"""Statements from their words: the anchors are found, not typed."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.ingest.anchors import Anchored, AnchorError, find_parts
from articles.models import Anchor, Article, Capture, Match, Statement
from articles.models.statement import GAP


def record_statement(*, article: Article, words: Sequence[str], **facts: Any) -> Statement:
    """A statement of these words (its parts in order), anchored where a capture's text is at hand.

    ``facts`` are other fields of the statement. Raises ``AnchorError`` when no text at hand holds the words,
    ``ValidationError`` for facts that contradict each other. Without any text at hand the statement has no
    anchors and is ``unchecked``.
    """
    places = find_in_captures(article, words)
    with transaction.atomic():
        statement = Statement(article=article, text=GAP.join(words), **facts)
        statement.full_clean()
        statement.save()
        for capture, parts in places.items():
            place_words(statement=statement, capture=capture, parts=parts)
    statement.refresh_from_db()
    return statement


def reword_statement(*, statement: Statement, words: Sequence[str]) -> None:
    """Give a statement other words, found anew in the texts at hand.

    Anchors in captures whose text is not at hand are dropped: they are anchors of other words.
    Raises ``AnchorError`` when no text at hand holds the words.
    """
    places = find_in_captures(statement.article, words)
    with transaction.atomic():
        statement.anchors.all().delete()
        statement.text = GAP.join(words)
        statement.full_clean()
        statement.save()
        for capture, parts in places.items():
            place_words(statement=statement, capture=capture, parts=parts)
    statement.refresh_from_db()


def find_in_captures(article: Article, words: Sequence[str]) -> dict[Capture, list[Anchored]]:
    """The places of the words in each of the article's texts at hand that holds them.

    Empty when no text is at hand; ``AnchorError`` when there are texts and none holds the words.
    """
    found: dict[Capture, list[Anchored]] = {}
    missing: AnchorError | None = None
    for capture in article.captures.exclude(text=None):
        try:
            found[capture] = find_parts(capture.text or "", words)
        except AnchorError as error:
            missing = missing or error
    if missing and not found:
        raise missing
    return found


def place_words(
    *, statement: Statement, capture: Capture, parts: Sequence[Anchored], checked: bool = True
) -> None:
    """Anchor a statement in a capture at places that were just found in its text, or stand unchecked."""
    # To the second, since fixtures carry no more.
    now = timezone.now().replace(microsecond=0)
    Anchor.objects.bulk_create(
        Anchor(
            statement=statement,
            capture=capture,
            position=position,
            exact=part.exact,
            prefix=part.prefix,
            suffix=part.suffix,
            start=part.start,
            end=part.end,
            match=Match.MATCHED if checked else Match.UNCHECKED,
            checked_at=now if checked else None,
        )
        for position, part in enumerate(parts)
    )
