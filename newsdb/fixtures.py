"""Loading fixtures where they cannot undo anybody's work."""

from collections.abc import Sequence

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import loaddata
from django.db import transaction

from newsdb.ledger import loading


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

    Raises CommandError where there is no such fixture, DeserializationError where one does not parse.
    """
    if not is_empty():
        return None
    if not fixtures:
        return 0
    command = loaddata.Command()
    with loading():
        call_command(command, *fixtures, verbosity=0)
    return command.loaded_object_count
