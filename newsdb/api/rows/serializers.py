"""Row serializers declare the shape of a record for lists, details, exports and the OpenAPI description.

They are declared like DRF's model serializers, but never validate; ``newsdb.api.rows.reading`` reads the
rows::

    class OutletSerializer(RowSerializer):
        \"\"\"Who publishes.\"\"\"

        url = Url("outlet-detail", "slug")
        domains = serializers.SlugRelatedField(slug_field="domain", many=True, read_only=True)

        class Meta:
            model = Outlet
            fields = ("slug", "name", "url", "wikidata_id", "domains")

``Meta.fields`` is also the order in JSON. Whatever a field does not declare (help text, choices, whether it
may be null) comes from the model. A field that is not a column of the model is read from an annotation of
that name.

A serializer as a field is a nested object: the record that the relation ``source`` (by default the field's
name) points to, or null; with ``source="*"``, a group of members of the same record. With ``many=True`` it is
the list of the records that point to this one.

Options of ``Meta``:

- ``ordering``: the order of such a list, if it is not the model's;
- ``blank_as_null``: the text fields whose ``""`` is shown as null;
- ``same_as_parent = ("capture",)``: only children with the same capture as their parent are listed;
- ``visible_if = {"status": "published"}``: other records that point to this one show null unless it is so.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import GeneratedField, Model
from rest_framework import serializers

from newsdb.api.rows.fields import Computed


class RowSerializer(serializers.ModelSerializer[Model]):
    """The base class of row serializers.

    Every subclass needs its own docstring, which is shown in the API's description.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} has no docstring to show to the API's reader")

    @classmethod
    def blank_as_null(cls) -> Sequence[str]:
        """The names of the fields whose empty text is shown as null."""
        return getattr(cls.Meta, "blank_as_null", ())

    @classmethod
    def visible_if(cls) -> Mapping[str, str]:
        """The values that columns must have; otherwise other records show null instead of this record."""
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
            # Every member is always present, and the schema should say so.
            field.required, field.read_only = True, False
        return fields

    def _model_path(self, source: str) -> list[Any]:
        """The model's fields along the path to ``source``; none if it is neither a column nor a relation."""
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
        """Like DRF's, but a generated column gets the field for its output."""
        if not isinstance(model_field, GeneratedField):
            return super().build_standard_field(field_name, model_field)
        output: Any = copy(model_field.output_field)
        output.model, output.name = model_field.model, model_field.name
        field_class, kwargs = super().build_standard_field(field_name, output)
        return field_class, kwargs | {"help_text": model_field.help_text, "allow_null": output.null}

    def get_uniqueness_extra_kwargs(
        self, field_names: Iterable[str], declared_fields: Any, extra_kwargs: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """No extra arguments or hidden fields: nothing is validated, so uniqueness does not matter."""
        return extra_kwargs, {}
