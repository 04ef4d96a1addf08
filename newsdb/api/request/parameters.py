"""Query parameters: how each is parsed, validated and documented.

A view declares its parameters by name (``endpoints.base.StrictView``). Unknown and invalid ones are errors;
none is ignored.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from newsdb.api.exceptions import ParameterError
from newsdb.dates import FIRST_YEAR, LAST_YEAR, PATTERN, YEAR, PartialDate

MAX_TEXT = 200
MAX_ID = 2**63 - 1

_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_UID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_INTEGER = re.compile(r"-?[0-9]{1,19}")  # int() also takes "1_000", " 1" and other scripts' digits


class InvalidValueError(ValueError):
    """An invalid value of a parameter. The message is for the client."""

    def __init__(self, detail: str, *, code: str = "invalid", allowed: Iterable[Any] | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.allowed = allowed


class Parameter:
    """A query parameter. Subclasses define how a value is parsed, and its JSON Schema.

    ``help_text`` is for the API's documentation. With ``many`` the parameter may be repeated, meaning OR, and
    its value is a tuple without duplicates.
    """

    #: Whether the view requires it; the view itself must check.
    required = False
    #: How many times it may be given.
    max_values = 100

    def __init__(self, *args: Any, help_text: str, many: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # filters also inherit from django-filter's
        self.help_text = help_text
        self.many = many

    def parse(self, text: str) -> Any:
        """Parse ``text``, which is not empty. Raises ``ValueError``."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of one value."""
        raise NotImplementedError

    def read(self, name: str, texts: Sequence[str]) -> Any:
        """Parse all ``texts`` given for the parameter ``name``. Raises ``ParameterError``."""
        if len(texts) > 1 and not self.many:
            raise ParameterError(name, "repeated", f"{name} may be given only once.")
        if len(texts) > self.max_values:
            raise ParameterError(name, "too_many", f"{name} may be given at most {self.max_values} times.")
        values = []
        for text in dict.fromkeys(texts):
            if not text:
                raise ParameterError(name, "empty", f"{name} is empty: give a value, or leave it out.")
            if "\x00" in text:
                raise ParameterError(
                    name, "null_characters_not_allowed", f"{name} cannot contain the NUL character."
                )
            try:
                values.append(self.parse(text))
            except ValueError as error:
                raise ParameterError(
                    name,
                    getattr(error, "code", "invalid"),
                    f"{name}={shorten(text)}: {error}",
                    allowed=getattr(error, "allowed", None),
                ) from None
        return tuple(dict.fromkeys(values)) if self.many else values[0]


def hint_at_commas(error: ParameterError, name: str, texts: Iterable[object]) -> ParameterError:
    """Add to ``error``, if a value has a comma, that several values must be given by repetition."""
    if error.errors[0]["code"] not in ("unknown", "ambiguous", "invalid"):
        return error
    for text in texts:
        first, comma, second = str(text).partition(",")
        if comma and first and second:
            written = f"{name}={shorten(first)}&{name}={shorten(second.partition(',')[0])}"
            return error.adding(f"For several values repeat the parameter, for example: {written}.")
    return error


class TextParameter(Parameter):
    """Any text of up to ``max_length`` characters."""

    def __init__(self, *args: Any, max_length: int = MAX_TEXT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = max_length

    def parse(self, text: str) -> str:
        if len(text) > self.max_length:
            raise InvalidValueError(f"it may have at most {self.max_length} characters.", code="too_long")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length}


class ChoiceParameter(Parameter):
    """One of ``choices``, which are words or, as in Django, pairs of a word and a label."""

    def __init__(self, *args: Any, choices: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = (choice[0] if isinstance(choice, tuple | list) else choice for choice in choices)
        self.choices = list(dict.fromkeys(str(value) for value in values if value != ""))

    def parse(self, text: str) -> str:
        if text not in self.choices:
            raise InvalidValueError(f"choose from {', '.join(self.choices)}.", allowed=self.choices)
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.choices}


class IntegerParameter(Parameter):
    """A whole number from ``minimum`` to ``maximum``, in decimal digits."""

    def __init__(self, *args: Any, minimum: int, maximum: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minimum = minimum
        self.maximum = maximum

    def parse(self, text: str) -> int:
        if not _INTEGER.fullmatch(text):
            raise InvalidValueError(f"give a whole number from {self.minimum} to {self.maximum}.")
        number = int(text)
        if not self.minimum <= number <= self.maximum:
            raise InvalidValueError(f"it must be from {self.minimum} to {self.maximum}.", code="out_of_range")
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


class UidParameter(Parameter):
    """A record's `uid`; its value is a ``UUID``."""

    max_values = 50  # a hundred would not fit into the query string

    def parse(self, text: str) -> UUID:
        if not _UID.fullmatch(text):
            raise InvalidValueError("give the record's uid, as in 00ca6838-e8ce-40e2-a1bd-1160b04a51d5.")
        return UUID(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid", "examples": ["00ca6838-e8ce-40e2-a1bd-1160b04a51d5"]}


class BooleanParameter(Parameter):
    """``true`` or ``false``, and nothing else."""

    def parse(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise InvalidValueError("choose from true, false.", allowed=["true", "false"])
        return text == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class DateTimeParameter(Parameter):
    """A date and time as in RFC 3339. Its value is a ``datetime`` in UTC."""

    def parse(self, text: str) -> datetime:
        # An unescaped plus sign in a query string is decoded as a space.
        written = _INSTANT.fullmatch(text.replace(" ", "+"))
        try:
            moment = datetime.fromisoformat(written[0] if written else "")
        except ValueError:
            raise InvalidValueError("give a date and time, for example: 2024-10-23T12:00:00Z.") from None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise InvalidValueError(f"give a year from {FIRST_YEAR} to {LAST_YEAR}.", code="out_of_range")
        # Convert to UTC: PostgreSQL refuses offsets of 16 hours or more, which RFC 3339 allows.
        return moment.astimezone(UTC)

    def schema(self) -> dict[str, Any]:
        examples = ["2024-10-23T12:00:00Z"]
        return {"type": "string", "format": "date-time", "pattern": f"^{YEAR}-", "examples": examples}


class PartialDateParameter(Parameter):
    """A day, a month or a year; its value is a ``PartialDate``."""

    def parse(self, text: str) -> PartialDate:
        return PartialDate.parse(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": PATTERN, "examples": ["2024-10-23", "2024-10", "2024"]}


def shorten(text: str, limit: int = 80) -> str:
    """``text``, cut to a length that is fit for an error message."""
    return text if len(text) <= limit else f"{text[:limit]}…"
