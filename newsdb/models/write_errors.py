"""Explains errors of writes that models or databases refuse."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.db.models import UniqueConstraint

from newsdb.databases.health import UNAVAILABLE
from newsdb.ledger.records import tables
from newsdb.ledger.rewriting import TooManyRecordsError

#: The errors to expect when a write is refused, as opposed to failures of the server.
WRITE_ERRORS = (ValidationError, IntegrityError, DataError)
_RECORD = re.compile(r": (?P<type>[a-z]+) (?P<uid>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\.$")


def explain(error: Exception) -> list[str]:
    """Explain, in sentences for the user, what was refused and why."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    first_line = next(iter(str(error).splitlines()), type(error).__name__)
    if first_line.endswith("."):  # the message of a trigger
        return [first_line]
    if not isinstance(error, DatabaseError):
        return [f"{first_line}."]
    violated = [message for name, message in _rules() if re.search(rf"\b{re.escape(name)}(?!\w)", first_line)]
    return violated or [f"The database refused this, and nothing was saved: {first_line}."]


def _rules() -> Iterator[tuple[str, str]]:
    """The names that databases use for each rule in their errors, with the rule's message."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = str(constraint.get_violation_error_message())
            yield constraint.name, message
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                yield _unique_columns(model, constraint.fields), message
        for field in model._meta.concrete_fields:
            if field.unique:
                message = " ".join(model().unique_error_message(model, (field.name,)).messages)
                yield _unique_columns(model, (field.name,)), message
                yield f"{model._meta.db_table}_{field.column}_key", message


def _unique_columns(model: Any, fields: Sequence[str]) -> str:
    """Columns as SQLite's unique errors name them: ``actors_actorname.actor_id, actors_actorname.name``."""
    meta = model._meta
    return ", ".join(f"{meta.db_table}.{meta.get_field(name).column}" for name in fields)


def is_conflict(error: Exception) -> bool:
    """Whether other records are in the way: one has a unique value already, or too many show this one."""
    sqlstate = getattr(error.__cause__, "sqlstate", "")
    return (
        isinstance(error, TooManyRecordsError)
        or sqlstate == "23505"
        or "UNIQUE constraint failed" in str(error)
        or bool(_record_match(error))
    )


def conflicting_record(error: Exception) -> Any:
    """The conflicting record that a trigger's error names, or None."""
    named = _record_match(error)
    models = (table.model for table in tables() if named and table.declared == table.record)
    model = next((model for model in models if named and model.record.type == named["type"]), None)
    return model and named and model._base_manager.filter(uid=named["uid"]).first()


def _record_match(error: Exception) -> re.Match[str] | None:
    """The match of a record's type and uid at the end of a trigger's error: "… already: statement 5f0c…."."""
    return _RECORD.search(str(error).splitlines()[0]) if isinstance(error, IntegrityError) else None


#: PostgreSQL's codes for lock timeouts, serialization failures and deadlocks.
_LOCK_ERRORS = ("55P03", "40001", "40P01")
_DISK_FULL = "53100"


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, or the connection was lost."""
    code = _code_of(error)
    # libpq's own errors, which are about the connection, have no SQLSTATE.
    return code == sqlite3.SQLITE_CANTOPEN or code == "" or _has_sqlstate(code, UNAVAILABLE)


def is_statement_timeout(error: BaseException | None) -> bool:
    """Whether the database cancelled a statement because it timed out."""
    return _code_of(error) in (sqlite3.SQLITE_INTERRUPT, "57014")


def is_locked(error: BaseException | None) -> bool:
    """Whether a write failed because of a lock."""
    code = _code_of(error)
    return code == sqlite3.SQLITE_BUSY or _has_sqlstate(code, _LOCK_ERRORS)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether a write failed because the database's disk is full."""
    return _code_of(error) in (sqlite3.SQLITE_FULL, _DISK_FULL)


def _has_sqlstate(code: str | int | None, states: tuple[str, ...]) -> bool:
    return isinstance(code, str) and code.startswith(states)


def _code_of(error: BaseException | None) -> str | int | None:
    """The code of an ``OperationalError``: SQLite's result code, or an SQLSTATE, ``""`` if it has none."""
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF
    return None if cause is None else getattr(cause, "sqlstate", None) or ""
