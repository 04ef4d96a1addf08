"""Adds constraints on members of bodies that drf-spectacular does not describe."""

from typing import Any

from django.core.validators import RegexValidator
from rest_framework.serializers import ListSerializer

from newsdb.api.request.input_fields import PartialDateField, StrictCharField
from newsdb.dates import PATTERN

#: A character that is not white space, of which Python has a few more than ``\s`` in a JSON Schema pattern.
NOT_BLANK = r"[^\s\x1c-\x1f\x85]"


def add_constraints(field: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an input member, with the other constraints that ``field`` checks."""
    match field:
        case PartialDateField():
            return schema | {"pattern": PATTERN}
        case StrictCharField(allow_blank=False):
            has_pattern = any(isinstance(each, RegexValidator) for each in field.validators)
            return {"minLength": 1, **({} if has_pattern else {"pattern": NOT_BLANK}), **schema}
        case ListSerializer():
            rows: Any = field  # whose stubs know no max_length
            lengths = {"minItems": rows.min_length, "maxItems": rows.max_length}
            return schema | {name: length for name, length in lengths.items() if length is not None}
    return schema
