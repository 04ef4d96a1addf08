"""An outlet's former addresses keep working, in a path, a parameter and a body."""

import pytest

from articles.models import Outlet
from tests.clients import editor, write
from tests.factories import OutletFactory, StatementFactory
from tests.reader import Reader

API = "http://127.0.0.1:8000/api/v1"


@pytest.fixture
def outlet(db: None) -> Outlet:
    outlet = StatementFactory().article.outlet
    Outlet.objects.filter(pk=outlet.pk).update(slug="gazette", wikidata_id="Q42")
    Outlet.objects.filter(pk=outlet.pk).update(slug="courier")
    outlet.refresh_from_db()
    return outlet


@pytest.mark.parametrize("address", ["gazette", "Gazette", "Courier", "Q42", "q42"])
def test_a_former_address_leads_to_the_present_one(reader: Reader, outlet: Outlet, address: str) -> None:
    response = reader.get(f"outlets/{address}/")
    assert (response.status_code, response.content) == (308, b"")
    assert response["Location"] == f"{API}/outlets/courier/"
    assert reader.one("outlets/courier/")["name"] == outlet.name


@pytest.mark.parametrize("address", ["gazette", "courier", "GAZETTE", "q42"])
def test_lists_take_any_of_them(reader: Reader, outlet: Outlet, address: str) -> None:
    StatementFactory()
    for path in ("statements/", "articles/"):
        (row,) = reader.rows(path, outlet=address)
        assert (row.get("article") or row)["outlet"]["slug"] == "courier"


def test_a_deleted_outlets_address_is_gone(reader: Reader, db: None) -> None:
    OutletFactory(slug="gazette").delete()
    problem = reader.problem(410, "outlets/gazette/")
    assert problem["detail"] == "The outlet gazette was deleted; its address is never reused."
    assert reader.problem(404, "outlets/nowhere/")["detail"] == "There is no outlet nowhere."


def test_a_writer_may_name_it_by_any_of_them(outlet: Outlet) -> None:
    client = editor()
    body = {"headline": "A ferry returns", "outlet": "gazette"}
    made = write(client, "post", "articles/", body)
    assert made.status_code == 201
    assert made.json()["outlet"]["slug"] == "courier"


def test_a_former_address_is_not_free(outlet: Outlet) -> None:
    client = editor()
    answer = write(client, "post", "outlets/", {"slug": "gazette", "name": "Another"})
    assert (answer.status_code, answer.json()["url"]) == (409, f"{API}/outlets/courier/")
    renamed = write(client, "patch", "outlets/courier/", {"slug": "gazette"})
    assert renamed.status_code == 200  # it is its own
    assert client.get("/api/v1/outlets/courier/").headers["Location"] == f"{API}/outlets/gazette/"
