"""Serializers of bodies that accept only the members they declare, each only of its JSON type."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.validators import UniqueValidator

from newsdb.api.request.input_fields import (
    StrictBooleanField,
    StrictCharField,
    StrictChoiceField,
    StrictFloatField,
    StrictIntegerField,
    StrictUUIDField,
)
from newsdb.api.request.parameters import shorten
from newsdb.dates import PartialDate

#: The most unknown members that are reported.
MAX_NAMED = 20


class StrictSerializer(serializers.Serializer):
    """A serializer without a model that refuses unknown members."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated values. Raises ``ValidationError``, for unknown members first."""
        if isinstance(data, Mapping) and (unknown := unknown_members(data, list(self.fields))):
            raise ValidationError(unknown)
        return super().to_internal_value(data)


class StrictModelSerializer(serializers.ModelSerializer):
    """A model's serializer that refuses unknown members.

    ``Meta.blank_as_null`` names text members for which null means empty, as in responses.
    ``Meta.partial_dates`` maps the members for days to those for their precision, which follows from the
    notation of the day.
    """

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.BooleanField: StrictBooleanField,
        models.CharField: StrictCharField,
        models.FloatField: StrictFloatField,
        models.PositiveIntegerField: StrictIntegerField,
        models.TextField: StrictCharField,
        models.UUIDField: StrictUUIDField,
    }
    serializer_choice_field = StrictChoiceField

    def get_fields(self) -> dict[str, Any]:
        """The members, completed from the model."""
        fields: dict[str, Any] = super().get_fields()
        for name in self.meta_option("blank_as_null", ()):
            fields[name].allow_null = True
        return fields

    def meta_option(self, name: str, default: Any) -> Any:
        """An option of ``Meta``."""
        return getattr(self.Meta, name, default)

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[type, dict[str, Any]]:
        """Like DRF's, but without validators for uniqueness: a taken value gets a 409, not a 400."""
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if kwargs.get("allow_null"):
            kwargs.pop("allow_blank", None)  # no value is null, not an empty text
        if "validators" in kwargs:
            kwargs["validators"] = [v for v in kwargs["validators"] if not isinstance(v, UniqueValidator)]
        return field_class, kwargs

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:
        """No extra arguments: the model checks uniqueness."""
        return extra_kwargs, {}

    def get_validators(self) -> list[Any]:
        """No validators, for the same reason."""
        return []

    def to_internal_value(self, data: Any) -> Any:
        """The validated values by model field. Raises one ``ValidationError`` for all errors."""
        errors: dict[str, Any] = {}
        values: dict[str, Any] = {}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            errors = dict(error.detail)  # type: ignore[arg-type]
        if isinstance(data, Mapping):
            errors |= unknown_members(data, list(self.fields))
        if errors:
            raise ValidationError(errors)
        for name in self.meta_option("blank_as_null", ()):
            if name in values and values[name] is None:
                values[name] = ""
        for day, precision in self.meta_option("partial_dates", {}).items():
            self._split_date(values, day, precision)
        return values

    def _split_date(self, values: dict[str, Any], day: str, precision: str) -> None:
        if day not in values:
            return
        written: PartialDate | None = values[day]
        if written is None:
            values[day], values[precision] = None, values.get(precision) or ""
            return
        stated = values.get(precision) or written.precision
        if written.precision not in ("day", stated):
            detail = f"{written} is a {written.precision}, not a {stated}."
            raise ValidationError({precision: [ErrorDetail(detail, code="conflict")]})
        values[day], values[precision] = written.first, stated


class NestedRowSerializer(StrictModelSerializer):
    """An object in a list. The list is always written as a whole, even in a PATCH."""

    @classmethod
    def list_of(cls, **kwargs: Any) -> Any:
        """An optional field for a list of such objects."""
        return cls(many=True, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Like the parent's, but required members are required in a PATCH too."""
        if isinstance(data, Mapping):
            missing = [name for name, each in self.fields.items() if each.required and name not in data]
            if missing:
                raise ValidationError(
                    {n: [ErrorDetail("This field is required.", code="required")] for n in missing}
                )
        return super().to_internal_value(data)


def unknown_members(data: Mapping[str, Any], known: list[str]) -> dict[str, list[ErrorDetail]]:
    """An error for each member of ``data`` that is not ``known``, up to ``MAX_NAMED``."""
    errors = {}
    for name in [name for name in data if name not in known][:MAX_NAMED]:
        meant = get_close_matches(name[:100], known, n=1)
        detail = f"Did you mean {meant[0]!r}?" if meant else f"Known fields: {', '.join(known)}."
        errors[shorten(name)] = [ErrorDetail(f"There is no such field. {detail}", code="unknown")]
    return errors
