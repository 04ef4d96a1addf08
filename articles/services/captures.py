"""Captured texts: finding, verifying and attaching them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import Anchor, Capture, Match, Statement
from articles.reading.anchors import Anchored, check, with_context
from articles.services.latest_capture import record_in_latest_capture


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of checking one capture: its statements, by whether their anchors match the text."""

    capture: Capture
    matched: list[Statement] = field(default_factory=list)
    mismatched: list[tuple[Statement, list[Anchor]]] = field(default_factory=list)
    not_found: list[Statement] = field(default_factory=list)
    """Statements of the article that are newly recorded as missing from its latest capture."""


def find_capture(content: bytes) -> Capture | None:
    """Find a capture by its bytes or by its decoded text."""
    digest = hashlib.sha256(content).hexdigest()
    captures = Capture.objects.select_related("article__outlet")
    return captures.filter(sha256=digest).first() or captures.filter(text_sha256=digest).first()


def verify_capture(*, capture: Capture, text: str) -> Verification:
    """Check every anchor in ``capture`` against its text, and record the result.

    A matching anchor without prefix or suffix gets them from the text. Raises ``ValidationError`` if ``text``
    is not the captured text.
    """
    _check_hash(capture, text)
    now = timezone.now().replace(microsecond=0)
    verification = Verification(capture)
    with transaction.atomic():
        for statement, anchors in _statements(capture):
            failed = [a for a in anchors if not check(text, a.start, a.end, a.exact, a.prefix, a.suffix)]
            for anchor in anchors:
                anchor.match = Match.MISMATCHED if anchor in failed else Match.MATCHED
                anchor.checked_at = now
                # Context around erased words stays empty.
                if anchor not in failed and not capture.text_erased:
                    anchor.prefix, anchor.suffix = _context(anchor, text)
            Anchor.objects.bulk_update(anchors, ["match", "checked_at", "prefix", "suffix"])
            statement.refresh_from_db(fields=["text_match"])
            if failed or statement.text_match == Match.MISMATCHED:
                verification.mismatched.append((statement, failed))
            else:
                verification.matched.append(statement)
        verification.not_found.extend(
            record_in_latest_capture(article=capture.article, texts={capture.pk: text})
        )
    return verification


def attach_text(*, capture: Capture, text: str) -> None:
    """Store the text of a capture; the outlet's text policy decides who may see it.

    Raises ``ValidationError`` if ``text`` is not the captured text, or had erased words.
    """
    _check_hash(capture, text)
    if capture.text_erased:
        raise ValidationError("This text contained erased words: it cannot be attached again.")
    capture.text = text
    with transaction.atomic():
        capture.save(update_fields=["text"])
        record_in_latest_capture(article=capture.article)


def _context(anchor: Anchor, text: str) -> tuple[str, str]:
    place = Anchored(anchor.exact, anchor.prefix, anchor.suffix, anchor.start, anchor.end)
    completed = with_context(place, text)
    return completed.prefix, completed.suffix


def _check_hash(capture: Capture, text: str) -> None:
    if hashlib.sha256(text.encode()).hexdigest() != capture.text_sha256:
        raise ValidationError("This is not the text that was captured: its hash differs.")


def _statements(capture: Capture) -> Iterator[tuple[Statement, list[Anchor]]]:
    """Yield the statements anchored in ``capture``, in text order, each with its anchors there."""
    by_statement: dict[int, list[Anchor]] = {}
    anchors = capture.anchors.select_related("statement__speaker").order_by("start")
    for anchor in anchors:
        by_statement.setdefault(anchor.statement_id, []).append(anchor)
    for found in by_statement.values():
        yield found[0].statement, found
