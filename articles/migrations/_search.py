"""What words are found by: a GIN index on PostgreSQL, on SQLite an FTS5 table, which triggers keep true."""

from typing import Any

TABLES = ("articles_article", "articles_statement")
#: PostgreSQL lists ten times as many words with how often each stands in the texts.
TARGET = 1000


def create_indexes(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            # Every search reads what is not sorted in yet: by default up to 4 MB of it.
            schema_editor.execute(
                f"CREATE INDEX {table}_search ON {table} USING gin (tokens)"
                " WITH (gin_pending_list_limit = 256)"
            )
        else:
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {table}_search USING fts5(tokens, content='', tokenize='unicode61')"
            )
            # The rowid is that of articles/sql/sqlite.sql.
            schema_editor.execute(
                f"INSERT INTO {table}_search (rowid, tokens)"  # noqa: S608
                " SELECT CAST(julianday(sort_date) AS INTEGER) << 40 | id, tokens"
                f" FROM {table} ORDER BY 1"
            )


def drop_indexes(apps: Any, schema_editor: Any) -> None:
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    for table in TABLES:
        schema_editor.execute(f"DROP {kind} {table}_search")


def count_more(apps: Any, schema_editor: Any) -> None:
    """Have PostgreSQL know more closely than by default how often each word stands in the texts.

    A word that is not among those that it lists is taken to be half as frequent as the last of them. Of ten
    million statements that was 15,000 by default, and it read them all in the order of days for a word of a
    thousand.
    """
    _set_statistics(schema_editor, TARGET)


def count_as_by_default(apps: Any, schema_editor: Any) -> None:
    _set_statistics(schema_editor, -1)


def _set_statistics(schema_editor: Any, target: int) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} ALTER tokens SET STATISTICS {target}")
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608
            (filled,) = cursor.fetchone()
        # An empty table that was analysed is planned for as empty when it has its first rows.
        if filled:
            schema_editor.execute(f"ANALYZE {table} (tokens)")
