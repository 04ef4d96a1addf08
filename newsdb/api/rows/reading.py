"""Reads records in the shape that a serializer declares, without model instances.

It takes two queries for any number of records: one for the ids, the keys and the columns for values computed
in Python, and one for the stored JSON. A third creates the JSON of records for which none is stored. A
prepared query (``prepare_rows``) reads the JSON, too.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from newsdb.api.rows.documents import PLAIN, column_of, document_of
from newsdb.api.rows.fields import Computed
from newsdb.api.rows.serializers import RowSerializer
from newsdb.databases.routing import current_alias
from newsdb.ledger.documents import documents_of, shape_of, sql_of
from newsdb.ledger.records import table_of
from newsdb.models.prepared import Prepared

Shape = type[RowSerializer]
Row = dict[str, Any]
#: The values of a row's key columns, and of the columns for values computed in Python.
Values = tuple[Any, ...]
RowsAndKeys = tuple[list[Any], list[Values]]
#: Values from the request that computed fields need, by name, such as the words searched for.
Context = Mapping[str, Any]


def read_rows(shape: Shape, queryset: QuerySet, context: Context | None = None) -> list[Row]:
    """The rows of ``queryset``, as parsed from JSON."""
    return read_rows_and_keys(shape, queryset, (), context)[0]


def read_rows_and_keys(
    shape: Shape, queryset: QuerySet, keys: tuple[str, ...], context: Context | None = None
) -> RowsAndKeys:
    """The rows and, for each, the values of the columns ``keys``, which need not be in the shape."""
    members = _python_members(shape, context)
    columns = _columns(keys, members)
    found = _documents(queryset.values_list(*columns), shape, queryset.db)
    return _rows(shape, members, columns, found), [values[1 : 1 + len(keys)] for values, _ in found]


def prepare_rows(shape: Shape, make: Callable[[], QuerySet]) -> Callable[..., list[Row]]:
    """A function that reads the rows of the queryset ``make()``, with values for its ``Placeholder``s.

    Django compiles the query only once, at its first use.
    """
    members = _python_members(shape, None)
    columns = _columns((), members)
    query = Prepared(lambda: _with_document(make(), shape).values_list(*columns, "_document"))

    def read(**given: Any) -> list[Row]:
        rows = query.rows(**given)
        known = {row[0]: row[-1] for row in rows if row[-1]}
        found = _documents((row[:-1] for row in rows), shape, current_alias.get(), known)
        return _rows(shape, members, columns, found)

    return read


def _with_document(queryset: QuerySet, shape: Shape) -> QuerySet:
    """``queryset`` with each row's document as ``_document``: null if it should be stored and is not."""
    vendor, table = connections[queryset.db].vendor, queryset.model._meta.db_table
    if stored := _stored(shape, vendor):
        document = f"SELECT text {stored.source} AND {stored.key} = {table}.id"
    else:
        document = document_of(shape(), vendor, table).replace("%", "%%")
    return queryset.annotate(_document=RawSQL(document, ()))  # noqa: S611


def read_fragments_and_keys(
    shape: Shape, queryset: QuerySet, keys: tuple[str, ...], context: Context | None = None
) -> RowsAndKeys:
    """Like ``read_rows_and_keys``, but faster, with rows that can only be serialised to JSON."""
    members = _python_members(shape, context)
    if any(member.compute for member in members):
        return read_rows_and_keys(shape, queryset, keys, context)
    found = _documents(queryset.values_list("pk", *keys), shape, queryset.db)
    nulls = ",".join(f'"{member.name}":null' for member in members)
    rows = [orjson.Fragment(_with_members(document, nulls)) for _, document in found]
    return rows, [values[1:] for values, _ in found]


class _PythonMember(NamedTuple):
    """A member that is not in the document: ``compute`` makes it from columns. Without it, it is null."""

    name: str
    columns: tuple[str, ...]
    compute: Callable[..., Any] | None


def _python_members(shape: Shape, context: Context | None) -> list[_PythonMember]:
    members = []
    for name, columns, field in _python_fields(shape):
        compute = field.compute if field else _identity
        if field and field.needs and compute:
            value = (context or {}).get(field.needs)
            compute = None if value is None else partial(compute, value)
        members.append(_PythonMember(name, columns, compute))
    return members


def _columns(keys: tuple[str, ...], members: list[_PythonMember]) -> tuple[str, ...]:
    """The columns to read besides the document: the id, the keys, and those for computed members."""
    computed = (column for member in members if member.compute for column in member.columns)
    return tuple(dict.fromkeys(("pk", *keys, *computed)))


def _rows(
    shape: Shape, members: list[_PythonMember], columns: tuple[str, ...], found: list[tuple[Values, str]]
) -> list[Row]:
    """The rows, made from their documents and the values of their ``columns``."""
    rows = [orjson.loads(document) for _, document in found]
    for name, sources, compute in members:
        at = [columns.index(source) for source in sources] if compute else []
        for row, (values, _) in zip(rows, found, strict=True):
            row[name] = compute(*(values[place] for place in at)) if compute else None
    if members:
        declared = _names(shape)
        rows = [{name: row[name] for name in declared} for row in rows]
    return rows


def _identity(value: Any) -> Any:
    return value


@lru_cache(maxsize=1024)  # bounded: clients can ask for any part of a shape
def _python_fields(shape: Shape) -> list[tuple[str, tuple[str, ...], Computed | None]]:
    """The fields that are not in documents: computed ones, and annotations of the queryset."""
    fields: list[tuple[str, tuple[str, ...], Computed | None]] = []
    for name, field in shape().fields.items():
        if isinstance(field, Computed) and field.in_python:
            fields.append((name, field.columns, field))
        elif isinstance(field, PLAIN):
            source = str(field.source)
            if "." not in source and column_of(shape.Meta.model, source) is None:
                fields.append((name, (source,), None))
    return fields


@lru_cache(maxsize=1024)
def _names(shape: Shape) -> tuple[str, ...]:
    return tuple(shape().fields)


def _with_members(document: str, members: str) -> str:
    """``document`` with ``members`` (JSON) appended."""
    if not members:
        return document
    return f"{{{members}}}" if document == "{}" else f"{document[:-1]},{members}}}"


@lru_cache(maxsize=1024)
def _selects(shape: Shape, vendor: str) -> tuple[str | None, str]:
    """Two queries for the ids and documents of rows, given their ids as an array (on SQLite in JSON).

    The first reads stored documents; it is None if those have another shape. The second creates documents.
    """
    model: Any = shape.Meta.model
    document = document_of(shape(), vendor, "r").replace("%", "%%")
    chosen = "= ANY(%s)" if vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    writing = f"SELECT r.id, {document} FROM {model._meta.db_table} r WHERE r.id {chosen}"  # noqa: S608
    if not (stored := _stored(shape, vendor)):
        return None, writing
    return f"SELECT {stored.key}, text {stored.source} AND {stored.key} {chosen}", writing


class _Stored(NamedTuple):
    """Where stored documents are: the column with a record's id, and the FROM and WHERE of a SELECT."""

    key: str
    source: str


def _stored(shape: Shape, vendor: str) -> _Stored | None:
    """Where documents in ``shape`` are stored, or None if they are not."""
    model: Any = shape.Meta.model
    documents = documents_of(table_of(model)) if hasattr(model, "record") else None
    document = document_of(shape(), vendor, "r")
    if not documents or document != sql_of(documents, vendor):
        return None
    return _Stored(documents.key, f"FROM {documents.table} WHERE shape = {shape_of(document)}")


def _documents(
    values: Iterable[Values], shape: Shape, using: str, known: Mapping[Any, str] | None = None
) -> list[tuple[Values, str]]:
    """Each row of values, of which the first is the id, with its document. Deleted rows are left out.

    Documents that are ``known``, by id, are not read again.
    """
    values = list(values)
    connection: Any = connections[using]
    kept, writing = _selects(shape, connection.vendor)
    documents, selects = dict(known or {}), [kept, writing] if kept else [writing]
    if connection.in_atomic_block and connection.vendor == "postgresql":
        # There stored documents are only updated at the end of the transaction.
        documents, selects = {}, [writing]
    for select in selects:
        if ids := [each[0] for each in values if each[0] not in documents]:
            with connection.prepared_cursor() as cursor:
                cursor.execute(select, [ids])
                documents.update(cursor.fetchall())
    # This text can only be a member: within a string, quotation marks are escaped.
    path, address = '"url":"/', f'"url":"{settings.PUBLIC_URL}/'
    return [(each, documents[each[0]].replace(path, address)) for each in values if each[0] in documents]
