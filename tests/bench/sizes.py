"""Bytes on disk, by what they are for."""

import sqlite3
from pathlib import Path

import psycopg

from articles.models import Anchor, Article, Byline, Capture, Document, Statement
from articles.search.index import index_name
from newsdb.models import Change

#: Of tables, by the part that they belong to; what is in no other is ``the rest``.
PARTS = {
    "statements": (Statement,),
    "anchors": (Anchor,),
    "articles, bylines, captures": (Article, Byline, Capture),
    "documents": (Document,),
    "ledger": (Change,),
}
INDEXES, SEARCH, REST = "indexes", "index of words", "the rest"

_POSTGRESQL = """
SELECT t.relname, pg_table_size(t.oid), coalesce(sum(pg_relation_size(i.indexrelid)), 0),
  coalesce(sum(pg_relation_size(i.indexrelid)) FILTER (WHERE i.indexrelid::regclass::text = ANY(%s)), 0)
FROM pg_class t LEFT JOIN pg_index i ON i.indrelid = t.oid
WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace GROUP BY 1, t.oid"""

# By pages: dbstat's own sum of their bytes begins again from 0 at 4 GB.
_SQLITE = """
SELECT coalesce(m.tbl_name, d.name), coalesce(m.type, 'table') = 'index', d.pageno * page_size
FROM dbstat d JOIN pragma_page_size LEFT JOIN sqlite_master m ON m.name = d.name WHERE d.aggregate = TRUE"""


def on_postgresql(url: str) -> dict[str, int]:
    """Bytes of each part of a database; the ledger with its own indexes."""
    searches = [index_name(model) for model in (Article, Statement)]
    sizes = dict.fromkeys((*PARTS, INDEXES, SEARCH, REST), 0)
    with psycopg.connect(url) as connection:
        for table, rows, indexes, search in connection.execute(_POSTGRESQL, [searches]):
            part = _part(table)
            sizes[part] += rows
            sizes[part if part == "ledger" else INDEXES] += int(indexes - search)
            sizes[SEARCH] += int(search)
    return sizes


def on_sqlite(file: Path) -> dict[str, int]:
    """Bytes of each part of a file; the ledger with its own indexes. Reads the whole of it.

    Raises sqlite3.OperationalError where SQLite was built without dbstat.
    """
    sizes = dict.fromkeys((*PARTS, INDEXES, SEARCH, REST), 0)
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        for table, is_index, size in connection.execute(_SQLITE):
            part = SEARCH if "_search" in table else _part(table)
            sizes[INDEXES if is_index and part != "ledger" else part] += size
    connection.close()
    return sizes


def _part(table: str) -> str:
    named = (part for part, models in PARTS.items() for model in models if model._meta.db_table == table)
    return next(named, REST)
