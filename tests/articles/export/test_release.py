"""What a release holds, what it does not, and how it describes itself."""

import csv
import hashlib
import json
import re
import signal
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.export.dataset import TABLES
from articles.export.release import write_release
from articles.export.tables import CHECKS
from articles.models import Article, Capture, Statement
from newsdb.models import Change
from tests.articles.export.conftest import ODD, store_url
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def release(dataset: Article, tmp_path: Path) -> Path:
    write_release(tmp_path / "release")
    return tmp_path / "release"


def lines(release: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (release / f"{table}.jsonl").read_text("utf-8").split("\n")[:-1]]


def cells(release: Path, table: str) -> list[dict[str, str]]:
    with (release / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_hidden_is_in_it(release: Path) -> None:
    for file in release.iterdir():
        shown = file.read_text("utf-8").replace("hidden-ada", "").replace("Hidden Ada", "")
        assert "idden" not in shown, file.name
    assert {"slug": "hidden-ada", "actor": "ada"} in lines(release, "actor_slugs")
    assert {"slug": "zz-first-address", "actor": "ada"} in lines(release, "actor_slugs")
    assert {"slug": "a-deleted-actor", "actor": None} in lines(release, "actor_slugs")
    assert {"slug": "a-former-address", "outlet": "under"} in lines(release, "outlet_slugs")
    assert {"slug": "a-deleted-outlet", "outlet": None} in lines(release, "outlet_slugs")
    assert [link["target"] for link in lines(release, "related_links") if link["title"] == "To it"] == [None]
    assert "Said under the other name." in {s["text"] for s in lines(release, "statements")}


def test_no_captured_text_is_in_it(release: Path) -> None:
    held = Capture.objects.exclude(text=None).values_list("text", flat=True)
    assert held
    assert "text" not in lines(release, "captures")[0]
    everything = "".join(file.read_text("utf-8") for file in release.iterdir())
    assert not [text for text in held if str(text) in everything]


def test_text_stands_in_it_as_it_is(release: Path, dataset: Article) -> None:
    assert lines(release, "articles")[0]["headline"] == ODD
    assert cells(release, "articles")[0]["headline"] == ODD
    first = (release / "articles.csv").read_bytes().split(b"\r\n")[0]
    assert first.startswith(b"uid,headline,")


def test_rows_refer_to_rows_of_the_release(release: Path) -> None:
    for public in TABLES:
        rows = lines(release, public.name)
        if key := public.table.key:
            assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        assert public.references.keys() == {
            f for f in public.model._meta.fields if f.is_relation and f.attname in _columns(public)
        }
        for reference in public.table.references:
            others = {tuple(row[n] for n in reference.names) for row in lines(release, reference.table)}
            for row in rows:
                named = tuple(row[name] for name in reference.columns)
                assert named == (None,) or named in others


def _columns(public: Any) -> set[str]:
    return {f"{path.split('__')[0]}_id" for path in public.columns.values()}


def test_csv_and_json_lines_say_the_same(release: Path) -> None:
    def text(value: Any) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    for public in TABLES:
        expected = [{k: text(v) for k, v in row.items()} for row in lines(release, public.name)]
        assert cells(release, public.name) == expected


def test_the_package_describes_the_files(release: Path) -> None:
    """The members that Data Package 2.0 requires, with values of the kinds that it requires."""
    package = json.loads((release / "datapackage.json").read_text())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == str(Change.objects.public().version()[0])
    assert package["licenses"] == [
        {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", package["created"])
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert len(resources) == 2 * len(TABLES)
    for name, resource in resources.items():
        content = (release / resource["path"]).read_bytes()
        assert re.fullmatch(r"[a-z0-9._-]+", name)
        assert (resource["type"], resource["bytes"]) == ("table", len(content))
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        names = [field["name"] for field in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            assert field["type"] in CHECKS
            assert field["description"].endswith((".", "”")), (name, field)
        assert set(resource["schema"].get("primaryKey", [])) <= set(names)
        for key in resource["schema"].get("foreignKeys", []):
            other = resources[key["reference"]["resource"]]
            assert other["format"] == resource["format"]
            assert set(key["fields"]) <= set(names)
            assert set(key["reference"]["fields"]) <= {f["name"] for f in other["schema"]["fields"]}


def test_the_sums_are_of_every_file(release: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=release, check=True)
    stated = {line.split("  ")[1] for line in (release / "SHA256SUMS").read_text().splitlines()}
    assert stated == {file.name for file in release.iterdir()} - {"SHA256SUMS"}


def test_twice_is_the_same(release: Path, tmp_path: Path) -> None:
    write_release(tmp_path / "again")
    for file in release.iterdir():
        if file.suffix in (".csv", ".jsonl"):
            assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_spreadsheets_get_no_formulas(dataset: Article, tmp_path: Path) -> None:
    call_command("export_dataset", str(tmp_path / "safe"), "--spreadsheet-safe", verbosity=0)
    names = [row["name"] for row in cells(tmp_path / "safe", "actor_names")]
    assert "'=SUM(A1)" in names
    assert "=SUM(A1)" in [row["name"] for row in lines(tmp_path / "safe", "actor_names")]
    for public in TABLES:
        for row in cells(tmp_path / "safe", public.name):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    package = json.loads((tmp_path / "safe" / "datapackage.json").read_text())
    assert all(("apostrophe" in r["description"]) == (r["format"] == "csv") for r in package["resources"])


def test_a_directory_that_exists_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="already exists"):
        call_command("export_dataset", str(tmp_path), verbosity=0)
    with pytest.raises(CommandError, match="not a directory"):
        call_command("export_dataset", str(tmp_path / "no" / "where"), verbosity=0)
    assert not list(tmp_path.iterdir())


def test_it_says_what_it_wrote(dataset: Article, tmp_path: Path) -> None:
    call_command("export_dataset", str(tmp_path / "release"), stdout=(said := StringIO()))
    version = Change.objects.public().version()[0]
    assert re.fullmatch(rf"Wrote version {version}, \d+ rows, to .*release\.\n", said.getvalue())


KILLED = """
import os, signal, django
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
django.setup()
from articles.export.release import write_release
def track(rows, table, total):
    for row in rows:
        yield row
        if table == "statements":
            os.kill(os.getpid(), signal.SIGKILL)
write_release(Path({path!r}), track=track)
"""


def test_killed_half_way_it_leaves_nothing_that_looks_whole(
    dataset: Article, tmp_path: Path, manage: Callable[..., subprocess.CompletedProcess]
) -> None:
    path = tmp_path / "release"
    done = manage("-c", KILLED.format(path=str(path)), url=store_url(), succeeds=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not path.exists()
    (left,) = tmp_path.iterdir()
    assert re.fullmatch(r"\.release\.[0-9a-f]+\.partial", left.name)
    assert not (left / "datapackage.json").exists()
    write_release(path)
    assert (path / "datapackage.json").exists()


def test_failed_half_way_it_leaves_nothing(dataset: Article, tmp_path: Path) -> None:
    def track(rows: Any, table: str, total: int) -> Any:
        if table == "statements":
            raise OSError("no space left on device")
        return rows

    with pytest.raises(OSError, match="no space"):
        write_release(tmp_path / "release", track=track)
    assert not list(tmp_path.iterdir())


def test_it_shows_one_state_and_keeps_no_writer_waiting(
    dataset: Article, tmp_path: Path, manage: Callable[..., subprocess.CompletedProcess]
) -> None:
    """Another program retracts everything while the release is being written."""
    retract = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsdb.settings'; django.setup();"
        "from articles.models import Article, Statement;"
        "Statement.objects.public().update(status='retracted', retracted_at='2026-01-01T00:00Z',"
        " retraction_reason='Made up.');"
        "Article.objects.update(headline='Changed meanwhile', deck='')"
    )
    expected = Statement.objects.public().count()

    def track(rows: Any, table: str, total: int) -> Any:
        if table == "articles":
            manage("-c", retract, url=store_url())
        return rows

    assert write_release(tmp_path / "release", track=track).counts["statements"] == expected
    assert "Changed meanwhile" not in (tmp_path / "release" / "articles.jsonl").read_text("utf-8")
    assert Statement.objects.public().count() == 0
    StatementFactory()  # the connection writes again as it did before


def test_it_takes_few_queries(dataset: Article, tmp_path: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        write_release(tmp_path / "release")
    assert len(queries) <= 2 * len(TABLES) + 5
