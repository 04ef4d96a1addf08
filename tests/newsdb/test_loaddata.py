"""A fixture that is wrong is refused, with a line for each fault: file, record, field, what is wrong."""

import json
from io import StringIO
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor
from articles.models import Article, Statement
from newsdb.fixtures import is_empty
from newsdb.models import Change
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)

UIDS = [f"c3f5e0b8-7a5e-4c57-8f0e-6d1f4a2b9c4{n}" for n in range(4)]
ACTOR = {"model": "actors.actor", "fields": {"uid": UIDS[0], "name": "Ada Example", "slug": "ada-example"}}
OUTLET = {
    "model": "articles.outlet",
    "fields": {"uid": UIDS[1], "name": "The Gazette", "slug": "the-gazette"},
}
ARTICLE = {
    "model": "articles.article",
    "fields": {"uid": UIDS[2], "outlet": ["the-gazette"], "headline": "Council keeps the library open"},
}
STATEMENT = {
    "model": "articles.statement",
    "fields": {
        "uid": UIDS[3],
        "article": [UIDS[2]],
        "speaker": ["ada-example"],
        "kind": "direct",
        "text": "The library stays.",
    },
}
WHOLE = [ACTOR, OUTLET, ARTICLE, STATEMENT]


def changed(record: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**record, "fields": {**record["fields"], **fields}}


def load(tmp_path: Path, records: Any) -> str:
    path = tmp_path / "library.json"
    path.write_text(records if isinstance(records, str) else json.dumps(records))
    call_command("loaddata", str(path), stdout=(said := StringIO()))
    return said.getvalue()


def refused(tmp_path: Path, records: Any) -> list[str]:
    """The lines of the refusal, after the first, which says that nothing was loaded."""
    with pytest.raises(CommandError) as refusal:
        load(tmp_path, records)
    first, *faults = str(refusal.value).splitlines()
    assert first.startswith("Nothing was loaded.")
    assert is_empty()
    return faults


@pytest.mark.parametrize("records", list(permutations(WHOLE)))
def test_the_order_in_the_file_does_not_matter(tmp_path: Path, records: Any) -> None:
    assert load(tmp_path, records) == "Installed 4 object(s) from 1 fixture(s)\n"
    assert Statement.objects.get().speaker == Actor.objects.get()
    assert {(change.version, change.action) for change in Change.objects.all()} == {(1, "created")}


@pytest.mark.parametrize(
    ("record", "fields", "field", "expected"),
    [
        (3, {"kind": "quote"}, "kind", "'quote' is not a valid choice; one of direct, partial, indirect"),
        (3, {"said_on": "2024-13-45"}, "said_on", "invalid date"),
        (
            3,
            {"speaker": ["ada-exampel"]},
            "speaker",
            "no actor ada-exampel in these files or in the database",
        ),
        (3, {"speaker": ["ada-exampel"]}, "speaker", "did you mean ada-example?"),
        (3, {"speaker": "ada-example"}, "speaker", '"ada-example" is not a reference; write actor as a list'),
        (3, {"article": None}, "article", "required; write article as a list: [uid]"),
        (3, {"uid": "c3f5"}, "uid", "is not a valid UUID"),
        (
            3,
            {"speeker": ["ada-example"]},
            "speeker",
            "there is no such field; did you mean speaker? there are uid, article,",
        ),
        (3, {"translated": "perhaps"}, "translated", "must be either True, False, or None"),
        (0, {"slug": "Ada Example"}, "slug", "Lower-case words joined by hyphens"),
        (0, {"wikidata_id": "3"}, "wikidata_id", "Q followed by a number"),
        (0, {"name": "x" * 201}, "name", "at most 200 characters"),
        (2, {"source_url": "javascript:1"}, "source_url", "http:// or https://"),
        (2, {"headline": None}, "headline", "cannot be null"),
        (2, {"headline": ["Ferry"]}, "headline", '["Ferry"] is not a value of this field'),
        (2, {"headline": 7}, "headline", "7 is not a value of this field"),
        (3, {"uid": 7}, "uid", "7 is not a value of this field"),
        (3, {"said_on": 7}, "said_on", "7 is not a value of this field"),
        (3, {"confidence": 10**400}, "confidence", "is not a value of this field"),
        (3, {"retracted_at": "soon"}, "retracted_at", "invalid format"),
        (3, {"text": "\ud800"}, "text", "lone surrogate"),
        (3, {"speaker": ["\ud800"]}, "speaker", '["\\ud800"] is not a reference; write actor as a list'),
        (3, {"speaker": ["ada-example", 1]}, "speaker", "is not a reference; write actor as a list: [slug]"),
        (3, {"article": [[1]]}, "article", "is not a reference; write article as a list: [uid]"),
        (3, {"article": True}, "article", "true is not a reference; write article as a list: [uid]"),
    ],
)
def test_the_field_is_named_with_what_would_do(
    tmp_path: Path, record: int, fields: dict[str, Any], field: str, expected: str
) -> None:
    records = WHOLE[: record + 1]
    records[record] = changed(WHOLE[record], **fields)
    [fault] = refused(tmp_path, records)
    assert fault.startswith(f"library.json, record {record + 1} ({WHOLE[record]['model']} ")
    assert f"): {field}: " in fault
    assert expected in fault


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    faults = refused(
        tmp_path,
        [
            changed(ACTOR, slug="Not A Slug"),
            OUTLET,
            ARTICLE,
            changed(STATEMENT, kind="quote", said_on="yesterday", speaker=None),
            *({"model": model, "fields": {}} for model in ("articles.quote", "quote", 7, None)),
            "nothing",
            {"model": "articles.outlet"},
            {"model": "articles.outlet", "fields": ["name"]},
            {"model": "articles.byline", "fields": {"article": [], "author": "ada", "position": 0}},
            {"model": "articles.byline", "fields": {"article": 7, "author": "ada", "position": 0}},
        ],
    )
    assert len(faults) == 13
    assert all("there is no such model; the dataset's are" in fault for fault in faults[3:8])
    assert all("fields: missing" in fault for fault in faults[8:10])


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ({"model": "actors.actor", "fields": {"slug": "ada", "x": 1}}, "actors.actor ada"),
        (
            {"model": "articles.capture", "fields": {"sha256": "ab", "article": 1, "x": 1}},
            "articles.capture ab",
        ),
        ({"model": "actors.actor", "fields": {"x": 1}}, "actors.actor"),
    ],
)
def test_a_record_is_named_by_what_it_has(tmp_path: Path, record: Any, named: str) -> None:
    assert f"library.json, record 1 ({named}): x: there is no such field" in "\n".join(
        refused(tmp_path, [record])
    )


def test_a_reference_to_what_is_not_of_the_dataset(tmp_path: Path) -> None:
    token = {"model": "newsdb.token", "fields": {"user": ["ines", "otto"]}}
    [fault] = refused(tmp_path, [token])
    assert 'user: ["ines", "otto"] is not a reference' in fault


@pytest.mark.parametrize(
    "record",
    [
        {**ACTOR, "pk": 2**70},
        {**ACTOR, "pk": "x"},
        changed(ACTOR, merged_into=2**70),
        {"model": "auth.group", "fields": {"name": "\ud800"}},
        {"model": "auth.group", "fields": {"name": "Readers", "permissions": 5}},
    ],
)
def test_what_only_writing_finds_is_told_of_its_record(tmp_path: Path, record: Any) -> None:
    [fault] = refused(tmp_path, [record])
    assert fault.startswith(f"library.json, record 1 ({record['model']}")


def test_a_rule_of_the_database_is_told_of_each_record(tmp_path: Path) -> None:
    faults = refused(
        tmp_path,
        [
            *WHOLE[:3],
            changed(STATEMENT, said_on="2024-10-23"),
            changed(STATEMENT, uid=UIDS[0], said_on_source_url="https://a.example/"),
        ],
    )
    assert len(faults) == 2
    assert UIDS[3] in faults[0]
    assert "said_on_source_url needs a date in said_on." in faults[1]


@pytest.mark.parametrize("step", [1, -1])
def test_records_that_only_refer_to_a_refused_one_are_not_listed(tmp_path: Path, step: int) -> None:
    records = [ACTOR, OUTLET, changed(ARTICLE, published_on="2024-10-23"), STATEMENT][::step]
    [fault] = refused(tmp_path, records)
    assert UIDS[2] in fault
    assert "Give both published_on and published_precision" in fault


def test_records_that_refer_to_each_other_are_refused(tmp_path: Path) -> None:
    other = changed(ACTOR, uid=UIDS[1], slug="ada", merged_into=["ada-example"])
    [fault] = refused(tmp_path, [changed(ACTOR, merged_into=["ada"]), other])
    assert fault.endswith("(actors.actor " + UIDS[0] + "): it refers to a record that refers to it")


@pytest.mark.parametrize(
    ("records", "name"),
    [
        ([*WHOLE, changed(STATEMENT, text="Other words.")], "uid"),
        ([*WHOLE, changed(STATEMENT, uid=UIDS[3].upper())], "uid"),
        ([*WHOLE, changed(ACTOR, uid=UIDS[2])], "slug"),
    ],
)
def test_an_identity_twice_is_refused(tmp_path: Path, records: Any, name: str) -> None:
    [fault] = refused(tmp_path, records)
    assert f": {name}: twice; record " in fault


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "the file is empty"),
        ("[{", "not JSON"),
        ('{"model": "actors.actor"}', "put [ and ] around them"),
        ("[" * 100_000, "nested too deep"),
        ("[" + "9" * 5000 + "]", "number is too long"),
    ],
)
def test_a_file_that_is_no_fixture(tmp_path: Path, content: str, expected: str) -> None:
    [fault] = refused(tmp_path, content)
    assert fault.startswith("library.json: ")
    assert expected in fault


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    for name, expected in (
        ("binary.json", "not UTF-8 text"),
        ("none.json", "Name an existing JSON file"),
        (".", "Name an existing JSON file"),
    ):
        with pytest.raises(CommandError, match=expected):
            call_command("loaddata", str(tmp_path / name))


def test_what_is_in_the_database_may_be_referred_to(tmp_path: Path) -> None:
    ActorFactory(slug="ada-example")
    load(tmp_path, WHOLE[1:])
    assert Article.objects.get().statements.get().speaker.slug == "ada-example"
