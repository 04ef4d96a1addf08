"""What words are found by: a GIN index on PostgreSQL, on SQLite an FTS5 table, which triggers keep true."""

from typing import Any

from django.db import migrations

TABLES = ("articles_article", "articles_statement")


def create(apps: Any, schema_editor: Any) -> None:
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


def drop(apps: Any, schema_editor: Any) -> None:
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    for table in TABLES:
        schema_editor.execute(f"DROP {kind} {table}_search")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
