"""Statements from their words: the anchors are found, not typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Anchor, Article, Capture, Match, Statement
from articles.models.statement import GAP
from articles.reading.anchors import AmbiguousError, Anchored, AnchorError, with_context
from articles.reading.parts import carry_parts, find_parts
from articles.services.latest_capture import record_in_latest_capture


@dataclass(frozen=True, slots=True)
class KnownStarts:
    """Where parts start, in code points of the text of ``capture``; None where that is to be found."""

    capture: Capture
    starts: Sequence[int | None]


class AmbiguousInCaptureError(AmbiguousError):
    """Words that could stand in several places of the text of ``capture``."""

    def __init__(self, capture: Capture, error: AmbiguousError) -> None:
        super().__init__(str(error), words=error.words, places=error.places)
        self.capture = capture


def record_statement(
    *, article: Article, words: Sequence[str], known: KnownStarts | None = None, **facts: Any
) -> Statement:
    """A statement of these words (its parts in order), anchored where a capture's text is at hand.

    ``known`` says where they start, if that is not clear from them; ``facts`` are other fields of the
    statement. Raises ``AnchorError`` as ``find_in_captures`` does, ``ValidationError`` for facts that
    contradict each other. Without any text at hand the statement has no anchors and is ``unchecked``.
    """
    places = find_in_captures(article, words, known)
    with transaction.atomic():
        statement = Statement(article=article, text=GAP.join(words), **facts)
        statement.full_clean()
        statement.save()
        for capture, parts in places.items():
            place_words(statement=statement, capture=capture, parts=parts)
        record_in_latest_capture(article=statement.article, statements=[statement])
    statement.refresh_from_db()
    return statement


def reword_statement(*, statement: Statement, words: Sequence[str], known: KnownStarts | None = None) -> None:
    """Give a statement other words, or the same at another place, found anew in the texts at hand.

    Anchors in captures whose text is not at hand are dropped: they are anchors of other words.
    Raises ``AnchorError`` as ``find_in_captures`` does.
    """
    places = find_in_captures(statement.article, words, known)
    with transaction.atomic():
        statement.anchors.all().delete()
        statement.text = GAP.join(words)
        statement.full_clean()
        statement.save()
        for capture, parts in places.items():
            place_words(statement=statement, capture=capture, parts=parts)
        record_in_latest_capture(article=statement.article, statements=[statement])
    statement.refresh_from_db()


def find_in_captures(
    article: Article, words: Sequence[str], known: KnownStarts | None = None
) -> dict[Capture, list[Anchored]]:
    """The places of the words in the texts at hand of an article.

    They are found in the first text that has them, or in the one that ``known`` names, and are carried
    from there to the others. Empty when no text is at hand. Raises ``AmbiguousInCaptureError`` where a text
    has them more than once and nobody said which are meant, and ``AnchorError`` when no text has them.
    """
    texts = {capture: capture.text or "" for capture in article.captures.exclude(text=None)}
    if known:
        if known.capture not in texts:
            raise AnchorError("The text of this capture is not at hand, so no start can be found in it.")
        return _carried(texts, known.capture, find_parts(texts[known.capture], words, known.starts))
    found: list[tuple[Capture, list[Anchored]]] = []
    missing: list[AnchorError] = []
    for capture, text in texts.items():
        try:
            found.append((capture, find_parts(text, words)))
        except AmbiguousError as error:
            raise AmbiguousInCaptureError(capture, error) from None
        except AnchorError as error:
            missing.append(error)
    if missing and not found:
        raise missing[0]
    return _carried(texts, *found[0]) if found else {}


def _carried(
    texts: dict[Capture, str], first: Capture, parts: list[Anchored]
) -> dict[Capture, list[Anchored]]:
    """The places in one text, and in those others where the same words stand once in the same context."""
    carried = {other: carry_parts(parts, text) for other, text in texts.items() if other != first}
    return {first: parts, **{other: found for other, found in carried.items() if found}}


def place_words(
    *, statement: Statement, capture: Capture, parts: Sequence[Anchored], checked: bool = True
) -> None:
    """Anchor a statement in a capture at places that were just found in its text, or stand unchecked.

    A prefix or suffix that a place lacks is taken from the text, where it is at hand.
    """
    if not all(part.prefix and part.suffix for part in parts) and capture.text is not None:
        parts = [with_context(part, capture.text) for part in parts]
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
