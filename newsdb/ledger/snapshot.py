"""SQL for a record's public snapshot: a JSON object that is the same on both databases."""

import json
import zlib
from typing import Any

from django.db.models import BooleanField, DateTimeField, Field, FloatField, ForeignKey, JSONField, UUIDField

from newsdb.ledger.records import Table, reference_of


def shape_of(table: Table) -> int:
    """A checksum of the member names in a snapshot of ``table``. A migration that changes them changes it."""
    return zlib.crc32(json.dumps(_names(table)).encode()) & 0x7FFFFFFF  # PostgreSQL's integers have a sign


def _names(table: Table) -> dict[str, Any]:
    fields = {f.name: _names_shown(f) for f in table.fields}
    if table.siblings:
        shown = (table.model._meta.get_field(name) for name in table.siblings.fields)
        fields[table.siblings.name] = {f.name: _names_shown(f) for f in shown}
    return fields | {part.declared.name: _names(part) for part in table.parts}  # type: ignore[union-attr]


def _names_shown(field: Field) -> dict[str, Any] | None:
    if not isinstance(field, ForeignKey):
        return None
    return {f.name: _names_shown(f) for f in reference_of(field.related_model)}


class Snapshot:
    """Builds the SQL expressions; subclasses do so for one database each.

    If they are for ``bare`` rows, which have no parts and no siblings, none are looked for.
    """

    make_object = make_array = nested = no_parts = ""

    def __init__(self, *, bare: bool = False) -> None:
        self.bare = bare

    def of(self, table: Table, row: str) -> str:
        """SQL for the JSON object of ``row`` (an alias of the table), with its parts as arrays."""
        pairs = [f"'{f.name}', {self.value(f, row)}" for f in table.fields]
        pairs += [f"'{part.declared.name}', {self.parts(part, row)}" for part in table.parts]  # type: ignore[union-attr]
        if table.siblings:
            pairs.append(f"'{table.siblings.name}', {self.siblings(table, row)}")
        return f"{self.make_object}({', '.join(pairs)})"

    def siblings(self, table: Table, row: str) -> str:
        assert table.siblings
        if self.bare:
            return self.no_parts
        alias, column = f"{row}_sibling", table.siblings.column
        fields = (table.model._meta.get_field(name) for name in table.siblings.fields)
        pairs = ", ".join(f"'{f.name}', {self.value(f, alias)}" for f in fields)
        return (
            f"(SELECT {self.make_array} FROM (SELECT {self.make_object}({pairs}) AS part"
            f" FROM {table.name} {alias}"
            f' WHERE {alias}."{column}" = {row}."{column}" AND {alias}.id <> {row}.id'
            f" AND {table.record.public.format(row=alias)} ORDER BY {alias}.id) listed)"
        )

    def parts(self, part: Table, row: str) -> str:
        if self.bare:
            return self.no_parts
        alias = f"{row}_{part.declared.name}"  # type: ignore[union-attr]
        order = ", ".join(f"{alias}.{name}" for name in part.model._meta.ordering)
        return (
            f"(SELECT {self.make_array} FROM (SELECT {self.of(part, alias)} AS part FROM {part.name} {alias}"
            f" WHERE {alias}.{part.link.column} = {row}.id ORDER BY {order}) listed)"
        )

    def shown(self, model: Any, row: str) -> str:
        """SQL for the JSON object with which other records show ``row``."""
        pairs = ", ".join(f"'{f.name}', {self.value(f, row)}" for f in reference_of(model))
        return f"{self.make_object}({pairs})"

    def value(self, field: Field, row: str) -> str:
        column = f'{row}."{field.column}"'
        if isinstance(field, ForeignKey):
            model: Any = field.related_model
            alias = f"{row}_{field.name}"
            table = model._meta.db_table
            found = f"SELECT {self.shown(model, alias)} FROM {table} {alias} WHERE {alias}.id = {column}"
            return f"{self.nested}(({found}))"
        if isinstance(field, DateTimeField):
            return self.instant(column)
        return self.plain(field, column)

    def instant(self, column: str) -> str:
        raise NotImplementedError

    def plain(self, field: Field, column: str) -> str:
        raise NotImplementedError


class SQLiteSnapshot(Snapshot):
    make_object = "json_object"
    nested = "json"
    make_array = "json_group_array(json(listed.part))"
    no_parts = "json('[]')"

    def instant(self, column: str) -> str:
        end = f"CASE WHEN instr({column}, '.') > 0 THEN 'Z' ELSE '.000000Z' END"
        return f"(replace({column}, ' ', 'T') || {end})"

    def plain(self, field: Field, column: str) -> str:
        if isinstance(field, UUIDField):
            cuts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
            return "(" + " || '-' || ".join(f"substr({column}, {a}, {n})" for a, n in cuts) + ")"
        if isinstance(field, BooleanField):
            return f"json(CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)"
        if isinstance(field, FloatField):
            # SQLite itself would write only 15 of 17 digits, and 1 as 1.0.
            return f"json(newsdb_number({column}))"
        if isinstance(field, JSONField):
            return f"json({column})"
        return column


class PostgreSQLSnapshot(Snapshot):
    make_object = "jsonb_build_object"
    make_array = "coalesce(jsonb_agg(listed.part), '[]')"
    no_parts = "'[]'::jsonb"

    def instant(self, column: str) -> str:
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""

    def plain(self, field: Field, column: str) -> str:
        return column
