"""Releases in Parquet: the same rows as in the JSON Lines, described and hashed like these."""

import hashlib
import importlib.util
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pyarrow import parquet as pq

from articles.export import parquet
from articles.export.dataset import TABLES
from articles.export.loading import load_release
from articles.models import Article, Statement
from tests.pristine import empty_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def release(dataset: Article, tmp_path: Path) -> Path:
    call_command("export_dataset", str(tmp_path / "release"), "--parquet", verbosity=0)
    return tmp_path / "release"


def as_json(value: Any) -> Any:
    """A value of Parquet as the JSON Lines have it."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def test_it_holds_what_the_json_lines_hold(release: Path) -> None:
    rows = 0
    for public in TABLES:
        text = (release / f"{public.name}.jsonl").read_text("utf-8").split("\n")[:-1]
        read = pq.read_table(release / f"{public.name}.parquet").to_pylist()
        assert [{k: as_json(v) for k, v in row.items()} for row in read] == [json.loads(t) for t in text]
        rows += len(read)
    assert rows > len(TABLES)


def test_its_columns_have_their_types(release: Path) -> None:
    schema = pq.read_schema(release / "statements.parquet")
    types = {name: str(schema.field(name).type) for name in ("uid", "date", "confidence", "reviewed")}
    assert types == {"uid": "string", "date": "date32[day]", "confidence": "double", "reviewed": "bool"}
    assert str(schema.field("updated_at").type) == "timestamp[us, tz=UTC]"
    assert not schema.field("uid").nullable
    assert schema.field("text").metadata[b"description"]


def test_it_is_described_and_hashed(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text())
    resources = {r["path"]: r for r in package["resources"] if r["format"] == "parquet"}
    assert set(resources) == {f"{public.name}.parquet" for public in TABLES}
    sums = (release / "SHA256SUMS").read_text()
    for path, resource in resources.items():
        content = (release / path).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{digest}")
        assert resource["mediatype"] == "application/vnd.apache.parquet"
        assert f"{digest}  {path}\n" in sums


def test_it_loads_like_any_release(release: Path) -> None:
    expected = Statement.objects.public().count()
    empty_database()
    load_release(release)
    assert Statement.objects.public().count() == expected


def test_it_is_written_by_groups(dataset: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more rows are held than a group has, however many there are."""
    monkeypatch.setattr(parquet, "GROUP", 2)
    call_command("export_dataset", str(tmp_path / "small"), "--parquet", verbosity=0)
    for public in TABLES:
        data = pq.ParquetFile(tmp_path / "small" / f"{public.name}.parquet").metadata
        sizes = [data.row_group(n).num_rows for n in range(data.num_row_groups)]
        assert max(sizes, default=0) <= 2
        assert sum(sizes) == data.num_rows


def test_without_pyarrow_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match=r"requirements-extras\.txt"):
        call_command("export_dataset", str(tmp_path / "release"), "--parquet", verbosity=0)
    assert not list(tmp_path.iterdir())


def test_by_itself_there_is_none(dataset: Article, tmp_path: Path) -> None:
    call_command("export_dataset", str(tmp_path / "plain"), verbosity=0)
    assert {file.suffix for file in (tmp_path / "plain").iterdir()} == {".csv", ".jsonl", ".json", ""}
