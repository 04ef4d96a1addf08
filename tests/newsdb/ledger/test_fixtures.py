"""Fixtures: what is dumped is what is loaded, derived columns, addresses and ledger included."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from actors.models import merge_actors
from articles.models import Article, Statement
from newsdb.models import Change
from tests.articles.models.derived import assert_derived
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    BylineFactory,
    OutletDomainFactory,
    RelatedLinkFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)
from tests.newsdb.ledger.facts import all_facts, facts, last_snapshots
from tests.pristine import empty_database

pytestmark = pytest.mark.django_db(transaction=True)


SAID = {"said_on": "2024-10-23", "said_precision": "day"}


@pytest.fixture
def dataset(db: None) -> None:
    """Some of everything, with references forth and back."""
    statement = anchored_statement("One part", "and another", matched=True, **SAID)
    anchored_statement("Words without a text", held=False, article=statement.article, speaker=None)
    Article.objects.update(
        published_on="2024-10-01", published_precision="month", source_url="https://a.example/"
    )
    renamed = statement.speaker
    assert renamed
    renamed.slug = "a-later-name"
    renamed.save()
    ActorNameFactory(actor=renamed)
    # An organisation that comes after the actor with a role in it.
    organisation = ActorFactory(kind="organisation")
    RoleFactory(actor=renamed, organisation=organisation, started_on="2020-01-01", started_precision="year")
    RoleFactory(actor=renamed)
    BylineFactory(article=statement.article)
    link = RelatedLinkFactory(related_list__article=statement.article, target=StatementFactory().article)
    RelatedLinkFactory(related_list=link.related_list, outlet=OutletDomainFactory().outlet)
    merge_actors(survivor=renamed, merged=ActorFactory(), reason="The same.", by="ines")
    ActorFactory(slug="gone").delete()


def dump(path: Path, **options: Any) -> list[dict[str, Any]]:
    """Write a fixture; what it holds, less its order and the times, which are each database's own."""
    call_command("dumpdata", *settings.DATASET_APPS, output=str(path), verbosity=0, **options)
    rows = json.loads(path.read_text())
    for row in rows:
        for name in ("updated_at", "at"):
            row["fields"].pop(name, None)
    return sorted(rows, key=json.dumps)


def load(path: Path) -> None:
    call_command("loaddata", path, stdout=StringIO())


def statements() -> list[dict[str, Any]]:
    return [facts(statement) for statement in Statement.objects.order_by("uid")]


NATURAL = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True}


def test_a_dump_loads_into_an_empty_database(dataset: None, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    before = dump(path, **NATURAL), statements()
    empty_database()
    assert not Change.objects.exists()
    load(path)
    assert (dump(path, **NATURAL), statements()) == before
    assert_derived()
    assert last_snapshots() == all_facts()


def test_loading_it_twice_changes_nothing(dataset: None, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    before = dump(path, **NATURAL), list(Change.objects.values_list())
    load(path)
    assert (dump(path, **NATURAL), list(Change.objects.values_list())) == before


def test_rows_may_come_before_those_they_refer_to(dataset: None, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    # Addresses are made by the database itself, under primary keys of its own.
    rows = dump(path, exclude=["actors.actorslug", "articles.outletslug"])
    before = statements()
    path.write_text(json.dumps(rows[::-1]))
    empty_database()
    load(path)
    assert_derived()
    assert statements() == before
    assert last_snapshots() == all_facts()
