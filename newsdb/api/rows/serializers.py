"""Row serializers: the one declaration of a shape, which feeds list rows, details and the schema.

They are declared as DRF's model serializers are, and only ever write::

    class OutletSerializer(RowSerializer):
        \"\"\"Who publishes.\"\"\"

        url = Url("outlet-detail", "slug")
        domains = serializers.SlugRelatedField(slug_field="domain", many=True, read_only=True)

        class Meta:
            model = Outlet
            fields = ("slug", "name", "url", "wikidata_id", "domains")

``Meta.fields`` is also the order in JSON. What a field does not say itself (help text, choices, whether it
may be null) comes from the model. A serializer as a field is an object: the record that ``source`` (by
default the field's name) refers to, null when it does, or with ``source="*"`` a part of the same record.
With ``many=True`` it is the list of the records that refer to this one, in the order of its
``Meta.ordering`` or else its model's. ``Meta.blank_as_null`` names the text fields whose ``""`` is shown as
null. With ``Meta.same_as_parent = ("capture",)`` only those are listed as somebody's children that have the
same capture. With ``Meta.shown_while = {"status": "published"}`` other records that refer to it show null
unless that is so. A field that is no column of the model is taken from an annotation of that name.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import connections
from django.db.models import GeneratedField, Model, QuerySet
from rest_framework import serializers

from newsdb.api.rows.documents import PLAIN, column_of, document_of
from newsdb.api.rows.fields import Computed
from newsdb.ledger.documents import documents_of, shape_of, sql_of
from newsdb.ledger.records import table_of

Row = dict[str, Any]
#: The values of a row's key columns, and of those that Python computes from.
Values = tuple[Any, ...]


class RowSerializer(serializers.ModelSerializer[Model]):
    """Declares a shape, and reads it from the database without model instances.

    Every subclass has a docstring of its own: the API's reader sees it.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} has no docstring to show to the API's reader")

    @classmethod
    def rows(cls, queryset: QuerySet) -> list[Row]:
        """The rows of ``queryset``, as they are in JSON: two queries, however many there are."""
        return cls.rows_and_keys(queryset, ())[0]

    @classmethod
    def rows_and_keys(cls, queryset: QuerySet, keys: tuple[str, ...]) -> tuple[list[Row], list[Values]]:
        """The rows and, for each, the values of the columns ``keys``, which they need not show."""
        computed = cls._computed()
        names = ("pk", *keys, *(column for _, columns, compute in computed if compute for column in columns))
        places = {name: place for place, name in enumerate(dict.fromkeys(names))}
        found = _found(queryset.values_list(*places), cls, queryset.db)
        rows = [orjson.loads(document) for _, document in found]
        for name, columns, compute in computed:
            at = [places[column] for column in columns] if compute else []
            for row, (values, _) in zip(rows, found, strict=True):
                row[name] = compute(*(values[place] for place in at)) if compute else None
        if computed:
            declared = _names(cls)
            rows = [{name: row[name] for name in declared} for row in rows]
        return rows, [values[1 : 1 + len(keys)] for values, _ in found]

    @classmethod
    def fragments_and_keys(cls, queryset: QuerySet, keys: tuple[str, ...]) -> tuple[list[Any], list[Values]]:
        """As ``rows_and_keys``, with rows that are only good for JSON, which takes less time."""
        computed = cls._computed()
        if any(compute for _, _, compute in computed):
            return cls.rows_and_keys(queryset, keys)
        found = _found(queryset.values_list("pk", *keys), cls, queryset.db)
        nulls = ",".join(f'"{name}":null' for name, _, _ in computed)
        rows = [orjson.Fragment(_with(document, nulls)) for _, document in found]
        return rows, [values[1:] for values, _ in found]

    @classmethod
    def _computed(cls) -> list[tuple[str, tuple[str, ...], Any]]:
        """Names, columns and functions of the members that Python computes; no function leaves it null."""
        return [
            (name, columns, field.prepare() if field else _as_it_is)
            for name, columns, field in _computed_fields(cls)
        ]

    @classmethod
    def blank_as_null(cls) -> Sequence[str]:
        """Names of the fields whose empty text is shown as null."""
        return getattr(cls.Meta, "blank_as_null", ())

    @classmethod
    def shown_while(cls) -> Mapping[str, str]:
        """What its columns must hold for other records to show it."""
        return getattr(cls.Meta, "shown_while", {})

    def get_fields(self) -> dict[str, Any]:
        """The fields, completed from the model."""
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            path = [] if isinstance(field, Computed) else self._model_path(field.source or name)
            if path and not field.help_text:
                field.help_text = getattr(path[-1], "help_text", "") or None
            if not isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
                hidden = isinstance(field, RowSerializer) and field.shown_while()
                field.allow_null = field.allow_null or bool(hidden) or any(step.null for step in path)
            if name in self.blank_as_null():
                field.allow_null, field.allow_blank = True, False
            # Every member is always there, and the schema should say so.
            field.required, field.read_only = True, False
        return fields

    def _model_path(self, source: str) -> list[Any]:
        """The model's fields on the way to ``source``, or none if it is no column or relation."""
        model: Any = self.Meta.model
        path: list[Any] = []
        for name in source.split("."):
            try:
                path.append(model._meta.get_field(name))
            except (FieldDoesNotExist, AttributeError):
                return []
            model = path[-1].related_model
        return path

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[type, dict[str, Any]]:
        """As DRF's, with a generated column described by what it generates."""
        if not isinstance(model_field, GeneratedField):
            return super().build_standard_field(field_name, model_field)
        output: Any = copy(model_field.output_field)
        output.model, output.name = model_field.model, model_field.name
        field_class, kwargs = super().build_standard_field(field_name, output)
        return field_class, kwargs | {"help_text": model_field.help_text, "allow_null": output.null}

    def get_uniqueness_extra_kwargs(
        self, field_names: Iterable[str], declared_fields: Any, extra_kwargs: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Nothing is validated here, so uniqueness adds neither defaults nor hidden fields."""
        return extra_kwargs, {}


@lru_cache(maxsize=1024)
def _names(cls: type[RowSerializer]) -> tuple[str, ...]:
    return tuple(cls().fields)


def _with(document: str, members: str) -> str:
    """``document`` with some more ``members``."""
    if not members:
        return document
    return f"{{{members}}}" if document == "{}" else f"{document[:-1]},{members}}}"


def _as_it_is(value: Any) -> Any:
    return value


@lru_cache(maxsize=1024)  # bounded: clients can ask for any part of a shape
def _computed_fields(cls: type[RowSerializer]) -> list[tuple[str, tuple[str, ...], Computed | None]]:
    """The fields that are not in a document: computed ones, and what the queryset annotates."""
    fields: list[tuple[str, tuple[str, ...], Computed | None]] = []
    for name, field in cls().fields.items():
        if isinstance(field, Computed) and field.by_python:
            fields.append((name, field.columns, field))
        elif isinstance(field, PLAIN):
            source = str(field.source)
            if "." not in source and column_of(cls.Meta.model, source) is None:
                fields.append((name, (source,), None))
    return fields


@lru_cache(maxsize=1024)
def _select(cls: type[RowSerializer], vendor: str, *, kept: bool) -> str:
    """SQL for the ids and documents of the rows whose ids are given: an array, in JSON on SQLite.

    ``kept``: whether documents that are kept may be taken.
    """
    model: Any = cls.Meta.model
    document = document_of(cls(), vendor, "r")
    documents = kept and hasattr(model, "record") and documents_of(table_of(model))
    if documents and document == sql_of(documents, vendor):
        current = f"d.{documents.key} = r.id AND d.shape = {shape_of(document)}"
        document = f"coalesce((SELECT d.text FROM {documents.table} d WHERE {current}), {document})"  # noqa: S608
    chosen = "= ANY(%s)" if vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    escaped = document.replace("%", "%%")
    return f"SELECT r.id, {escaped} FROM {model._meta.db_table} r WHERE r.id {chosen}"  # noqa: S608


def _found(values: Iterable[Values], cls: type[RowSerializer], using: str) -> list[tuple[Values, str]]:
    """Rows, each with its document. One that is deleted meanwhile is left out."""
    values = list(values)
    if not values:
        return []
    connection: Any = connections[using]
    ids: Any = [each[0] for each in values]
    on_sqlite = connection.vendor == "sqlite"
    # On PostgreSQL what is kept is written at the end of a transaction.
    select = _select(cls, connection.vendor, kept=on_sqlite or not connection.in_atomic_block)
    with connection.prepared_cursor() as cursor:
        cursor.execute(select, [json.dumps(ids) if on_sqlite else ids])
        documents = dict(cursor.fetchall())
    # Only a member can be written so: within a string a backslash stands before a quotation mark.
    path, address = '"url":"/', f'"url":"{settings.PUBLIC_URL}/'
    return [(each, documents[each[0]].replace(path, address)) for each in values if each[0] in documents]
