"""Writes rows of a corpus in bulk, and names those that are refused."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.search.index import fill_index
from newsdb.ledger.bulk_creation import record_bulk_creation
from newsdb.ledger.documents import write_documents
from newsdb.models.bulk import next_id, reserve_ids, write_rows
from newsdb.models.bulk_columns import BulkColumns, text_check
from newsdb.models.write_errors import WRITE_ERRORS, explain

#: A row's id and the values of its columns.
Row = tuple[int, tuple[Any, ...]]


class CorpusRows:
    """New rows of ``model`` with values for the fields ``given``.

    Use it within ``newsdb.models.bulk.triggers_disabled``.
    """

    def __init__(self, model: Any, given: Sequence[str], connection: Any) -> None:
        self._model, self._given, self._connection = model, given, connection
        self._fields = [model._meta.get_field(name) for name in given]
        self._columns = BulkColumns(model, given, connection)
        self._table = model._meta.db_table
        self._checks = [
            (place, text_check(field))
            for place, field in enumerate(self._fields)
            if field.choices or field.get_internal_type() in ("CharField", "TextField")
        ]
        self._converted = [
            place
            for place, field in enumerate(self._fields)
            if field.get_internal_type() in ("UUIDField", "DateField", "DateTimeField")
        ]
        self.first = next_id(connection, self._table)

    def write(self, rows: Sequence[tuple[Any, ...]], refuse: Callable[[int, str], None]) -> list[int | None]:
        """Write the rows; returns their ids, None for each that is refused, by its place, with the reason."""
        if not rows:
            return []
        self._refused: dict[int, str] = {}
        for place in self._doubtful(rows):
            if reason := self._fault(rows[place]):
                self._refused[place] = reason
        self._write(
            [(self.first + place, row) for place, row in enumerate(rows) if place not in self._refused]
        )
        reserve_ids(self._connection, self._table, self.first + len(rows))
        for place, reason in self._refused.items():
            refuse(place, reason)
        return [None if place in self._refused else self.first + place for place in range(len(rows))]

    def record(self) -> None:
        """Index and record what was written, as the triggers would have done."""
        if self._connection.vendor == "postgresql":
            with self._connection.cursor() as cursor:
                cursor.execute("SET LOCAL jit = off")  # compiling would take longer than running
        fill_index(self._connection, self._model, self.first)
        record_bulk_creation(self._connection, self._model, self.first, bare=True)
        write_documents(self._connection, self._model, self.first)

    def _doubtful(self, rows: Sequence[tuple[Any, ...]]) -> list[int]:
        """The places of the rows with a value that is not certainly valid."""
        values = list(zip(*rows, strict=True))
        wrong = {
            place: bad
            for place, takes in self._checks
            if (bad := {value for value in set(values[place]) if not takes(value)})
        }
        return sorted(
            {
                number
                for place, bad in wrong.items()
                for number, value in enumerate(values[place])
                if value in bad
            }
        )

    def _fault(self, row: tuple[Any, ...]) -> str:
        instance = self._model(**dict(zip([f.attname for f in self._fields], row, strict=True)))
        try:
            instance.clean_fields(exclude=[field.name for field in self._fields if field.is_relation])
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _write(self, rows: Sequence[Row]) -> None:
        """Write the rows at once; if the database refuses one, split them in half and write each half."""
        if not rows:
            return
        try:
            with transaction.atomic():
                self._insert(rows)
        except WRITE_ERRORS as error:
            if len(rows) == 1:
                self._refused[rows[0][0] - self.first] = " ".join(explain(error))
                return
            middle = len(rows) // 2
            self._write(rows[:middle])
            self._write(rows[middle:])

    def _insert(self, rows: Sequence[Row]) -> None:
        values: list[Any] = list(zip(*(row for _, row in rows), strict=True))
        texts = dict(zip(self._given, values, strict=True))
        for place in self._converted:
            prepare = self._fields[place].get_db_prep_save
            known = {value: prepare(value, self._connection) for value in set(values[place])}
            values[place] = map(known.__getitem__, values[place])
        written = self._columns.rows((id for id, _ in rows), values, texts)
        write_rows(self._connection, self._table, self._columns.names, written)
