"""Computes the derived columns of all statements at once, as the triggers do for single rows.

(The triggers are in ``articles/sql/``.) PostgreSQL rewrites a row that is updated. So statements wait in a
temporary table of the same name until their anchors are loaded, and are written only once.
"""

from typing import Any

from articles.models.statement import GAP, Statement
from newsdb.models import Erasure

_CREATE_DEFERRED = """
CREATE TEMPORARY TABLE articles_statement (LIKE articles_statement INCLUDING CONSTRAINTS INCLUDING GENERATED)
  ON COMMIT DROP;
CREATE UNIQUE INDEX ON pg_temp.articles_statement (uid)"""

#: Without statistics, PostgreSQL's planner assumes that new tables are small.
_ANALYZE = """
ANALYZE articles_article (id), articles_capture (id), articles_anchor (statement_id, capture_id),
  pg_temp.articles_statement (id, article_id)"""

_FIND_ANCHORED_ELSEWHERE = """
SELECT min(a.id) FROM articles_anchor a
JOIN articles_capture c ON c.id = a.capture_id JOIN articles_statement s ON s.id = a.statement_id
WHERE c.article_id <> s.article_id"""

#: The rule of ``newsdb_published_once``, for all rows. Only rows with the same beginning are compared.
_FIND_DUPLICATE = """
SELECT other.id, mine.id FROM (
  SELECT article_id, substr(words_key, 1, 40) AS beginning FROM articles_statement
  WHERE words_key <> '' GROUP BY 1, 2 HAVING count(*) > 1) alike
JOIN articles_statement mine
  ON mine.article_id = alike.article_id AND substr(mine.words_key, 1, 40) = alike.beginning
JOIN articles_statement other
  ON other.article_id = mine.article_id AND other.words_key = mine.words_key AND other.id > mine.id
WHERE (other.speaker_id = mine.speaker_id
    OR other.speaker_id IS NULL AND mine.speaker_id IS NULL AND other.speaker_label = mine.speaker_label)
  AND (
    other.capture_id IS NULL AND mine.capture_id IS NULL
    OR EXISTS (
      SELECT 1 FROM articles_anchor a
      JOIN articles_anchor b ON b.capture_id = a.capture_id AND a.start < b."end" AND b.start < a."end"
      WHERE a.statement_id = mine.id AND b.statement_id = other.id))
ORDER BY other.id, mine.id LIMIT 1"""

_FIND_DIVIDED_JOINT = """
SELECT other.id, mine.id FROM articles_statement mine
JOIN articles_statement other
  ON other.joint_uid = mine.joint_uid AND other.id > mine.id AND other.article_id <> mine.article_id
WHERE mine.joint_uid IS NOT NULL ORDER BY other.id, mine.id LIMIT 1"""

#: The rule of ``newsdb_said_first``, for all rows.
_FIND_SAID_LATER = """
SELECT min(s.id) FROM articles_statement s JOIN articles_article article ON article.id = s.article_id
WHERE s.said_on > article.published_last AND s.status IN ('proposed', 'published')"""

#: A statement's own capture is the first one in which it has anchors.
_DERIVED_VALUES = {
    "outlet_id": "article.outlet_id",
    "published_on": "article.published_on",
    "published_precision": "article.published_precision",
    "capture_id": "read.capture_id",
    "text_match": """CASE
  WHEN read.words <> s.text OR read.mismatched THEN 'mismatched'
  WHEN read.matched THEN 'matched' ELSE 'unchecked' END""",
    "text_checked_at": "read.checked_at",
}
_INSERT_DERIVED = f"""
INSERT INTO {{schema}}.articles_statement ({{columns}})
SELECT {{values}} FROM pg_temp.articles_statement s
JOIN articles_article article ON article.id = s.article_id
LEFT JOIN (
  SELECT statement_id, capture_id, string_agg(exact, '{GAP}' ORDER BY position) AS words,
    bool_or(match = 'mismatched') AS mismatched, bool_and(match = 'matched') AS matched,
    min(checked_at) AS checked_at
  FROM articles_anchor
  JOIN (SELECT statement_id, min(capture_id) AS capture_id FROM articles_anchor GROUP BY statement_id) first
    USING (statement_id, capture_id)
  GROUP BY statement_id, capture_id) read ON read.statement_id = s.id
ORDER BY s.id"""  # noqa: S608

_UPDATE_DERIVED = f"""
UPDATE articles_statement SET
  (outlet_id, published_on, published_precision) =
    (SELECT outlet_id, published_on, published_precision FROM articles_article WHERE id = article_id),
  (capture_id, text_match, text_checked_at) = (
    SELECT min(capture_id),
      CASE
        WHEN group_concat(exact, '{GAP}') <> text OR sum("match" = 'mismatched') > 0 THEN 'mismatched'
        WHEN sum("match" = 'matched') = count(*) THEN 'matched'
        ELSE 'unchecked'
      END,
      min(checked_at)
    FROM (SELECT * FROM articles_anchor
          WHERE statement_id = articles_statement.id AND capture_id =
            (SELECT min(capture_id) FROM articles_anchor WHERE statement_id = articles_statement.id)
          ORDER BY position))"""  # noqa: S608


def defer_statement_derivation(connection: Any) -> None:
    """Keep loaded statements in a temporary table until ``derive_statements``."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_CREATE_DEFERRED)


def anchored_elsewhere(connection: Any) -> int | None:
    """The id of the first anchor in a capture of another article than its statement's."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_ANALYZE)
        cursor.execute(_FIND_ANCHORED_ELSEWHERE)
        return cursor.fetchone()[0]


def find_erased(model: Any) -> int | None:
    """The id of the first row that has an erased record's uid."""
    erased = Erasure.objects.filter(record_type=model.record.type).values("uid")
    return model._base_manager.filter(uid__in=erased).order_by("pk").values_list("pk", flat=True).first()


def find_duplicate(connection: Any) -> tuple[int, int] | None:
    """The first statement that duplicates another in words, speaker and place; the ids of both."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_DUPLICATE)
        return cursor.fetchone()


def find_divided_joint(connection: Any) -> tuple[int, int] | None:
    """Finds a joint statement with rows in several articles: the ids of its first row and another."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_DIVIDED_JOINT)
        return cursor.fetchone()


def find_said_later(connection: Any) -> int | None:
    """The id of the first statement that was said after its article was published."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_SAID_LATER)
        return cursor.fetchone()[0]


def derive_statements(connection: Any) -> None:
    """Compute the columns that depend on articles and anchors, for all statements."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_UPDATE_DERIVED)
            return
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        columns = [str(f.column) for f in Statement._meta.concrete_fields if not f.generated]
        values = (_DERIVED_VALUES.get(column, f's."{column}"') for column in columns)
        cursor.execute(
            _INSERT_DERIVED.format(
                schema=schema,
                columns=", ".join(f'"{column}"' for column in columns),
                values=", ".join(values),
            )
        )
        cursor.execute("DROP TABLE pg_temp.articles_statement")
