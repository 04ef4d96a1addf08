"""A disk that is full: it is said and logged that it is, nothing is lost, and reading goes on."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from actors.models import Actor
from articles.models import Capture
from tests.clients import editor
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)
TRIGGER = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION full_disk();"""
TABLES = ("actors_actor", "articles_capture")


@pytest.fixture
def full() -> Iterator[None]:
    """A store that has no room for another row; its tables and their triggers are as ever afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # What is free in the file itself, and on its last pages, is to be filled first.
            cursor.execute("PRAGMA page_count")
            most = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {most}")
        else:
            for table in TABLES:
                cursor.execute(TRIGGER.format(table=table).replace("full_disk", f"full_disk_{table}"))
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            for table in TABLES:
                cursor.execute(f"DROP FUNCTION full_disk_{table} CASCADE")


def write_until_full(client: Any) -> Any:
    """The first answer that is no success; names are long, so that there is not much to it."""
    for number in range(500):
        names = [f"{n} " + "x" * 190 for n in range(50)]
        body = {"slug": f"a-{number}", "name": "x" * 200, "names": names}
        answer = client.post("/api/v1/actors/", body, format="json")
        if answer.status_code != 201:
            return answer
    raise AssertionError("It is not full.")


@pytest.mark.usefixtures("full")
def test_a_writer_is_told_and_the_log_has_the_cause(caplog: pytest.LogCaptureFixture) -> None:
    answer = write_until_full(editor())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert answer.json()["detail"].startswith("The disk of the database is full; nothing was changed.")
    (failure,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert failure.getMessage() == "The disk of the database is full"
    assert failure.exc_info
    count = Actor.objects.count()
    assert Client().get("/api/v1/actors/?count=on").json()["count"] == count


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A file of many pages."""
    text = Path("fixtures/sample_page.txt").read_text()
    file = tmp_path / "pages.jsonl"
    rows = [
        {"id": str(n), "text": f"{text}\nPage {n}.\n" + "x " * 20_000, "source_url": f"https://a.example/{n}"}
        for n in range(30)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


@pytest.mark.usefixtures("full")
def test_a_run_stops_and_says_so(pages: Path, caplog: pytest.LogCaptureFixture) -> None:
    told = StringIO()
    with pytest.raises(
        CommandError, match=r"The disk of the database is full\. Make room, then run this again"
    ):
        call_command("ingest", pages, stdout=StringIO(), stderr=told)
    assert "is full" not in told.getvalue()  # of each page that is left
    assert Capture.objects.count() < 30
    assert caplog.records == []


def test_readiness_says_that_there_is_no_room(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ActorFactory()
    monkeypatch.setattr(connection, "has_room", lambda: False)
    answer = client.get("/readyz")
    assert answer.status_code == 200  # what is there can be read
    assert answer.json() == {"status": "ok", "writing": "The disk of the database is full."}


def test_room_is_measured_where_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    store: Any = connection
    assert store.has_room()
    if connection.vendor == "sqlite":
        monkeypatch.setattr("newsdb.sqlite.base.ROOM", 2**62)
        assert not store.has_room()
