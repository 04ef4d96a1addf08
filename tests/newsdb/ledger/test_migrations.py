"""What a migration adds, drops or renames is nobody's change of a record, and hides nobody's."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from articles.models import Statement
from newsdb.admin.history import compare
from newsdb.api.rows.versions import differences
from newsdb.ledger import attributed
from newsdb.ledger.comparison import comparable
from newsdb.models import Change
from tests.factories import BylineFactory, anchored_statement, erase
from tests.newsdb.ledger.facts import facts
from tests.newsdb.ledger.migrations import Migrated

STATEMENT, ANCHOR, ACTOR, CAPTURE = (
    ("articles", "statement"),
    ("articles", "anchor"),
    ("actors", "actor"),
    ("articles", "capture"),
)
#: A record, a part of one, a record that others show, and a part that others show.
WATCHED = [STATEMENT, ANCHOR, ACTOR, CAPTURE]
RECORDS = [STATEMENT, ACTOR, ("articles", "article"), ("articles", "outlet")]


@pytest.fixture
def migrated(transactional_db: None) -> Iterator[Migrated]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        database = Migrated(monkeypatch)
        yield database
        database.undo()


def state(database: Migrated) -> dict[tuple[str, str], Any]:
    """All records as they are: their facts by type and uid."""
    rows = [row for record in RECORDS for row in database.model(*record).objects.all()]
    return {(row.record.type, str(row.uid)): facts(row) for row in rows}


def versions() -> dict[tuple[str, str], list[Change]]:
    """Every change of each record, newest first, each with its ``before``."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in Change.objects.order_by("-version").with_before():
        found.setdefault((change.record_type, str(change.uid)), []).append(change)
    return found


def assert_told(before: Any, after: Any, earlier: Any) -> None:
    """Each record that differs has one more version, which tells just that; others have none."""
    for record, history in versions().items():
        altered = {
            name: (before[record][name], value)
            for name, value in after[record].items()
            if before[record][name] != value
        }
        assert len(history) == len(earlier[record]) + bool(altered), (record, altered)
        if altered:
            change: Any = history[0]
            told = differences(change.before, change.snapshot, True, True)
            assert {each["field"]: (each["before"], each["after"]) for each in told} == altered
            in_admin = {fact.field.split(" › ")[0] for fact in compare(change.before, change.snapshot)}
            assert in_admin == {name.replace("_", " ") for name in altered}


def some_field(chance: random.Random) -> models.Field:
    return chance.choice(
        [
            models.CharField(max_length=50, blank=True, default=""),
            models.CharField(max_length=50, blank=True, default="as migrated"),
            models.BooleanField(default=True),
            models.BooleanField(default=False),
            models.IntegerField(null=True),
        ]
    )


def migrate(database: Migrated, chance: random.Random, number: int) -> None:
    target = chance.choice(WATCHED)
    names = sorted(database.added.get(target, ()))
    match chance.choice(["add", "add", "drop", "rename"] if names else ["add"]):
        case "add":
            database.add(*target, f"added_{number}", some_field(chance))
        case "drop":
            database.drop(*target, chance.choice(names))
        case "rename":
            database.rename(*target, chance.choice(names), f"renamed_{number}")


VALUES: dict[tuple[str, str], dict[str, list[str]]] = {
    STATEMENT: {"cue": ["", "said", "added"]},
    ANCHOR: {"prefix": ["At the quay: “", "quay: “"]},
    ACTOR: {"name": ["Ada Quay", "A. Quay"]},
    CAPTURE: {"source_url": ["", "https://a.example/", "https://b.example/"]},
}


def edit(database: Migrated, chance: random.Random) -> None:
    """Write a column of a row, often what it held before, or put a part away, perhaps back again."""
    target = chance.choice(WATCHED)
    model = database.model(*target)
    row = chance.choice(list(model.objects.order_by("pk")))
    if target == ANCHOR and chance.random() < 0.4:
        row.delete()
        row.save(force_insert=True)
        return
    name = chance.choice([*VALUES[target], *sorted(database.added.get(target, ()))])
    match model._meta.get_field(name):
        case models.BooleanField():
            values: list[Any] = [True, False]
        case models.IntegerField():
            values = [None, 0, 7]
        case _:
            values = VALUES[target].get(name, ["", "as migrated", "Rome"])
    model.objects.filter(pk=row.pk).update(**{name: chance.choice(values)})


@pytest.mark.torture(times=100)
def test_a_history_tells_what_people_changed_and_nothing_else(migrated: Migrated, seed: int) -> None:
    chance = random.Random(seed)
    with transaction.atomic():
        for words in ("Half past six", "Ten past six"):
            statement = anchored_statement(words, "would do", matched=True)
            BylineFactory(article=statement.article, author=statement.speaker)
    for number in range(3):
        numbers = {record: len(history) for record, history in versions().items()}
        for part in range(chance.choice([1, 1, 2])):
            migrate(migrated, chance, 10 * number + part)
        assert {record: len(history) for record, history in versions().items()} == numbers
        for _ in range(3):
            before, earlier = state(migrated), versions()
            with attributed(by="ines", reason="Misprint."):
                for _ in range(chance.choice([1, 1, 2, 4])):
                    edit(migrated, chance)
                if chance.random() < 0.3:
                    connection.check_constraints()  # PostgreSQL numbers what there is so far
                    edit(migrated, chance)
            assert_told(before, state(migrated), earlier)


def told(record: Any) -> list[tuple[int, str, Any, Any]]:
    """What the API tells of a record's history, newest first: version, field, before, after."""
    answer = Client().get(f"/api/v1/statements/{record.uid}/history/", follow=True).json()
    return [
        (version["version"], change["field"], change["before"], change["after"])
        for version in answer["results"]
        for change in version["changes"]
    ]


def test_a_field_that_is_added_renamed_and_dropped(migrated: Migrated) -> None:
    with transaction.atomic():
        statement = anchored_statement("Half past six")
    rows = Statement.objects.filter(pk=statement.pk)

    migrated.add(*STATEMENT, "place_said", models.CharField(max_length=50, default=""))
    rows.update(cue="said")
    assert told(statement) == [(2, "cue", "", "said")]
    migrated.model(*STATEMENT).objects.filter(pk=statement.pk).update(place_said="Rome")
    assert told(statement)[0] == (3, "place_said", "", "Rome")

    migrated.rename(*STATEMENT, "place_said", "venue")
    rows.update(cue="added")
    assert told(statement)[0] == (4, "cue", "said", "added")
    migrated.drop(*STATEMENT, "venue")
    rows.update(cue="")
    assert told(statement)[0] == (5, "cue", "added", "")
    assert len(told(statement)) == 4


def test_the_first_edit_of_a_new_field_is_told_with_what_it_held(migrated: Migrated) -> None:
    with transaction.atomic():
        statement = anchored_statement("Half past six")
    migrated.add(*STATEMENT, "place_said", models.CharField(max_length=50, default="as migrated"))
    rows = migrated.model(*STATEMENT).objects.filter(pk=statement.pk)
    rows.update(place_said="")
    assert told(statement) == [(2, "place_said", "as migrated", "")]


def test_the_admin_tells_the_same(migrated: Migrated, admin_client: Client) -> None:
    with transaction.atomic():
        statement = anchored_statement("Half past six")
    migrated.add(*STATEMENT, "place_said", models.CharField(max_length=50, default="as migrated"))
    Statement.objects.filter(pk=statement.pk).update(cue="said")
    change = Change.objects.of(statement).first()
    assert change
    for address in (
        reverse("admin:articles_statement_history", args=[statement.pk]),
        reverse("admin:newsdb_change_change", args=[change.pk]),
    ):
        page = admin_client.get(address).content.decode()
        assert "<ins>said</ins>" in page
        assert "<ins>as migrated</ins>" not in page


def test_an_added_field_of_what_others_show_is_no_change_of_theirs(migrated: Migrated) -> None:
    with transaction.atomic():
        statement = anchored_statement("Half past six")
    name = statement.speaker.name
    for target in (ACTOR, CAPTURE, ANCHOR):
        migrated.add(*target, "note_added", models.CharField(max_length=50, default="as migrated"))
    speaker = migrated.model(*ACTOR).objects.filter(pk=statement.speaker_id)
    with transaction.atomic():
        for each in ("Another Name", name):
            speaker.update(name=each)
    assert Change.objects.of(statement).count() == Change.objects.of(statement.speaker).count() == 1
    speaker.update(note_added="")
    assert [field for _, field, _, _ in told(statement)] == ["speaker"]


def test_only_members_that_both_snapshots_have_are_compared() -> None:
    old = {"cue": "said", "gone": 1, "anchors": [{"exact": "a", "capture": {"sha256": "1"}}], "speaker": None}
    new = {
        "cue": "said",
        "anchors": [{"exact": "a", "note": "", "capture": {"sha256": "1", "held": True}}],
        "speaker": {"slug": "ada"},
    }
    before, after = comparable(old, new)
    assert before == {"cue": "said", "anchors": old["anchors"], "speaker": None}
    assert after == before | {"speaker": {"slug": "ada"}}
    # A list that was empty tells nothing of what its rows had.
    assert comparable({"names": []}, {"names": [{"name": "Ada"}]}) == (
        {"names": []},
        {"names": [{"name": "Ada"}]},
    )


def test_an_erasure_clears_what_was_kept_of_a_record_before_a_change(migrated: Migrated) -> None:
    with transaction.atomic():
        statement = anchored_statement("Half past six")
    migrated.add(*STATEMENT, "place_said", models.CharField(max_length=50, default=""))
    Statement.objects.filter(pk=statement.pk).update(cue="said")
    kept = Change.objects.of(statement).exclude(baseline=None)
    assert "Half past six" in kept.get().baseline["text"]
    with pytest.raises(IntegrityError):
        kept.update(baseline=None)
    with attributed(by="", erasing=True):
        kept.update(baseline=None)
    assert not kept.exists()
    erase(statement)
    last = Change.objects.of(statement).first()
    assert (last.action, last.baseline) == ("erased", None)
