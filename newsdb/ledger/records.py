"""What a model is to the ledger: a record of its own, or a part of one.

A model that other records show (a statement its speaker, say) also names the columns they show of it, in
``reference``: when one of those changes, every record that shows it has changed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model


@dataclass(frozen=True)
class Siblings:
    """Records that have the same UUID in ``column``: each lists the others that are public as ``name``.

    ``fields`` are what it shows of them; the model's ``reference`` names these, ``column``, and what decides
    whether a record is public.
    """

    column: str
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Documents:
    """Where the JSON of each record is kept, in ``text``: a table with its ``key`` to the record.

    ``sql`` names the function that gives the SQL for it, given the store and the alias of the row: by name,
    since models do not import the API.
    """

    table: str
    key: str
    sql: str


@dataclass(frozen=True)
class Record:
    """A kind of public record, one a row of the model; the model has ``uid`` and ``updated_at``.

    ``public`` is an SQL condition on ``{row}`` that both stores understand; ``actions`` names the
    changes that are more than an update by the condition that becomes true with them; ``private``
    names the columns that are no part of the record (keys for look-up, say).
    """

    type: str
    public: str = "1 = 1"
    actions: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    siblings: Siblings | None = None
    documents: Documents | None = None


@dataclass(frozen=True)
class Part:
    """Rows of the record (or part) that the foreign key ``of`` names, listed there as ``name``."""

    of: str
    name: str
    private: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A model's table as the ledger sees it."""

    model: Any
    declared: Record | Part

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def parent(self) -> "Table | None":
        """The table that this one's rows are part of."""
        return table_of(self.link.related_model) if isinstance(self.declared, Part) else None

    @property
    def link(self) -> Any:
        """The foreign key to the parent."""
        assert isinstance(self.declared, Part)
        return self.model._meta.get_field(self.declared.of)

    @property
    def root(self) -> "Table":
        return self.parent.root if self.parent else self

    @property
    def record(self) -> Record:
        assert isinstance(self.root.declared, Record)
        return self.root.declared

    @property
    def siblings(self) -> Siblings | None:
        """By what records of this table belong together; of parts of records, none do."""
        return self.declared.siblings if isinstance(self.declared, Record) else None

    @property
    def parts(self) -> list["Table"]:
        return [table for table in tables() if table.parent == self]

    @property
    def fields(self) -> list[Field]:
        """The columns that are public facts of the record."""
        hidden = {"id", "updated_at", *self.declared.private}
        if isinstance(self.declared, Part):
            hidden.add(self.declared.of)
        return [f for f in self.model._meta.concrete_fields if f.name not in hidden]

    @property
    def columns(self) -> list[str]:
        """The columns whose change is a change of the record; generated ones follow from others."""
        columns = {str(f.column) for f in self.fields if not f.generated}
        return sorted(columns | {self.link.column} if self.parent else columns)

    @property
    def reference(self) -> list[str]:
        """The columns that records elsewhere show."""
        return [str(f.column) for f in reference_of(self.model)] if hasattr(self.model, "reference") else []


def table_of(model: type[Model]) -> Table:
    return Table(model, model.record)  # type: ignore[attr-defined]


def tables() -> Iterator[Table]:
    """Every table that the ledger watches."""
    for model in apps.get_models():
        if isinstance(getattr(model, "record", None), Record | Part):
            yield table_of(model)


def reference_of(model: Any) -> list[Any]:
    """The columns by which other records show a row of ``model``: its ``reference``."""
    return [model._meta.get_field(name) for name in model.reference]


#: SQL for "``column`` is one of ``ids``", a subquery: what a store looks up in an index.
OneOf = Callable[[str, str], str]


def listed_in(column: str, ids: str) -> str:
    """``column IN (ids)``; ``ids`` may be a list of values too."""
    return f"{column} IN ({ids})"


def any_of(column: str, ids: str) -> str:
    """PostgreSQL's ``column = ANY(array)``: a join with ``ids`` could read the whole table or index."""
    return f"{column} = ANY(ARRAY({ids}))"


def records_of(table: Table, ids: str, one_of: OneOf = listed_in) -> str:
    """SQL for the ids of the records that own the rows ``ids`` of ``table``, at any depth of nesting."""
    while table.parent:
        ids = f'SELECT "{table.link.column}" FROM {table.name} WHERE {one_of("id", ids)}'
        table = table.parent
    return ids


def records_with(table: Table, values: str, one_of: OneOf = listed_in) -> str:
    """SQL for the ids of the records that have one of ``values`` in the column of their siblings."""
    assert table.siblings
    column = f'"{table.siblings.column}"'
    return f"SELECT id FROM {table.name} WHERE {one_of(column, values)}"


def records_showing(table: Table, ids: str, one_of: OneOf = listed_in) -> Iterator[tuple[Table, str]]:
    """The records that show the rows ``ids`` of ``table`` by reference: a table, and SQL for ids in it."""
    if table.siblings:
        column = f'"{table.siblings.column}"'
        values = f"SELECT {column} FROM {table.name} WHERE {one_of('id', ids)} AND {column} IS NOT NULL"
        yield table, records_with(table, values, one_of)
    for other in tables():
        for shown in other.fields:
            if isinstance(shown, ForeignKey) and shown.related_model is table.model:
                column = f'"{shown.column}"'
                rows = f"SELECT id FROM {other.name} WHERE {one_of(column, ids)}"
                yield other.root, records_of(other, rows, one_of)
                if shown.name in getattr(other.model, "reference", ()):
                    yield from records_showing(other, rows, one_of)
