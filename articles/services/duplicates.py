"""Finds statements that become duplicates when two actors are merged or a fixture is loaded.

For single rows, the database refuses duplicates itself: see ``newsdb_published_once`` in ``articles/sql/``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections

from actors.models import Actor
from articles.models import Statement
from articles.services.retraction import Joint, retract_statement

#: Triggers the check of statements without anchors that this transaction changed.
_CHECK = {
    "sqlite": "UPDATE articles_statement SET id = id WHERE capture_id IS NULL AND updated_at = newsdb_now()",
    "postgresql": "SELECT newsdb_check_duplicate(id) FROM articles_statement"
    " WHERE capture_id IS NULL AND updated_at = now()",
}


def check_loaded_duplicates(using: str) -> None:
    """Check a fixture's statements without anchors, once all its rows are loaded.

    Raises ``IntegrityError`` for the first duplicate.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_CHECK[connections[using].vendor])


class StatementDuplicates:
    """The statements' part of ``actors.models.duplicates``: same words at the same place, by either actor."""

    def find(self, *, survivor: Actor, merged: Actor) -> Sequence[tuple[Statement, Statement]]:
        """Pairs of published statements, the survivor's first, that would be duplicates after a merge."""
        public: Any = Statement.objects.public().prefetch_related("anchors").select_related("article")
        moving = public.filter(
            speaker=merged,
            article__in=Statement.objects.public().filter(speaker=survivor).values("article"),
        )
        by_words: defaultdict[tuple[int, str], list[Statement]] = defaultdict(list)
        for statement in moving.order_by("pk"):
            by_words[statement.article_id, statement.words_key].append(statement)
        if not by_words:
            return []
        articles = {article for article, _ in by_words}
        staying = public.filter(speaker=survivor, article__in=articles).order_by("pk")
        return [
            (one, other)
            for one in staying
            for other in by_words.get((one.article_id, one.words_key), ())
            if one.words_key and _at_one_place(one, other)
        ]

    def retract(self, *, record: Statement, reason: str, by: str) -> None:
        """Retract one of a pair; if it is joint, only this row."""
        retract_statement(statement=record, reason=reason, by=by, joint=Joint.THIS)


def _at_one_place(one: Statement, other: Statement) -> bool:
    """Whether their anchors overlap in a capture, or neither has any."""
    mine, theirs = _places(one), _places(other)
    if not mine or not theirs:
        return not mine and not theirs
    return any(
        capture == their_capture and start < their_end and their_start < end
        for capture, start, end in mine
        for their_capture, their_start, their_end in theirs
    )


def _places(statement: Any) -> Iterable[tuple[int, int, int]]:
    return [(anchor.capture_id, anchor.start, anchor.end) for anchor in statement.anchors.all()]
