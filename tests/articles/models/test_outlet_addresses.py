"""Addresses of outlets: each is recorded automatically, none is ever reused."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from articles.models import Outlet, OutletSlug
from newsdb.models import Change
from tests.factories import OutletFactory, StatementFactory

pytestmark = pytest.mark.django_db


def save(outlet: Outlet) -> None:
    outlet.slug = "courier"
    outlet.save(update_fields=["slug"])


def update(outlet: Outlet) -> None:
    Outlet.objects.update(slug="courier")


def bulk_update(outlet: Outlet) -> None:
    outlet.slug = "courier"
    Outlet.objects.bulk_update([outlet], ["slug"])


def write_in_sql(outlet: Outlet) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_outlet SET slug = 'courier'")


def addresses() -> dict[str, int | None]:
    return dict(OutletSlug.objects.values_list("slug", "outlet"))


@pytest.mark.parametrize("rename", [save, update, bulk_update, write_in_sql])
def test_a_renamed_outlet_keeps_its_former_address(rename: Callable[[Outlet], None]) -> None:
    outlet = OutletFactory(slug="gazette")
    for _ in range(2):
        rename(outlet)
    assert addresses() == {"gazette": outlet.pk, "courier": outlet.pk}
    Outlet.objects.update(slug="gazette")
    assert addresses() == {"gazette": outlet.pk, "courier": outlet.pk}


def test_an_address_of_another_is_refused() -> None:
    holder, other = OutletFactory(slug="gazette", name="The Gazette"), OutletFactory(slug="courier")
    Outlet.objects.filter(pk=holder.pk).update(slug="the-gazette")
    for write in (
        lambda: Outlet.objects.filter(pk=other.pk).update(slug="gazette"),
        lambda: OutletFactory(slug="gazette"),
        lambda: Outlet.objects.bulk_create([OutletFactory.build(slug="gazette")]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    other.slug = "gazette"
    with pytest.raises(ValidationError, match="belongs to The Gazette; addresses are never reused"):
        other.full_clean()
    assert addresses()["gazette"] == holder.pk


def test_an_address_outlives_its_outlet_and_never_changes() -> None:
    OutletFactory(slug="gazette").delete()
    assert addresses() == {"gazette": None}
    with pytest.raises(ValidationError, match="belongs to an outlet that was deleted"):
        OutletFactory.build(slug="gazette").full_clean()
    for write in (OutletSlug.objects.all().delete, lambda: OutletSlug.objects.update(slug="courier")):
        with pytest.raises(IntegrityError, match="an address is never deleted"), transaction.atomic():
            write()


def test_a_fixture_brings_former_addresses(tmp_path: Path) -> None:
    rows = [
        {"model": "articles.outletslug", "fields": {"slug": "gazette", "outlet": ["the-gazette"]}},
        {"model": "articles.outletslug", "fields": {"slug": "the-gazette", "outlet": ["the-gazette"]}},
    ]
    outlet = {"model": "articles.outlet", "fields": {"slug": "the-gazette", "name": "The Gazette"}}
    path = tmp_path / "fixture.json"
    path.write_text(json.dumps([outlet, *rows]))
    for _ in range(2):
        call_command("loaddata", path, verbosity=0)
    pk = Outlet.objects.get().pk
    assert addresses() == {"gazette": pk, "the-gazette": pk}
    out = StringIO()
    call_command("dumpdata", "articles.outletslug", natural_primary=True, natural_foreign=True, stdout=out)
    assert rows[0] in json.loads(out.getvalue())


def test_the_history_has_them() -> None:
    outlet = OutletFactory(slug="gazette")
    Outlet.objects.update(slug="courier")
    connection.check_constraints()  # on PostgreSQL the ledger waits for the end of a transaction
    snapshot = Change.objects.of(outlet).latest("version").snapshot
    assert snapshot["slugs"] == [{"slug": "gazette"}, {"slug": "courier"}]


def test_what_is_printed_there_is_found_by_any_address() -> None:
    outlet = StatementFactory().article.outlet
    former = outlet.slug
    Outlet.objects.filter(pk=outlet.pk).update(slug="courier")
    for text in (former, former.upper(), "courier"):
        assert Outlet.objects.found_by(text).get() == outlet
