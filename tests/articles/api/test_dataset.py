"""The dataset as a whole: its version, what it covers, its licence and its releases."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.api.views import dataset
from articles.export.release import write_release
from articles.services.retraction import retract_statement
from newsdb.models import Change
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
)
from tests.reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader() -> Reader:
    return Reader()


def fill() -> None:
    gazette, herald = (
        OutletFactory(slug="gazette", name="Gazette"),
        OutletFactory(slug="herald", name="Herald"),
    )
    article = ArticleFactory(outlet=gazette, published_on=date(2024, 2, 1), published_precision="month")
    BylineFactory(article=article, author=ActorFactory(slug="ada"))
    ada = ActorFactory(slug="speaker")
    StatementFactory(article=article, speaker=ada)
    StatementFactory(article=article, speaker=ada, said_on=date(2023, 12, 31), said_precision="day")
    StatementFactory(article=ArticleFactory(outlet=gazette), speaker=None)
    StatementFactory(article=article, status="proposed", speaker=ActorFactory())
    ArticleFactory(outlet=herald, status="retracted", retracted_at="2024-01-01T00:00Z", retraction_reason="x")
    RelatedLinkFactory(related_list__article=article)


def test_empty(reader: Reader) -> None:
    answer = reader.one("dataset/")
    assert (answer["version"], answer["updated_at"], set(answer["counts"].values())) == (0, None, {0})
    assert answer["coverage"] == {
        "first_date": None,
        "last_date": None,
        "undated": 0,
        "by_year": [],
        "by_outlet": [],
        "other_outlets": 0,
    }
    assert answer["releases"] == []


def test_what_is_public_is_counted(reader: Reader) -> None:
    fill()
    answer = reader.one("dataset/")
    assert answer["counts"] == {
        "statements": 3,
        "speakers": 1,
        "articles": 2,
        "authors": 1,
        "outlets": 2,
        "actors": 3,
        "related_links": 1,
    }
    gazette = {"articles": 2, "statements": 3, "first_date": "2023-12-31", "last_date": "2024-02-29"}
    herald = {"articles": 0, "statements": 0, "first_date": None, "last_date": None}
    assert answer["coverage"] == {
        "first_date": "2023-12-31",
        "last_date": "2024-02-29",
        "undated": 1,
        "by_year": [{"year": 2023, "statements": 1}, {"year": 2024, "statements": 1}],
        "by_outlet": [
            {"slug": "gazette", "name": "Gazette", **gazette},
            {"slug": "herald", "name": "Herald", **herald},
        ],
        "other_outlets": 0,
    }


def test_the_version_is_that_of_the_latest_public_change(reader: Reader) -> None:
    statement = StatementFactory()
    latest = Change.objects.order_by("-sequence").first()
    StatementFactory(article=statement.article, status="proposed", speaker=None)
    answer = reader.one("dataset/")
    assert answer["version"] == latest.sequence
    assert answer["updated_at"] == latest.at.isoformat().replace("+00:00", "Z")
    retract_statement(statement=statement, reason="Misheard.", by="ines")
    assert reader.one("dataset/")["version"] > latest.sequence


def test_only_so_many_outlets_are_listed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "MOST", 2)
    OutletFactory.create_batch(3)
    busy = StatementFactory().article.outlet
    coverage = reader.one("dataset/")["coverage"]
    assert coverage["by_outlet"][0]["slug"] == busy.slug
    assert (len(coverage["by_outlet"]), coverage["other_outlets"]) == (2, 2)


def test_the_queries_are_few_however_much_there_is(reader: Reader) -> None:
    fill()
    with CaptureQueriesContext(connection) as queries:
        reader.one("dataset/")
    StatementFactory.create_batch(5)
    assert len(queries) <= 24
    with CaptureQueriesContext(connection) as more:
        reader.one("dataset/")
    assert len(more) == len(queries)
    with CaptureQueriesContext(connection) as fewer:
        reader.one("dataset/")
    assert len(fewer) <= 3


def test_it_is_fresh_until_something_changes(reader: Reader, settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_DIR = str(tmp_path)
    StatementFactory()
    tags = [reader.get("dataset/")["ETag"]]
    unchanged = reader.client.get("/api/v1/dataset/", headers={"If-None-Match": tags[0]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    write_release(tmp_path / "first")
    tags.append(reader.get("dataset/")["ETag"])
    settings.DATASET_LICENCE = {"name": "ODbL-1.0", "url": "https://opendatacommons.org/licenses/odbl/"}
    tags.append(reader.get("dataset/")["ETag"])
    StatementFactory()
    tags.append(reader.get("dataset/")["ETag"])
    assert len(set(tags)) == 4


def test_licence_and_releases(reader: Reader, settings: Any, tmp_path: Path) -> None:
    StatementFactory()
    assert reader.one("dataset/")["licence"] == {
        "name": "CC0-1.0",
        "url": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    settings.RELEASES_DIR = str(tmp_path / "nowhere")
    assert reader.one("dataset/")["releases"] == []
    settings.RELEASES_DIR = str(tmp_path)
    version = write_release(tmp_path / "2024-10").version
    for name, content in {".2024-11.0.partial": "{}", "empty": "", "other": '{"version": "x"}'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "datapackage.json").write_text(content)
    (tmp_path / "notes.txt").touch()
    (release,) = reader.one("dataset/")["releases"]
    package = (tmp_path / "2024-10" / "datapackage.json").read_bytes()
    assert release["sha256"] == hashlib.sha256(package).hexdigest()
    assert (release["name"], release["version"]) == ("2024-10", version)


def test_unknown_parameters_are_refused(reader: Reader) -> None:
    assert reader.problem(400, "dataset/", outlet="gazette")["errors"][0]["parameter"] == "outlet"
    assert reader.one("")["dataset"].endswith("/api/v1/dataset/")
