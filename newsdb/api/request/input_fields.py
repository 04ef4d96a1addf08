"""Fields of request bodies. Each accepts only the JSON type that it declares."""

from datetime import datetime
from typing import Any

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

from newsdb.api.request.parameters import DateTimeParameter, InvalidValueError, shorten
from newsdb.dates import EXPECTED, PartialDate


class StrictCharField(serializers.CharField):
    """Text, never converted from another type. Leading and trailing white space counts towards its length."""

    max_length: int | None

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class BoundedListField(serializers.ListField):
    """A list. One that is too long is refused before any of its items is validated."""

    max_length: int | None

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list) and self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class StrictChoiceField(serializers.ChoiceField):
    """One of a few words."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or len(data) > 100:
            self.fail("invalid_choice", input=shorten(str(data)))
        return super().to_internal_value(data)


class StrictBooleanField(serializers.BooleanField):
    """true or false, and nothing else."""

    def to_internal_value(self, data: Any) -> Any:
        return data if isinstance(data, bool) else self.fail("invalid", input=shorten(str(data)))


class StrictFloatField(serializers.FloatField):
    """A number."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return float(data)


class StrictIntegerField(serializers.IntegerField):
    """A whole number, by default within the range of an integer column."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2**31 - 1, **kwargs})

    def to_internal_value(self, data: Any) -> Any:
        # JSON does not distinguish integers from floats, so 7.0 is valid.
        whole = data.is_integer() if isinstance(data, float) else isinstance(data, int)
        if isinstance(data, bool) or not whole:
            self.fail("invalid")
        return int(data)


class StrictUUIDField(serializers.UUIDField):
    """A UUID, as text."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid", value=shorten(str(data)))
        return super().to_internal_value(data)


class ResolvedField(serializers.Field):
    """A field that converts the validated input to another value, such as a record."""

    def run_validation(self, data: Any = empty) -> Any:
        value = super().run_validation(data)
        return None if value is None else self.resolve(value)

    def resolve(self, sent: Any) -> Any:
        """The value for the input. Raises ``ValidationError``."""
        raise NotImplementedError


class ReferenceField(ResolvedField):
    """A record, by its address."""

    default_error_messages = {
        "unknown": "There is no such record.",
        "ambiguous": "More than one record has this address.",
    }

    def find(self, sent: Any) -> models.QuerySet:
        """The matching records."""
        raise NotImplementedError

    def resolve(self, sent: Any) -> Any:
        rows = list(self.find(sent).distinct()[:2])
        if not rows:
            self.fail("unknown")
        return rows[0] if len(rows) == 1 else self.fail("ambiguous")


class PartialDateField(ResolvedField, StrictCharField):
    """A day, a month or a year; its value is a ``PartialDate``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "allow_null": True, "max_length": 10, **kwargs})
        self.error_messages["max_length"] = EXPECTED

    def resolve(self, sent: str) -> PartialDate:
        try:
            return PartialDate.parse(sent)
        except ValueError as error:
            raise ValidationError(str(error), code=getattr(error, "code", "invalid")) from None


class StrictDateTimeField(ResolvedField, StrictCharField):
    """A moment with its time zone; its value is an aware ``datetime``."""

    def resolve(self, sent: str) -> datetime:
        try:
            return DateTimeParameter(help_text="").parse(sent)
        except InvalidValueError as error:
            raise ValidationError(str(error), code="invalid") from None
