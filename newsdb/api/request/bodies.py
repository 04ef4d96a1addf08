"""Request bodies: JSON of limited size and depth, without values that one of the databases could not store.

Python's parser reads them rather than orjson, which silently keeps the last of two members with the same
name, converts integers beyond 64 bits to floats, and cannot locate a lone surrogate.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from newsdb.api.exceptions import MAX_ERRORS, Problem, pointer_to
from newsdb.api.request.parameters import shorten
from newsdb.text import check_text

MAX_DEPTH = 32
MAX_INTEGER = 2**63 - 1


def check_transport(request: Request) -> None:
    """Refuse, unread, a body that is too large (413), compressed (415) or without a length (411)."""
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        # Without a Content-Length, Django would treat the body as empty.
        raise Problem(411, "Send the body with its Content-Length, not in chunks.")
    if request.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in ("", "identity"):
        raise Problem(415, "Send the body uncompressed.")
    limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        raise Problem(400, "Content-Length is not a number.")
    if len(length) > 18 or int(length) > limit:
        raise Problem(413, f"A body may have at most {limit:,} bytes.")


class JSONParser(BaseParser):
    """``application/json``, in UTF-8."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The value in the body. Raises ``Problem``."""
        charset = str((parser_context or {}).get("encoding", "utf-8"))
        if charset.lower() not in ("utf-8", "utf8"):
            raise Problem(415, "Send the body in UTF-8.")
        return read_json(stream.read())


def read_json(body: bytes) -> Any:
    """Parse a JSON text, and check that all of it can be stored.

    Raises ``Problem`` (400), whose ``errors`` point to the invalid values.
    """
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
        errors = list(islice(_errors(value, None, 1), MAX_ERRORS))
    except UnicodeDecodeError as error:
        errors = [_error(None, "encoding", f"It is not UTF-8 (at byte {error.start}).")]
    except json.JSONDecodeError as error:
        errors = [_error(None, "syntax", f"It is not JSON: {error.msg} (at character {error.pos}).")]
    except RecursionError:
        errors = [_too_deep(None)]
    if errors:
        raise Problem(400, "The body is invalid.", errors=errors)
    return value


@dataclass(frozen=True, slots=True)
class _Invalid:
    """A placeholder for an invalid value."""

    code: str
    detail: str


class _DuplicateNames(dict):
    """An object with two members of the same name."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else _DuplicateNames(members)


def _integer(digits: str) -> int | _Invalid:
    if len(digits) < 21 and abs(number := int(digits)) <= MAX_INTEGER:
        return number
    return _Invalid("out_of_range", "A number does not fit into 64 bits.")


def _number(digits: str) -> float | _Invalid:
    number = float(digits)
    return (
        number if math.isfinite(number) else _Invalid("out_of_range", "A number does not fit into 64 bits.")
    )


def _constant(name: str) -> _Invalid:
    return _Invalid("not_a_number", f"{name} is not a number in JSON.")


class _Path(NamedTuple):
    """The path to a value, as a linked list: the last step, and the path to the object or array it is in.

    Only those of invalid values are made into pointers, since names may be as long as the body.
    """

    before: "_Path | None"
    step: str | int


def _errors(value: Any, path: _Path | None, depth: int) -> Iterator[dict[str, str]]:
    if isinstance(value, _Invalid):
        yield _error(path, value.code, value.detail)
    elif isinstance(value, str):
        if refusal := _text_error(value):
            yield _error(path, *refusal)
    elif isinstance(value, dict | list) and depth > MAX_DEPTH:
        yield _too_deep(path)
    elif isinstance(value, dict):
        if isinstance(value, _DuplicateNames):
            yield _error(path, "repeated", "Two members have the same name.")
        for name, inner in value.items():
            if refusal := _text_error(name):
                yield _error(path, *refusal)  # a name like that cannot stand in a pointer
            elif not isinstance(inner, _ALWAYS_VALID):
                yield from _errors(inner, _Path(path, name), depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if not isinstance(inner, _ALWAYS_VALID):
                yield from _errors(inner, _Path(path, index), depth + 1)


#: Once parsed, these cannot be invalid.
_ALWAYS_VALID = (int, float, type(None))


def _text_error(text: str) -> tuple[str, str] | None:
    try:
        check_text(text)
    except ValidationError as error:
        return str(error.code), str(error.messages[0])
    return None


def _too_deep(path: _Path | None) -> dict[str, str]:
    return _error(path, "too_deep", f"It may be nested at most {MAX_DEPTH} levels deep.")


def _error(path: _Path | None, code: str, detail: str) -> dict[str, str]:
    return {"pointer": _pointer(path), "code": code, "detail": detail}


def _pointer(path: _Path | None) -> str:
    """The JSON Pointer for a path. Long names are cut."""
    steps = []
    while path is not None:
        steps.append(shorten(str(path.step)))
        path = path.before
    return reduce(pointer_to, reversed(steps), "")
