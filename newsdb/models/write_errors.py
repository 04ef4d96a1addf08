"""What models and databases refuse, told in sentences."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.db.models import UniqueConstraint

from newsdb.ledger.records import tables

#: A refusal is an answer, not a failure.
WRITE_ERRORS = (ValidationError, IntegrityError, DataError)
_RECORD = re.compile(r": (?P<type>[a-z]+) (?P<uid>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\.$")


def explain(error: Exception) -> list[str]:
    """What was refused and why, in sentences."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    said = next(iter(str(error).splitlines()), type(error).__name__)
    if said.endswith("."):  # the message of a trigger
        return [said]
    if not isinstance(error, DatabaseError):
        return [f"{said}."]
    broken = [message for name, message in _rules() if re.search(rf"\b{re.escape(name)}(?!\w)", said)]
    return broken or [f"The database refused this, and nothing was saved: {said}."]


def _rules() -> Iterator[tuple[str, str]]:
    """What the databases call each rule when it is broken, and what it says."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = str(constraint.get_violation_error_message())
            yield constraint.name, message
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                yield _columns(model, constraint.fields), message
        for field in model._meta.concrete_fields:
            if field.unique:
                message = " ".join(model().unique_error_message(model, (field.name,)).messages)
                yield _columns(model, (field.name,)), message
                yield f"{model._meta.db_table}_{field.column}_key", message


def _columns(model: Any, fields: Sequence[str]) -> str:
    """What SQLite calls that which must be unique: ``actors_actorname.actor_id, actors_actorname.name``."""
    meta = model._meta
    return ", ".join(f"{meta.db_table}.{meta.get_field(name).column}" for name in fields)


def is_conflict(error: Exception) -> bool:
    """Whether the database refused a row because another one has what must be unique."""
    sqlstate = getattr(error.__cause__, "sqlstate", "")
    return sqlstate == "23505" or "UNIQUE constraint failed" in str(error) or bool(_named(error))


def conflicting_record(error: Exception) -> Any:
    """The conflicting record that a trigger's error names, or None."""
    named = _named(error)
    models = (table.model for table in tables() if named and table.declared == table.record)
    model = next((model for model in models if named and model.record.type == named["type"]), None)
    return model and named and model._base_manager.filter(uid=named["uid"]).first()


def _named(error: Exception) -> re.Match[str] | None:
    """The end of a sentence as in "… already: statement 5f0c….": a record's type and uid."""
    return _RECORD.search(str(error).splitlines()[0]) if isinstance(error, IntegrityError) else None


#: What PostgreSQL says while it goes down or comes up, or has no connection left: SQLSTATEs, and a class.
_AWAY = ("08", "57P01", "57P02", "57P03", "53300")
#: PostgreSQL's codes for lock timeouts, serialization failures and deadlocks.
_LOCKED = ("55P03", "40001", "40P01")
_FULL = "53100"


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, or the connection was lost."""
    code = _code_of(error)
    # What libpq itself has to say, that there is no connection (any more), has no SQLSTATE.
    return code == sqlite3.SQLITE_CANTOPEN or code == "" or _is_one_of(code, _AWAY)


def is_statement_timeout(error: BaseException | None) -> bool:
    """Whether the database cancelled a statement at its timeout."""
    return _code_of(error) in (sqlite3.SQLITE_INTERRUPT, "57014")


def is_locked(error: BaseException | None) -> bool:
    """Whether a write failed because of a lock."""
    code = _code_of(error)
    return code == sqlite3.SQLITE_BUSY or _is_one_of(code, _LOCKED)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether the disk of a database is full."""
    return _code_of(error) in (sqlite3.SQLITE_FULL, _FULL)


def _is_one_of(code: str | int | None, states: tuple[str, ...]) -> bool:
    return isinstance(code, str) and code.startswith(states)


def _code_of(error: BaseException | None) -> str | int | None:
    """The code of an ``OperationalError``: SQLite's result code, or an SQLSTATE, perhaps ``""``."""
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF
    return None if cause is None else getattr(cause, "sqlstate", None) or ""
