"""Checks that the rows of a joint statement share one article: see ``newsdb_joint`` in ``articles/sql/``."""

from django.db import connections

_CHECK = (
    "UPDATE articles_statement SET joint_uid = joint_uid WHERE joint_uid IS NOT NULL AND updated_at = {now}"
)
_NOW = {"sqlite": "newsdb_now()", "postgresql": "now()"}


def check_joint_articles(using: str) -> None:
    """Check a fixture's joint statements, once all its rows are loaded.

    Raises ``IntegrityError`` for the first one with rows in several articles.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_CHECK.format(now=_NOW[connections[using].vendor]))
