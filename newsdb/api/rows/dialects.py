"""SQL dialects for JSON: SQLite's and PostgreSQL's expressions for the same bytes."""

from collections.abc import Mapping

from django.db.models import (
    BooleanField,
    DateTimeField,
    Field,
    FloatField,
    IntegerField,
    JSONField,
    UUIDField,
)


class Dialect:
    """The SQL that differs between databases. ``text`` may be null; ``json`` and ``array`` never are."""

    format = ""

    def text(self, field: Field, column: str) -> str:
        """SQL for a column as text; the column is a UUID, an integer or text."""
        raise NotImplementedError

    def json(self, field: Field, column: str) -> str:
        """SQL for the JSON of a column."""
        raise NotImplementedError

    def array(self, item: str, source: str, order: str) -> str:
        """SQL for the JSON array of ``item`` in the rows of ``source``."""
        raise NotImplementedError


class SQLite(Dialect):
    format = "printf"

    def text(self, field: Field, column: str) -> str:
        if not isinstance(field, UUIDField):
            return column
        cuts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        return " || '-' || ".join(f"substr({column}, {start}, {length})" for start, length in cuts)

    def json(self, field: Field, column: str) -> str:
        match field:
            case BooleanField():
                return f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
            case DateTimeField():  # without microseconds if they are zero, as stored
                return f"""coalesce('"' || replace({column}, ' ', 'T') || 'Z"', 'null')"""
            case FloatField():  # SQLite itself would write only 15 of 17 digits
                return f"newsdb_number({column})"
            case UUIDField():
                return f"""coalesce('"' || {self.text(field, column)} || '"', 'null')"""
            case JSONField():
                return f"coalesce(json({column}), 'null')"
        return f"json_quote({column})"

    def array(self, item: str, source: str, order: str) -> str:
        items = f"SELECT {item} AS item FROM {source} ORDER BY {order}"  # noqa: S608
        return f"(SELECT '[' || coalesce(group_concat(item, ','), '') || ']' FROM ({items}))"  # noqa: S608


class PostgreSQL(Dialect):
    format = "format"

    def text(self, field: Field, column: str) -> str:
        return f"{column}::text"

    def json(self, field: Field, column: str) -> str:
        match field:
            case BooleanField() | IntegerField() | FloatField() | JSONField():
                return f"coalesce({column}::text, 'null')"
            case DateTimeField():
                instant = f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
                return f"""coalesce('"' || replace({instant}, '.000000', '') || 'Z"', 'null')"""
            case UUIDField():
                return f"""coalesce('"' || {column} || '"', 'null')"""
        return f"coalesce(to_json({column})::text, 'null')"

    def array(self, item: str, source: str, order: str) -> str:
        return f"(SELECT '[' || coalesce(string_agg({item}, ',' ORDER BY {order}), '') || ']' FROM {source})"  # noqa: S608


DIALECTS: Mapping[str, Dialect] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}
