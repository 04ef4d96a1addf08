"""A release is loaded whole into an empty database, or what is wrong with it is named."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor, ActorSlug
from articles.export import loading
from articles.export.dataset import TABLES
from articles.export.loading import load_release
from articles.export.reading import ReleaseError
from articles.export.release import write_release
from articles.models import Outlet, OutletSlug, Statement
from newsdb.fixtures import is_empty
from newsdb.models import Change
from tests.factories import ErasureFactory, OutletFactory
from tests.pristine import empty_database

pytestmark = pytest.mark.django_db(transaction=True)

Edit = Callable[[list[dict[str, Any]]], Any]

#: The columns that a release must have; a column added to one of these tables later is optional.
REQUIRED = {
    "actors": "uid kind name slug wikidata_id updated_at",
    "actor_slugs": "slug actor",
    "actor_names": "actor name",
    "roles": "actor title organisation started_on started_precision ended_on ended_precision",
    "outlets": "uid name slug wikidata_id text_policy updated_at",
    "outlet_domains": "outlet domain",
    "articles": (
        "uid headline deck outlet section language source_url published_on published_precision updated_at"
    ),
    "bylines": "article position author printed_name note",
    "captures": (
        "article sha256 text_sha256 length media_type extractor extractor_version source_url captured_at"
    ),
    "related_lists": "article position title",
    "related_links": (
        "article list position title section outlet_label outlet printed_date published_on "
        "published_precision target"
    ),
    "statements": (
        "uid article speaker speaker_label kind text cue audience language translated said_on "
        "said_precision said_on_source_url date date_precision date_basis attributed_by extractor "
        "extractor_version confidence reviewed text_match text_checked_at updated_at"
    ),
    "anchors": "statement capture position exact prefix suffix start end match checked_at",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a release is kept for all tests here, once the first of them has written it."""
    return tmp_path_factory.mktemp("written") / "release"


@pytest.fixture
def release(written: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A release to play with, and an empty database."""
    if not written.exists():
        request.getfixturevalue("dataset")
        write_release(written)
        empty_database()
    return shutil.copytree(written, tmp_path / "release")


def forge(release: Path, table: str, edit: Edit) -> None:
    """Change the rows of a table and make the sums agree, as a sloppy toolmaker would."""
    file = release / f"{table}.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]
    edit(rows)
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    restate(release, file.name)


def restate(release: Path, name: str) -> None:
    digest = hashlib.sha256((release / name).read_bytes()).hexdigest()
    sums = release / "SHA256SUMS"
    sums.write_text(re.sub(rf"[0-9a-f]{{64}}  {re.escape(name)}", f"{digest}  {name}", sums.read_text()))


def set_to(number: int, **values: Any) -> Edit:
    return lambda rows: rows[number].update(values)


def test_it_says_what_it_loaded(release: Path) -> None:
    call_command("import_dataset", str(release), stdout=(said := StringIO()))
    assert re.fullmatch(r"Loaded \d+ rows of version \d+ from .*release\.\n", said.getvalue())


def test_only_into_an_empty_database(release: Path) -> None:
    outlet = OutletFactory()
    with pytest.raises(CommandError, match="already has records"):
        call_command("import_dataset", str(release), verbosity=0)
    assert not Actor.objects.exists()
    outlet.refresh_from_db()


def test_a_file_that_was_touched_is_named(release: Path) -> None:
    for name in ("statements.jsonl", "actors.csv", "datapackage.json"):
        file = release / name
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        with pytest.raises(CommandError, match=f"^{re.escape(name)} is not the file that was released"):
            call_command("import_dataset", str(release), verbosity=0)
        file.unlink()
        with pytest.raises(CommandError, match=f"^{re.escape(name)} is missing"):
            call_command("import_dataset", str(release), verbosity=0)
        file.write_bytes(content)
    assert is_empty()


def test_what_is_no_release_is_refused(release: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="SHA256SUMS is missing"):
        load_release(tmp_path / "nowhere")
    sums = release / "SHA256SUMS"
    sums.write_text(re.sub(r".*  anchors\.jsonl\n", "", sums.read_text()))
    with pytest.raises(ReleaseError, match=r"does not list anchors\.jsonl"):
        load_release(release)
    sums.write_text(f"{'0' * 64}  ../../etc/passwd\n")
    with pytest.raises(ReleaseError, match="SHA256SUMS, line 1"):
        load_release(release)


def give_away(rows: list[dict[str, Any]]) -> None:
    """An address of one actor's to another."""
    assert rows[1]["slug"] == "ada"
    rows[1]["actor"] = "ministry"


CASES: list[tuple[str, Edit, str]] = [
    ("actors", set_to(1, nickname="Ada"), r"actors\.jsonl, line 2: nickname: there is no such column"),
    ("actors", lambda rows: rows[0].pop("slug"), r"actors\.jsonl, line 1: slug: missing"),
    ("actors", set_to(0, name=5), r"line 1: name: 5 is not a valid string"),
    ("actors", set_to(0, name=None), r"line 1: name: null"),
    ("actors", set_to(0, name=""), r"line 1: name: This field cannot be blank"),
    ("actors", set_to(0, kind="alien"), r"line 1: kind: .*not a valid choice"),
    ("actors", set_to(0, name="x" * 201), r"line 1: name: .*at most 200"),
    ("actors", set_to(0, name="a\x00b"), r"line 1: name: .*NUL"),
    ("actors", set_to(0, uid="1"), r"line 1: uid: '1' is not a valid uuid"),
    ("actors", set_to(0, updated_at="2024-01-01"), r"line 1: updated_at: .* is not a valid datetime"),
    ("actors", set_to(0, updated_at="2024-13-01T00:00:00Z"), r"updated_at: .* is not a valid datetime"),
    ("actors", lambda rows: rows.append({**rows[0], "uid": rows[1]["uid"]}), r"line \d+: .*already exists"),
    ("actors", set_to(0, slug="q12"), r"line 1: .*reserved for Wikidata"),
    ("actor_names", set_to(1, actor="nobody"), r"actor_names\.jsonl, line 2: actor: there is no record"),
    ("actor_slugs", give_away, r"actor_slugs\.jsonl, line 2: .*already"),
    ("roles", set_to(0, started_on="2020-03-02"), r"roles\.jsonl, line 1: Give both started_on and"),
    ("related_links", set_to(0, list=7), r"related_links\.jsonl, line 1: article, list: there is no record"),
    ("statements", set_to(0, translated="yes"), r"line 1: translated: 'yes' is not a valid boolean"),
    ("statements", set_to(2, confidence=2), r"statements\.jsonl, line 3: .*confidence from 0 to 1"),
    ("statements", set_to(0, confidence=True), r"line 1: confidence: True is not a valid number"),
    ("anchors", set_to(1, end=1), r"anchors\.jsonl, line 2: "),
    ("anchors", set_to(0, start=-1, end=7), r"anchors\.jsonl, line 1: start: "),
    ("anchors", set_to(0, start=1.5), r"anchors\.jsonl, line 1: start: 1.5 is not a valid integer"),
]  # fmt: skip


def test_a_row_that_cannot_be_is_named(release: Path, tmp_path: Path) -> None:
    for number, (table, edit, said) in enumerate(CASES):
        forged = shutil.copytree(release, tmp_path / str(number))
        forge(forged, table, edit)
        with pytest.raises(CommandError, match=said):
            call_command("import_dataset", str(forged), verbosity=0)
    assert is_empty()
    assert not Change.objects.exists()


def test_a_line_that_is_no_row_is_named(release: Path) -> None:
    for line in ("{", "[]", ""):
        file = release / "outlets.jsonl"
        file.write_text(f"{line}\n", "utf-8")
        restate(release, file.name)
        with pytest.raises(ReleaseError, match=r"outlets\.jsonl, line 1: not "):
            load_release(release)
    assert is_empty()


def test_rows_in_several_batches_are_all_loaded(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    loaded = load_release(release)
    assert loaded.counts["statements"] == Statement.objects.count() == 6
    assert loaded.counts["actor_slugs"] == ActorSlug.objects.count()
    forge(release, "anchors", set_to(2, end=1))
    empty_database()
    with pytest.raises(ReleaseError, match=r"anchors\.jsonl, line 3: "):
        load_release(release)


def test_what_follows_from_others_is_worked_out_anew(release: Path) -> None:
    forge(release, "statements", set_to(0, text_match="mismatched", date="1999-01-01"))
    load_release(release)
    first = Statement.objects.order_by("id").first()
    assert (first.text_match, str(first.date)) == ("matched", "2024-10-01")


@pytest.mark.parametrize(
    ("record_type", "table"), [("actor", "actors"), ("article", "articles"), ("statement", "statements")]
)
def test_a_record_that_was_erased_is_named(release: Path, record_type: str, table: str) -> None:
    second = (release / f"{table}.jsonl").read_text("utf-8").split("\n")[1]
    ErasureFactory(record_type=record_type, uid=json.loads(second)["uid"])
    with pytest.raises(ReleaseError, match=rf"{table}.jsonl, line 2: .*a record with this uid was erased"):
        load_release(release)
    assert is_empty()


@pytest.mark.parametrize("anchored", [True, False])
def test_the_same_words_at_the_same_place_are_loaded_once(release: Path, anchored: bool) -> None:
    uid = "5f0c0f5e-0000-4000-8000-000000000000"
    anchors = [json.loads(line) for line in (release / "anchors.jsonl").read_text("utf-8").splitlines()]
    placed = {anchor["statement"] for anchor in anchors}

    def again(rows: list[dict[str, Any]]) -> None:
        there = next(row for row in rows if (row["uid"] in placed) == anchored)
        rows.append({**there, "uid": uid})
        twice.append(there["uid"])

    def anchor_again(rows: list[dict[str, Any]]) -> None:
        rows.extend([{**row, "statement": uid} for row in rows if row["statement"] == twice[0]])

    twice: list[str] = []
    forge(release, "statements", again)
    forge(release, "anchors", anchor_again)
    refused = r"statements.jsonl, line \d+: these words of this speaker are already published .*, in line \d+"
    with pytest.raises(ReleaseError, match=refused):
        load_release(release)
    assert is_empty()


@pytest.mark.parametrize(
    ("of_both", "of_the_second", "moved"),
    [
        ({}, {}, 1000),
        ({"speaker": None, "speaker_label": "The mate"}, {"speaker_label": "The cook"}, 0),
        ({"text": "?!"}, {}, 0),
    ],
    ids=["elsewhere", "of another", "without a word"],
)
def test_what_only_looks_like_the_same_is_loaded(
    release: Path, of_both: dict[str, Any], of_the_second: dict[str, Any], moved: int
) -> None:
    uid, first = "5f0c0f5e-0000-4000-8000-000000000000", []

    def add(rows: list[dict[str, Any]]) -> None:
        rows[0].update(of_both)
        rows.append({**rows[0], "uid": uid, **of_the_second})
        first.append(rows[0]["uid"])

    def anchor(rows: list[dict[str, Any]]) -> None:
        places = [row for row in rows if row["statement"] == first[0]]
        rows += [
            {**row, "statement": uid, "start": row["start"] + moved, "end": row["end"] + moved}
            for row in places
        ]

    forge(release, "statements", add)
    forge(release, "anchors", anchor)
    load_release(release)
    assert Statement.objects.filter(uid__in=[uid, *first]).count() == 2


@pytest.mark.parametrize(
    "description",
    ["[" * 100_000, '{"version": "%s"}' % ("9" * 5000), '{"version": %s}' % ("9" * 5000), "{}", "[]"],
)
def test_a_hostile_description_is_refused_in_a_line(release: Path, description: str) -> None:
    (release / "datapackage.json").write_text(description)
    restate(release, "datapackage.json")
    with pytest.raises(CommandError, match=r"^datapackage\.json .{1,200}\.$"):
        call_command("import_dataset", release)


def test_a_column_added_later_is_optional() -> None:
    required = {
        public.name: " ".join(column.name for column in public.table.columns if not column.optional)
        for public in TABLES
        if not public.added_later
    }
    assert required == REQUIRED


def test_a_release_without_later_columns_is_loaded(release: Path) -> None:
    for public in TABLES:

        def older(rows: list[dict[str, Any]], later: tuple[str, ...] = public.optional) -> None:
            for row in rows:
                for name in later:
                    del row[name]

        forge(release, public.name, older)
    load_release(release)
    later = ("joint_uid", "place", "in_latest_capture", "latest_capture")
    assert set(Statement.objects.values_list(*later)) == {(None, "", None, None)}


def test_a_small_table_may_lack_later_columns_too(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def older(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            del row["wikidata_id"]

    forge(release, "actors", older)
    actors = next(public for public in TABLES if public.name == "actors")
    columns = tuple(replace(c, optional=c.name == "wikidata_id") for c in actors.table.columns)
    monkeypatch.setitem(vars(actors), "table", replace(actors.table, columns=columns))
    load_release(release)
    assert set(Actor.objects.values_list("wikidata_id", flat=True)) == {None}


def test_a_joint_statement_is_one_again(release: Path) -> None:
    load_release(release)
    first, second = Statement.objects.exclude(joint_uid=None)
    assert first.joint_uid == second.joint_uid
    change: Any = Change.objects.of(first).get()
    assert [each["uid"] for each in change.snapshot["joint_with"]] == [str(second.uid)]


def test_a_joint_statement_of_two_articles_is_refused(release: Path) -> None:
    def divide(rows: list[dict[str, Any]]) -> None:
        joint = [row for row in rows if row["joint_uid"]]
        joint[1]["article"] = next(row["article"] for row in rows if row["article"] != joint[0]["article"])

    forge(release, "statements", divide)
    refused = r"statements.jsonl, line \d+: a joint statement has one article; .* different one, in line \d+"
    with pytest.raises(ReleaseError, match=refused):
        load_release(release)
    assert is_empty()


def test_a_statement_said_after_its_article_was_published_is_refused(release: Path) -> None:
    def date_later(rows: list[dict[str, Any]]) -> None:
        rows[0] |= {"said_on": "2999-01-01", "said_precision": "day"}

    forge(
        release,
        "articles",
        lambda rows: [row.update(published_on="2024-11-01", published_precision="day") for row in rows],
    )
    forge(release, "statements", date_later)
    with pytest.raises(ReleaseError, match=r"statements.jsonl, line 1: its article was published before"):
        load_release(release)
    assert is_empty()


def test_a_release_from_before_a_table_was_added_is_loaded(release: Path) -> None:
    (release / "outlet_slugs.jsonl").unlink()
    sums = release / "SHA256SUMS"
    sums.write_text("".join(line for line in sums.open() if "outlet_slugs." not in line))
    load_release(release)
    slugs = Outlet.objects.values_list("slug", flat=True)
    assert sorted(OutletSlug.objects.values_list("slug", flat=True)) == sorted(slugs)
