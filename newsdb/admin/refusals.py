"""What a form let through and the model or the database refused, told to the curator."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import UniqueConstraint

#: A refusal is an answer, not a failure: whatever raises one of these is shown as a message.
REFUSALS = (ValidationError, IntegrityError, DataError)


def explain(error: Exception) -> list[str]:
    """What was refused and why, in sentences."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    said = str(error).splitlines()[0]
    rules = [message for name, message in _rules() if re.search(rf"\b{re.escape(name)}(?!\w)", said)]
    if rules:
        return rules
    return [f"The database refused this, and nothing was saved: {said}."]


def _rules() -> Iterator[tuple[str, str]]:
    """What each database names a broken rule by, and what the rule says."""
    for model in apps.get_models():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            message = str(constraint.get_violation_error_message())
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                if constraint.violation_error_message is constraint.default_violation_error_message:
                    message = _not_unique(model, constraint.fields)
                yield _columns(model, constraint.fields), message
            yield constraint.name, message
        for field in model._meta.concrete_fields:
            if field.unique:
                message = _not_unique(model, (field.name,))
                yield _columns(model, (field.name,)), message
                yield f"{table}_{field.column}_key", message


def _columns(model: Any, fields: Sequence[str]) -> str:
    """SQLite's name for a uniqueness: ``actors_actorname.actor_id, actors_actorname.name``."""
    meta = model._meta
    return ", ".join(f"{meta.db_table}.{meta.get_field(name).column}" for name in fields)


def _not_unique(model: Any, fields: Sequence[str]) -> str:
    return " ".join(model().unique_error_message(model, fields).messages)
