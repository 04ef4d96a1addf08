"""Documents: records as JSON written by the database.

A serializer's declaration is translated to one SQL expression, such as ``format('{"id":%s,"name":%s}', …)``,
which gives the same bytes on both databases. Building each row from columns in Python would be many times
slower.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import ForeignKey, GeneratedField, ManyToOneRel, Model
from rest_framework import serializers

from newsdb.api.links import path_parts
from newsdb.api.rows.dialects import DIALECTS, Dialect
from newsdb.api.rows.fields import Computed, JSONColumn, Siblings, Url

#: Serializer fields that show a column unchanged. Other values must be declared ``Computed``.
PLAIN = (
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.DateField,
    serializers.DateTimeField,
    serializers.FloatField,
    serializers.IntegerField,
    serializers.BigIntegerField,
    serializers.PrimaryKeyRelatedField,
    serializers.UUIDField,
)


def document_of(serializer: Any, vendor: str, row: str) -> str:
    """The SQL expression for a row's document; ``row`` is an alias of the table of ``serializer`` (a
    ``RowSerializer``).

    The document lacks members that Python computes, and the record's ``url`` in it is a path. Raises
    ``ImproperlyConfigured`` for a field that cannot be read from columns.
    """
    return _DocumentSQL(DIALECTS[vendor]).record(serializer, row, nested=False)


class _DocumentSQL:
    """Builds one SQL expression, in which each table has its own alias."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.aliases = 0

    def alias(self) -> str:
        self.aliases += 1
        return f"t{self.aliases}"

    def record(self, serializer: Any, row: str, *, nested: bool = True) -> str:
        members = {name: self.member(serializer, field, row) for name, field in serializer.fields.items()}
        values = {name: value for name, value in members.items() if value is not None}
        if nested and (computed := next(iter(members.keys() - values.keys()), None)):
            name = f"{type(serializer).__name__}.{computed}"
            raise ImproperlyConfigured(f"{name} is computed in Python, which cannot be nested.")
        template = ",".join(f'"{name}":%s' for name in values)
        return f"{self.dialect.format}('{{{template}}}'{''.join(f', {value}' for value in values.values())})"

    def member(self, serializer: Any, field: Any, row: str) -> str | None:
        """SQL for the JSON of one member, or ``None`` if Python computes it."""
        model, source = serializer.Meta.model, str(field.source)
        match field:
            case Url():
                return self.url(field, model, row)
            case Siblings():
                return self.siblings(field, model, row)
            case JSONColumn():
                return self.column(model, field.columns[0], row)
            case Computed():
                return None
            case serializers.ModelSerializer(source="*"):
                return self.record(field, row)
            case serializers.ModelSerializer():
                return self.related(model, source.split("."), row, field)
            case serializers.ListSerializer() | serializers.ManyRelatedField():
                return self.children(field, model, row)
        if not isinstance(field, PLAIN):
            name = f"{type(serializer).__name__}.{field.field_name}"
            raise ImproperlyConfigured(f"{name} is not read from a column: declare it Computed.")
        *path, name = source.split(".")
        if path:
            return self.related(model, path, row, name)
        if column_of(model, name) is None:
            return None  # an annotation of the queryset
        value = self.column(model, name, row)
        blank = field.field_name in serializer.blank_as_null()
        return f"""coalesce(nullif({value}, '""'), 'null')""" if blank else value

    def column(self, model: Any, source: str, row: str) -> str:
        field = column_of(model, source)
        return self.dialect.json(_value_field(field), f'{row}."{field.column}"')

    def url(self, field: Url, model: Any, row: str) -> str:
        before, after = path_parts(field.view_name)
        lookup = column_of(model, field.columns[0])
        text = self.dialect.text(lookup, f'{row}."{lookup.column}"')
        return f"""'"{before}' || {text} || '{after}"'"""

    def related(self, model: Any, path: list[str], row: str, shown: Any) -> str:
        """SQL for the record that the relations of ``path`` lead to, ``shown`` by a serializer or a column.

        Null if there is no such record, or it is not visible.
        """
        relation, alias = model._meta.get_field(path[0]), self.alias()
        target: Any = relation.related_model
        if isinstance(relation, ForeignKey):
            found = f'{alias}.id = {row}."{relation.column}"'
        else:  # the reverse side of a one-to-one relation
            found = f'{alias}."{relation.field.column}" = {row}.id'
        if len(path) > 1:
            value = self.related(target, path[1:], alias, shown)
        elif isinstance(shown, str):
            value = self.column(target, shown, alias)
        else:
            value = self.record(shown, alias)
            found += "".join(
                f" AND {alias}.\"{column_of(target, name).column}\" = '{required}'"
                for name, required in shown.visible_if().items()
            )
        table = target._meta.db_table
        return f"coalesce((SELECT {value} FROM {table} {alias} WHERE {found}), 'null')"  # noqa: S608

    def children(self, field: Any, model: type[Model], row: str) -> str:
        relations = {each.get_accessor_name(): each for each in model._meta.related_objects}
        relation: Any = relations.get(field.source)
        if not isinstance(relation, ManyToOneRel):
            raise ImproperlyConfigured(f"{model.__name__}.{field.source}: no foreign key ends there.")
        child: Any = relation.related_model
        alias = self.alias()
        ordering, found = child._meta.ordering, f'{alias}."{relation.field.column}" = {row}.id'
        if isinstance(field, serializers.ManyRelatedField):  # a list of one column's values
            item = self.column(child, getattr(field.child_relation, "slug_field", "pk"), alias)
        else:
            item = self.record(field.child, alias)
            ordering = getattr(field.child.Meta, "ordering", ordering)
            for name in getattr(field.child.Meta, "same_as_parent", ()):
                own, same = column_of(child, name).column, column_of(model, name).column
                found += f' AND {alias}."{own}" = {row}."{same}"'
        order = ", ".join(self.sort_key(child, str(name), alias) for name in ordering or ["pk"])
        return self.dialect.array(item, f"{child._meta.db_table} {alias} WHERE {found}", order)

    def sort_key(self, model: Any, ordered: str, row: str) -> str:
        name, *path = ordered.removeprefix("-").split("__")
        field, end = column_of(model, name), " DESC" if ordered.startswith("-") else ""
        if not path:
            return f'{row}."{field.column}"{end}'
        alias, target = self.alias(), field.related_model
        key = self.sort_key(target, "__".join(path), alias)
        table = target._meta.db_table
        return f'(SELECT {key} FROM {table} {alias} WHERE {alias}.id = {row}."{field.column}"){end}'  # noqa: S608

    def siblings(self, field: Siblings, model: Any, row: str) -> str:
        column, alias = column_of(model, field.columns[0]).column, self.alias()
        found = f'{alias}."{column}" = {row}."{column}" AND {alias}.id <> {row}.id'
        for name, value in field.visible_if.items():
            shown = f'"{column_of(model, name).column}"'
            found += f" AND ({alias}.{shown} = '{value}' OR {alias}.{shown} = {row}.{shown})"
        item = self.record(field.output.child, alias)  # type: ignore[attr-defined]
        return self.dialect.array(item, f"{model._meta.db_table} {alias} WHERE {found}", f"{alias}.id")


def column_of(model: Any, name: str) -> Any:
    """The model's field of this name, or ``None``."""
    try:
        return model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _value_field(field: Any) -> Any:
    """The field that defines the type of the values in the column of ``field``."""
    if isinstance(field, GeneratedField):
        return field.output_field
    return field.target_field if isinstance(field, ForeignKey) else field
