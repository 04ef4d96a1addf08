"""Loading fixtures: checked first, loaded whole or not at all, with one line for each error."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.core.serializers import base, python
from django.db import transaction

from newsdb.fixture_records import Entry, FixtureError, Key, find_faults, in_order, key_of
from newsdb.models.refusals import REFUSALS, explain


def is_empty() -> bool:
    """Tell whether no table of the dataset's apps has a row."""
    return not any(
        model._base_manager.exists()
        for label in settings.DATASET_APPS
        for model in apps.get_app_config(label).get_models()
    )


@transaction.atomic
def load_if_empty(fixtures: Sequence[str]) -> int | None:
    """Load fixtures, all or none, and return how many records they held; None if the dataset was not empty.

    Raises ``CommandError`` where there is no such fixture, or one has faults.
    """
    if not is_empty():
        return None
    if not fixtures:
        return 0
    command: Any = load_command_class(get_commands()["loaddata"], "loaddata")
    call_command(command, *fixtures, verbosity=0)
    return command.loaded_object_count


def save_entries(entries: Sequence[Entry], using: str) -> Iterator[base.DeserializedObject]:
    """Write the records of fixtures, in whatever order they stand, and yield each.

    Raises ``FixtureError`` with all that is wrong with them; the caller's transaction is then to be undone.
    """
    if faults := find_faults(entries, using):
        raise FixtureError(faults)
    refused: set[Key | None] = set()
    deferred = []
    for entry in in_order(entries):
        if any(key_of(*reference) in refused for reference in entry.references()):
            refused.add(entry.key)  # the fault is the other's
            continue
        try:
            with transaction.atomic(using=using):
                [record] = python.Deserializer([entry.raw], using=using, handle_forward_references=True)
                record.save(using=using)
        except (*REFUSALS, base.DeserializationError, ValueError) as error:
            faults += [f"{entry}: {said}" for said in explain(error)]
            refused.add(entry.key)
        else:
            deferred += [record] if record.deferred_fields else []
            yield record
    if faults:
        raise FixtureError(faults)
    for record in deferred:
        record.save_deferred_fields(using=using)
