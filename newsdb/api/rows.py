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
null. With ``Meta.shown_while = {"status": "published"}`` other records that refer to it show null unless
that is so. A field that is no column of the model is taken from an annotation of that name.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import GeneratedField, Model, QuerySet
from rest_framework import serializers

from newsdb.api.fields import Computed
from newsdb.api.plans import Plan, Row, plan_of
from newsdb.api.selection import read


class RowSerializer(serializers.ModelSerializer[Model]):
    """Declares a shape, and reads it from the database without model instances.

    Every subclass has a docstring of its own: the API's reader sees it.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} has no docstring to show to the API's reader")

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns it selects, as paths for ``values_list``."""
        return cls.plan().columns

    @classmethod
    def rows(cls, queryset: QuerySet) -> list[Row]:
        """The rows of ``queryset``, ready for JSON: one query, and one for each kind of children."""
        return cls.rows_and_keys(queryset, ())[0]

    @classmethod
    def rows_and_keys(cls, queryset: QuerySet, keys: tuple[str, ...]) -> tuple[list[Row], list[tuple]]:
        """The rows and, for each, the values of the columns ``keys``, which they need not show."""
        plan = cls.plan(keys)
        tuples = read(queryset, plan.columns)
        return plan.build(tuples), [tuple(values[place] for place in plan.keys) for values in tuples]

    @classmethod
    @lru_cache(maxsize=1024)  # bounded: clients can ask for any part of a shape
    def plan(cls, keys: tuple[str, ...] = ()) -> Plan:
        """How its rows are selected and built."""
        return plan_of(cls(), keys)

    @classmethod
    def children(cls) -> QuerySet:
        """The records that may be listed as somebody's children. Override to leave some out."""
        model: Any = cls.Meta.model
        return model._default_manager.all()

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
