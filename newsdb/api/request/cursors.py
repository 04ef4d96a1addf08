"""Cursors: the positions in a list at which pages ended, signed so that clients cannot forge them."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.core import signing

# Change the salt when the payload changes: it invalidates all signatures.
_SALT = "newsdb.api.cursor"


def scope_of(*parts: Any) -> str:
    """A short digest of the list, order and filters that a cursor belongs to."""
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:16]


def encode(scope: str, values: Sequence[Any]) -> str:
    """The cursor for a row whose ordering columns have these ``values``."""
    return _signer().sign_object([scope, [_as_json(value) for value in values]])


def decode(cursor: str) -> tuple[str, list[Any]]:
    """The scope and the values in ``cursor``, dates and UUIDs as text. Raises ``ValueError``."""
    try:
        scope, values = _signer().unsign_object(cursor)
    except signing.BadSignature as error:
        raise ValueError("It is not a cursor from this server.") from error
    return scope, values


def _as_json(value: Any) -> str | int | bool | float:
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str | int | bool | float):
        return value
    raise TypeError(f"A cursor cannot hold {value!r}: order by columns that are never null.")


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")  # the usual ":" would have to be escaped in a URL
