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
    waiting, deferred = in_order(entries), []
    while waiting:
        refused = []
        for entry in waiting:
            try:
                with transaction.atomic(using=using):
                    [record] = python.Deserializer([entry.raw], using=using, handle_forward_references=True)
                    record.save(using=using)
            except (*REFUSALS, base.DeserializationError, ValueError) as error:
                refused.append((entry, explain(error)))
            else:
                deferred += [record] if record.deferred_fields else []
                yield record
        if len(refused) == len(waiting):
            raise FixtureError(list(_tell(refused)))
        # An article is retracted after its statements, though they refer to it.
        waiting = [entry for entry, _ in refused]
    for record in deferred:
        record.save_deferred_fields(using=using)


def _tell(refused: Sequence[tuple[Entry, list[str]]]) -> Iterator[str]:
    """The faults of refused records, without those of records that refer to one before them."""
    keys: set[Key] = set()
    for entry, sentences in refused:
        if not any(key_of(*reference) in keys for reference in entry.references()):
            yield from (f"{entry}: {sentence}" for sentence in sentences)
        keys |= {entry.key} if entry.key else set()
