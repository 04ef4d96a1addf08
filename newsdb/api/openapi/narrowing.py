"""What the description says of members of inputs, where drf-spectacular knows only half of it."""

from typing import Any

from django.core.validators import RegexValidator
from rest_framework.serializers import ListSerializer

from newsdb.api.request.input_fields import Day, Text
from newsdb.dates import PATTERN

#: Something besides white space, of which Python knows a few characters more than a pattern's ``\s``.
NOT_BLANK = r"[^\s\x1c-\x1f\x85]"


def narrow(field: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """``schema``, of a member that is written, with what ``field`` refuses besides."""
    match field:
        case Day():
            return schema | {"pattern": PATTERN}
        case Text(allow_blank=False):
            told = any(isinstance(each, RegexValidator) for each in field.validators)
            return {"minLength": 1, **({} if told else {"pattern": NOT_BLANK}), **schema}
        case ListSerializer():
            rows: Any = field  # whose stubs know no max_length
            lengths = {"minItems": rows.min_length, "maxItems": rows.max_length}
            return schema | {name: length for name, length in lengths.items() if length is not None}
    return schema
