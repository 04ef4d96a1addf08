"""A fixture is loaded into an empty dataset only, whole or not at all."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import CommandError, call_command

from actors.models import Actor
from articles.models import Outlet
from newsdb.fixtures import is_empty, load_if_empty
from tests.factories import ActorFactory, OutletFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture(tmp_path: Path) -> str:
    """A fixture of one actor and one outlet."""
    file = tmp_path / "two_records.json"
    file.write_text(serializers.serialize("json", [ActorFactory.build(), OutletFactory.build()]))
    return str(file)


def run(*fixtures: str) -> str:
    """Return what the command prints."""
    call_command("load_if_empty", *fixtures, stdout=(said := StringIO()))
    return said.getvalue()


def test_empty_dataset_is_loaded_once(fixture: str) -> None:
    assert is_empty()
    assert run(fixture) == f"Loaded 2 records from {fixture} into the empty dataset.\n"
    Actor.objects.update(name="As a curator wrote it")
    assert run(fixture) == "The dataset already has records: nothing was loaded.\n"
    assert Actor.objects.get().name == "As a curator wrote it"


@pytest.mark.parametrize("factory", [ActorFactory, OutletFactory])
def test_one_record_anywhere_keeps_the_fixture_out(fixture: str, factory: type) -> None:
    factory()
    assert load_if_empty([fixture]) is None
    assert Actor.objects.count() + Outlet.objects.count() == 1


def test_naming_no_fixture_loads_none() -> None:
    assert run() == "No fixture named: nothing loaded.\n"
    assert is_empty()


def test_unknown_fixture_leaves_the_dataset_empty(fixture: str) -> None:
    with pytest.raises(CommandError, match="no_such_fixture"):
        load_if_empty([fixture, "no_such_fixture.json"])
    assert is_empty()


def test_every_app_with_records_is_looked_at() -> None:
    """Users, sessions and the ledger do not make a dataset; all other tables of ours do."""
    here = [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
    assert set(settings.DATASET_APPS) == {config.label for config in here} - {"newsdb"}
