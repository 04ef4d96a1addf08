"""Creates statements and changes their words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from articles.models import Article, Capture, Statement
from articles.reading.anchors import Anchored
from articles.services.anchoring import AnchoredWords, Words, find_places, place_words
from articles.services.latest_capture import record_in_latest_capture


def record_statement(*, article: Article, wording: Words | AnchoredWords, **facts: Any) -> Statement:
    """Create a statement of these words, anchored in every capture that has them.

    ``facts`` are other fields of the statement. If no text is stored, the statement is ``unchecked``. Raises
    ``AnchorError`` as ``find_places`` does, and ``ValidationError`` if the fields contradict each other.
    """
    places = find_places(article=article, wording=wording)
    with transaction.atomic():
        statement = Statement(article=article, **facts)
        _save(statement, wording.text, places)
    statement.refresh_from_db()
    return statement


def reword_statement(*, statement: Statement, wording: Words | AnchoredWords) -> None:
    """Change a statement's words or their place, and save its other changes too.

    Anchors of the old words are deleted; ``AnchoredWords`` equal to the old words keep the anchors in other
    captures. Raises ``AnchorError`` and ``ValidationError`` as ``record_statement`` does.
    """
    places = find_places(article=statement.article, wording=wording)
    with transaction.atomic():
        stale = statement.anchors.all()
        if isinstance(wording, AnchoredWords) and wording.text == statement.text:
            stale = stale.filter(capture=wording.capture)
        stale.delete()
        _save(statement, wording.text, places)
    statement.refresh_from_db()


def _save(statement: Statement, text: str, places: Mapping[Capture, Sequence[Anchored]]) -> None:
    statement.text = text
    statement.full_clean()
    statement.save()
    for capture, parts in places.items():
        place_words(statement=statement, capture=capture, parts=parts, checked=capture.text is not None)
    record_in_latest_capture(article=statement.article, statements=[statement])
