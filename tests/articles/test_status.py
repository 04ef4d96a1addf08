"""Every pair of statuses, on every path: only the named transitions pass."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from articles.models import Article, Statement
from newsdb.ledger import attributed
from newsdb.models.bulk import constraints_disabled
from tests.admin_pages import submit
from tests.clients import editor, write
from tests.factories import ArticleFactory, StatementFactory

pytestmark = pytest.mark.django_db

REASON = "Heard again."
NONE = {"retracted_at": None, "retraction_reason": ""}
RETRACTED = {"retracted_at": datetime(2026, 1, 1, tzinfo=UTC), "retraction_reason": REASON}
NAMED = {
    ("proposed", "published"),
    ("proposed", "rejected"),
    ("rejected", "proposed"),
    ("rejected", "published"),
    ("published", "retracted"),
    ("retracted", "published"),
}
PAIRS = [
    *(
        (StatementFactory, pair)
        for pair in permutations(("proposed", "published", "rejected", "retracted"), 2)
    ),
    *((ArticleFactory, pair) for pair in permutations(("published", "retracted"), 2)),
]
SENTENCES = r"cannot become proposed or rejected|can be retracted|only with a reason|be proposed or published"


def facts_of(status: str) -> dict[str, Any]:
    """What a row of this status has."""
    return {"status": status, **(RETRACTED if status == "retracted" else NONE)}


def by_save(row: Any, facts: dict[str, Any], _: Path) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()


def by_update(row: Any, facts: dict[str, Any], _: Path) -> None:
    type(row).objects.filter(pk=row.pk).update(**facts)


def by_bulk_update(row: Any, facts: dict[str, Any], _: Path) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    type(row).objects.bulk_update([row], list(facts))


def by_upsert(row: Any, facts: dict[str, Any], _: Path) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.pk = None
    type(row).objects.bulk_create([row], update_conflicts=True, update_fields=[*facts], unique_fields=["uid"])


def by_sql(row: Any, facts: dict[str, Any], _: Path) -> None:
    places = ", ".join(f"{name} = %s" for name in facts)
    with connection.cursor() as cursor:
        sql = f"UPDATE {row._meta.db_table} SET {places} WHERE id = %s"
        cursor.execute(sql, [*facts.values(), row.pk])


def by_fixture(row: Any, facts: dict[str, Any], directory: Path) -> None:
    path = directory / "rows.json"
    call_command("dumpdata", row._meta.label, natural_primary=True, natural_foreign=True, output=path)
    (dumped,) = json.loads(path.read_text())
    dumped["fields"] |= facts
    path.write_text(json.dumps([dumped], default=str))
    call_command("loaddata", path, verbosity=0)


def line_of(row: Any, sentence: str) -> str:
    """What is printed when the database refuses the record of the fixture."""
    return f"Nothing was loaded.\nrows.json, record 1 ({row._meta.label_lower} {row.uid}): {sentence}"


Path_ = Callable[[Any, dict[str, Any], Path], None]
PATHS: list[Path_] = [by_save, by_update, by_bulk_update, by_upsert, by_sql, by_fixture]


@pytest.mark.parametrize("reason", ["", REASON])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("factory", "pair"), PAIRS)
def test_only_the_named_transitions_pass(
    factory: Any, pair: tuple[str, str], path: Path_, reason: str, tmp_path: Path
) -> None:
    row = factory(**facts_of(pair[0]))
    refusal = ""
    try:
        with attributed(by="ines", reason=reason):
            path(row, facts_of(pair[1]), tmp_path)
    except (IntegrityError, CommandError) as error:
        refusal = str(error)
    # A retraction has a reason of its own; to restore something takes the reason of the change.
    passes = pair in NAMED and (bool(reason) or pair[1] != "published" or pair[0] != "retracted")
    assert type(row).objects.get(uid=row.uid).status == pair[passes]
    assert passes or any(part in refusal for part in SENTENCES.split("|")), refusal
    assert passes or path is not by_fixture or refusal.startswith(line_of(row, ""))


@pytest.mark.parametrize("factory", [StatementFactory, ArticleFactory])
@pytest.mark.parametrize("path", [by_save, by_update, by_bulk_update, by_sql, by_fixture])
@pytest.mark.parametrize("blank", ["", "  "])
def test_without_a_reason_nothing_is_retracted(factory: Any, path: Path_, blank: str, tmp_path: Path) -> None:
    row = factory()
    facts = facts_of("retracted") | {"retraction_reason": blank}
    with pytest.raises((IntegrityError, CommandError)) as refused, attributed(by="ines", reason=REASON):
        path(row, facts, tmp_path)
    assert path is not by_fixture or str(refused.value).startswith(line_of(row, "A retraction "))
    assert type(row).objects.get(uid=row.uid).status == "published"


#: What of the API leads to a status, in order.
ASKED: dict[str, list[Callable[[str], tuple[str, str, dict[str, Any]]]]] = {
    "proposed": [lambda at: ("patch", at, {"status": "proposed"})],
    "rejected": [lambda at: ("patch", at, {"status": "rejected"})],
    "published": [
        lambda at: ("patch", at, {"status": "published"}),
        lambda at: ("post", f"{at}restore/", {"reason": REASON}),
    ],
    "retracted": [
        lambda at: ("patch", at, {"status": "retracted"}),
        lambda at: ("post", f"{at}retract/", {"reason": REASON}),
    ],
}


@pytest.mark.parametrize(("factory", "pair"), PAIRS)
def test_the_api_has_the_named_transitions(factory: Any, pair: tuple[str, str]) -> None:
    row = factory(**facts_of(pair[0]))
    client, at = editor(), f"{row._meta.model_name}s/{row.uid}/"
    passed = [write(client, *ask(at)).status_code for ask in ASKED[pair[1]]]
    row.refresh_from_db()
    assert row.status == pair[pair in NAMED]
    assert [code for code in passed if code != 200] == [code for code in passed if code in (400, 409, 410)]


#: What pages of the admin lead to a status.
PRESSED = {
    "proposed": ["propose"],
    "rejected": ["reject"],
    "published": ["publish", "restore"],
    "retracted": ["retract"],
}


@pytest.mark.parametrize(("factory", "pair"), PAIRS)
def test_the_admin_has_the_named_transitions(
    admin_client: Client, factory: Any, pair: tuple[str, str]
) -> None:
    row = factory(**facts_of(pair[0]))
    page = f"/admin/articles/{row._meta.model_name}/{row.pk}/"
    submit(admin_client, f"{page}change/", reason=REASON, **facts_of(pair[1]))
    row.refresh_from_db()
    assert row.status == pair[0]
    for button in PRESSED[pair[1]]:
        admin_client.post(f"{page}{button}/", {"reason": REASON})
    row.refresh_from_db()
    assert row.status == pair[pair in NAMED]


BEGINNINGS = [
    *((StatementFactory, status) for status in ("proposed", "published", "rejected", "retracted")),
    *((ArticleFactory, status) for status in ("published", "retracted")),
]


def saved(row: Any, _: Path) -> None:
    row.save()


def created_in_bulk(row: Any, _: Path) -> None:
    type(row).objects.bulk_create([row])


def inserted_by_sql(row: Any, _: Path) -> None:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and not field.generated]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({places})", values)


def loaded(row: Any, directory: Path) -> None:
    path = directory / "rows.json"
    names = [field.name for field in row._meta.concrete_fields if not field.generated]
    written = serializers.serialize("json", [row], fields=names, use_natural_foreign_keys=True)
    path.write_text(written)
    call_command("loaddata", path, verbosity=0)


@pytest.mark.parametrize(("factory", "status"), BEGINNINGS)
@pytest.mark.parametrize("path", [saved, created_in_bulk, inserted_by_sql, loaded])
def test_a_new_row_begins_as_proposed_or_published(
    factory: Any, status: str, path: Callable[[Any, Path], None], tmp_path: Path
) -> None:
    row = factory.build(**facts_of(status))
    if isinstance(row, Statement):
        row.article, row.speaker = ArticleFactory(), None
    else:
        row.outlet = ArticleFactory().outlet
    refused = False
    try:
        with transaction.atomic():
            path(row, tmp_path)
    except IntegrityError as error:
        refused = "only a fixture or an import" in str(error)
    assert refused == (path is not loaded and status in ("rejected", "retracted"))
    assert type(row).objects.filter(uid=row.uid).exists() != refused


def test_the_api_makes_none_that_is_rejected() -> None:
    article = ArticleFactory()
    body = {"article": article.uid, "kind": "direct", "words": ["We sail."], "status": "rejected"}
    answer = write(editor(), "post", "statements/", body, None)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/status"]
    assert not Statement.objects.exists()


def older_release(row: Any, status: str) -> None:
    """Give a row a status that the database let it have once."""
    with transaction.atomic(), constraints_disabled(connection, [row._meta.db_table]):
        type(row).objects.filter(pk=row.pk).update(**facts_of(status))


DELETIONS: list[Callable[[Any], Any]] = [
    lambda row: row.delete(),
    lambda row: type(row).objects.filter(pk=row.pk).delete(),
    lambda row: type(row).objects.filter(pk=row.pk)._raw_delete("default"),
]


@pytest.mark.parametrize("delete", DELETIONS)
@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (factory, status)
        for factory in (StatementFactory, ArticleFactory)
        for status in ("published", "retracted")
    ],
)
def test_what_was_public_is_never_deleted(factory: Any, status: str, delete: Callable[[Any], Any]) -> None:
    row = factory(**facts_of(status))
    with pytest.raises(IntegrityError, match="cannot be deleted"), attributed(by="ines", reason=REASON):
        delete(row)
    assert type(row).objects.filter(uid=row.uid).exists()
    with attributed(by="ines", erasing=True):
        delete(row)
    assert not type(row).objects.filter(uid=row.uid).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("delete", DELETIONS)
@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_what_was_never_public_is_deleted_and_what_was_once_is_not(
    status: str, delete: Callable[[Any], Any]
) -> None:
    never, once = StatementFactory(status=status), StatementFactory()
    older_release(once, status)
    delete(never)
    with pytest.raises(IntegrityError, match="cannot be deleted"):
        delete(once)
    assert list(Statement.objects.values_list("uid", flat=True)) == [once.uid]
    # Otherwise it is a proposal like any other.
    Statement.objects.update(status="proposed")
    Statement.objects.update(status="published")


def test_a_fixture_that_is_loaded_again_leaves_what_was_retracted(tmp_path: Path) -> None:
    article = ArticleFactory()
    path = tmp_path / "rows.json"
    call_command("dumpdata", "articles.Article", natural_primary=True, output=path)
    Article.objects.update(**facts_of("retracted"))
    with pytest.raises(CommandError) as refused:
        call_command("loaddata", path, verbosity=0)
    sentence = "A retracted article can be published again only with a reason, "
    assert str(refused.value).startswith(line_of(article, sentence))
    article.refresh_from_db()
    assert (article.status, article.retraction_reason) == ("retracted", REASON)
    with attributed(by="ines", reason="As in the fixture."):
        call_command("loaddata", path, verbosity=0)
    article.refresh_from_db()
    assert article.status == "published"
