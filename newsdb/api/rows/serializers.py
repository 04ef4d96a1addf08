"""Row serializers: the one declaration of a record's shape, for lists, details, exports and the description.

They are declared as DRF's model serializers are, and never validate; ``newsdb.api.rows.reading`` reads them::

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
null. With ``Meta.same_as_parent = ("capture",)`` only children with the same capture as their parent are
listed. With ``Meta.visible_if = {"status": "published"}`` other records that refer to it show null
unless that is so. A field that is no column of the model is taken from an annotation of that name.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import GeneratedField, Model
from rest_framework import serializers

from newsdb.api.rows.fields import Computed


class RowSerializer(serializers.ModelSerializer[Model]):
    """Declares a shape.

    Every subclass has a docstring of its own: the API's reader sees it.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} has no docstring to show to the API's reader")

    @classmethod
    def blank_as_null(cls) -> Sequence[str]:
        """Names of the fields whose empty text is shown as null."""
        return getattr(cls.Meta, "blank_as_null", ())

    @classmethod
    def visible_if(cls) -> Mapping[str, str]:
        """Values of its columns, without which other records show null in its place."""
        return getattr(cls.Meta, "visible_if", {})

    def get_fields(self) -> dict[str, Any]:
        """The fields, completed from the model."""
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            path = [] if isinstance(field, Computed) else self._model_path(field.source or name)
            if path and not field.help_text:
                field.help_text = getattr(path[-1], "help_text", "") or None
            if not isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
                hidden = isinstance(field, RowSerializer) and field.visible_if()
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
