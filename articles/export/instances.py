"""Explains what is wrong with a row, using its model and the database; slow, so only for doubtful rows."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import Error, transaction

from articles.export.columns import Found
from articles.export.dataset import Public
from articles.export.naming import name_in
from articles.export.reading import ReleaseError

#: A line number, from 1, and its row.
Numbered = tuple[int, dict[str, Any]]


def instance_of(public: Public, numbered: Numbered, found: Found) -> Any:
    """Build an unsaved instance of a row. Raises ReleaseError if the model refuses a value."""
    number, row = numbered
    try:
        facts = {}
        for foreign_key, columns in public.references.items():
            facts[foreign_key.attname] = found[foreign_key].get(name_in(row, tuple(columns)))
            if facts[foreign_key.attname] is None and any(row[name] is not None for name in columns):
                names = ", ".join(str(row[name]) for name in columns)
                raise ValidationError(f"{', '.join(columns)}: there is no record {names}.")
        for name, path in public.columns.items():
            if path == name and name not in public.derived:
                facts[name] = row[name]
        instance = public.model(**facts)
        # References are already resolved; validating them would take a query per row.
        instance.clean_fields(exclude=[foreign_key.name for foreign_key in public.references])
    except ValidationError as error:
        raise _refusal(public, number, error) from None
    return instance


def blame(
    public: Public, batch: list[Numbered], found: Found, write: Callable[[Numbered, Any], None]
) -> None:
    """Find the first row of a batch that the database refuses, and raise ReleaseError with the reason.

    ``write`` writes one row; it also gets the instance.
    """
    for numbered in batch:
        instance = instance_of(public, numbered, found)
        try:
            instance.validate_unique()
            instance.validate_constraints()
            with transaction.atomic():
                write(numbered, instance)
        except (ValidationError, Error) as error:
            raise _refusal(public, numbered[0], error) from None
    raise ReleaseError(
        f"{public.name}.jsonl, lines {batch[0][0]} to {batch[-1][0]}: refused by the database."
    )


def _refusal(public: Public, number: int, error: ValidationError | Error) -> ReleaseError:
    said = _said(error) if isinstance(error, ValidationError) else str(error).splitlines()[0]
    return ReleaseError(f"{public.name}.jsonl, line {number}: {said}")


def _said(error: ValidationError) -> str:
    if hasattr(error, "error_dict"):
        return " ".join(
            f"{'' if name == '__all__' else f'{name}: '}{' '.join(messages)}"
            for name, messages in error.message_dict.items()
        )
    return " ".join(error.messages)
