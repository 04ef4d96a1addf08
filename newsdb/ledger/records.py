"""How models are declared to the ledger: as records, or as parts of records.

A model that other records show (as a statement shows its speaker) lists the columns that they show in
``reference``. A change to one of these columns changes every record that shows it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model


@dataclass(frozen=True)
class Siblings:
    """Records with the same UUID in ``column``. Each lists, as ``name``, the others that are public.

    ``fields`` are the fields that it shows of them. The model's ``reference`` must include these fields,
    ``column``, and the columns that decide whether a record is public.
    """

    column: str
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Documents:
    """The table that stores each record's JSON in its column ``text``; ``key`` is its column for the record.

    ``sql`` is the dotted path of a function that returns the SQL for the JSON, given the database's vendor
    and the row's alias. It is a path because models must not import the API.
    """

    table: str
    key: str
    sql: str


@dataclass(frozen=True)
class Record:
    """Declares that each row of the model, which has ``uid`` and ``updated_at``, is a record of this type.

    ``public`` is an SQL condition on ``{row}``, valid on both databases. ``actions`` maps an action's name to
    the SQL condition that such a change makes true; other changes are updates. ``private`` lists fields that
    are not part of the public record (lookup keys, say).
    """

    type: str
    public: str = "1 = 1"
    actions: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    siblings: Siblings | None = None
    documents: Documents | None = None


@dataclass(frozen=True)
class Part:
    """Declares that a model's rows are part of the record (or part) that the foreign key ``of`` points to.

    The record lists them as ``name``.
    """

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
        """How records of this table are grouped as siblings, if at all. Parts have no siblings."""
        return self.declared.siblings if isinstance(self.declared, Record) else None

    @property
    def parts(self) -> list["Table"]:
        return [table for table in tables() if table.parent == self]

    @property
    def fields(self) -> list[Field]:
        """The fields that are public in the record."""
        hidden = {"id", "updated_at", *self.declared.private}
        if isinstance(self.declared, Part):
            hidden.add(self.declared.of)
        return [f for f in self.model._meta.concrete_fields if f.name not in hidden]

    @property
    def columns(self) -> list[str]:
        """The columns whose change is a change of the record. Generated ones only follow from others."""
        columns = {str(f.column) for f in self.fields if not f.generated}
        return sorted(columns | {self.link.column} if self.parent else columns)

    @property
    def reference(self) -> list[str]:
        """The columns that other records show of this table's rows."""
        return [str(f.column) for f in reference_of(self.model)] if hasattr(self.model, "reference") else []


def table_of(model: type[Model]) -> Table:
    return Table(model, model.record)  # type: ignore[attr-defined]


def tables() -> Iterator[Table]:
    """Every table that the ledger watches."""
    for model in apps.get_models():
        if isinstance(getattr(model, "record", None), Record | Part):
            yield table_of(model)


def reference_of(model: Any) -> list[Any]:
    """The fields that other records show of a row of ``model``: its ``reference``."""
    return [model._meta.get_field(name) for name in model.reference]


#: Makes SQL for "``column`` is one of ``ids``", a subquery, in the form that a database looks up in an index.
OneOf = Callable[[str, str], str]


def listed_in(column: str, ids: str) -> str:
    """``column IN (ids)``; ``ids`` may also be a list of values."""
    return f"{column} IN ({ids})"


def any_of(column: str, ids: str) -> str:
    """``column = ANY(ARRAY(ids))``, since PostgreSQL might run ``IN`` as a join that reads a whole table."""
    return f"{column} = ANY(ARRAY({ids}))"


def records_of(table: Table, ids: str, one_of: OneOf = listed_in) -> str:
    """SQL for the ids of the records that own the rows ``ids`` of ``table``, at any depth of nesting."""
    while table.parent:
        ids = f'SELECT "{table.link.column}" FROM {table.name} WHERE {one_of("id", ids)}'
        table = table.parent
    return ids


def records_with(table: Table, values: str, one_of: OneOf = listed_in) -> str:
    """SQL for the ids of the records that have one of ``values`` in the sibling column."""
    assert table.siblings
    column = f'"{table.siblings.column}"'
    return f"SELECT id FROM {table.name} WHERE {one_of(column, values)}"


def records_showing(table: Table, ids: str, one_of: OneOf = listed_in) -> Iterator[tuple[Table, str]]:
    """The records that show the rows ``ids`` of ``table``: pairs of a table and SQL for ids in it."""
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
