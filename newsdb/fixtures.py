"""Loads fixtures: checks them first, loads all of them or nothing, and reports each error in one line."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.core.serializers import base, python
from django.db import transaction

from newsdb.fixture_records import Entry, FixtureError, find_faults, key_of
from newsdb.models.write_errors import WRITE_ERRORS, explain


def is_empty() -> bool:
    """Whether all tables of the dataset's apps are empty."""
    return not any(
        model._base_manager.exists()
        for label in settings.DATASET_APPS
        for model in apps.get_app_config(label).get_models()
    )


@transaction.atomic
def load_if_empty(fixtures: Sequence[str]) -> int | None:
    """Load fixtures, all or none, and return the number of records; None if the dataset was not empty.

    Raises ``CommandError`` if a fixture does not exist or has faults.
    """
    if not is_empty():
        return None
    if not fixtures:
        return 0
    command: Any = load_command_class(get_commands()["loaddata"], "loaddata")
    call_command(command, *fixtures, verbosity=0)
    return command.loaded_object_count


def save_entries(entries: Sequence[Entry], using: str) -> Iterator[base.DeserializedObject]:
    """Write the records of fixtures, which may be in any order, and yield each.

    Raises ``FixtureError`` with all their faults; the caller must then roll its transaction back.
    """
    if faults := find_faults(entries, using):
        raise FixtureError(faults)
    waiting = entries
    while waiting:
        refused = []
        for entry in waiting:
            try:
                with transaction.atomic(using=using):
                    [record] = python.Deserializer([entry.raw], using=using)
                    record.save(using=using)
            except (*WRITE_ERRORS, base.DeserializationError, ValueError, OverflowError) as error:
                refused.append((entry, explain(error)))
            else:
                yield record
        if len(refused) == len(waiting):
            raise FixtureError(
                [*_root_errors(refused)] or [f"{refused[0][0]}: it refers to a record that refers to it"]
            )
        # Retry these: they may refer to a later record, or be articles, which are retracted after their
        # statements.
        waiting = [entry for entry, _ in refused]


def _root_errors(refused: Sequence[tuple[Entry, list[str]]]) -> Iterator[str]:
    """The errors of refused records, except of those that refer to another refused record."""
    keys = {entry.key for entry, _ in refused if entry.key}
    for entry, sentences in refused:
        if not any(key_of(*reference) in keys for reference in entry.references()):
            yield from (f"{entry}: {sentence}" for sentence in sentences)
