"""What a database refuses is told in the words of the rule, on either store."""

import sqlite3
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, transaction

from actors.models import Actor, ActorName
from articles.models import Statement
from newsdb.models.write_errors import explain, is_disk_full, is_locked, is_statement_timeout, is_unreachable
from tests.factories import ActorFactory, ActorNameFactory, ArticleFactory, BylineFactory, StatementFactory

pytestmark = pytest.mark.django_db


def refusal(act: Any) -> list[str]:
    with pytest.raises((DatabaseError, ValidationError)) as caught, transaction.atomic():
        act()
    return explain(caught.value)


def test_a_broken_rule_speaks_for_itself() -> None:
    statement = StatementFactory()
    told = refusal(lambda: Statement.objects.filter(pk=statement.pk).update(said_precision="day"))
    assert told[0].startswith("Give both said_on and said_precision")


def test_a_unique_rule_does_too() -> None:
    name = ActorNameFactory()
    told = refusal(lambda: ActorNameFactory(actor=name.actor, name=name.name))
    rule = next(rule for rule in ActorName._meta.constraints if rule.name == "actors_actorname_once_an_actor")
    assert told == [rule.get_violation_error_message()]
    byline = BylineFactory()
    assert refusal(lambda: BylineFactory(article=byline.article)) == [
        "Two authors cannot have the same position."
    ]
    ArticleFactory(source_url="https://a.example/b")
    assert refusal(lambda: ArticleFactory(source_url="http://a.example/b/")) == [
        "There is already an article with this address."
    ]


def test_a_unique_column_is_named() -> None:
    ActorFactory(wikidata_id="Q1")
    assert refusal(lambda: ActorFactory(wikidata_id="Q1")) == ["Actor with this Wikidata id already exists."]


def test_what_a_trigger_says_is_passed_on_in_one_line() -> None:
    statement = StatementFactory()
    told = refusal(lambda: Statement.objects.filter(pk=statement.pk).update(speaker=ActorFactory()))
    assert told == ["The database refused this, and nothing was saved: a changed speaker needs a reason."]


def test_text_that_a_field_refuses() -> None:
    assert refusal(lambda: Actor.objects.create(name="a\x00b", slug="a-b")) == [
        "Text cannot contain the NUL character."
    ]


def test_every_rule_has_a_sentence() -> None:
    unsaid = [
        rule.name
        for model in apps.get_models()
        for rule in model._meta.constraints
        if rule.violation_error_message is rule.default_violation_error_message
    ]
    assert unsaid == []


def raised(cause: Exception | None) -> OperationalError:
    """As Django has it, for what the store's own library raised."""
    error = OperationalError("said")
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.OperationalError("connection refused"),
        psycopg.errors.AdminShutdown(),
        psycopg.errors.CrashShutdown(),
        psycopg.errors.CannotConnectNow(),
        psycopg.errors.ConnectionFailure(),
        psycopg.errors.TooManyConnections(),
        of_sqlite(sqlite3.SQLITE_CANTOPEN),
    ],
)
def test_a_database_that_is_away(cause: Exception) -> None:
    assert is_unreachable(raised(cause))


@pytest.mark.parametrize(
    "cause",
    [
        None,
        psycopg.errors.QueryCanceled(),
        psycopg.errors.LockNotAvailable(),
        psycopg.errors.DiskFull(),
        of_sqlite(sqlite3.SQLITE_BUSY),
        of_sqlite(sqlite3.SQLITE_FULL),
        of_sqlite(sqlite3.SQLITE_INTERRUPT),
        of_sqlite(sqlite3.SQLITE_ERROR),
    ],
)
def test_a_database_that_is_there_and_refuses(cause: Exception | None) -> None:
    assert not is_unreachable(raised(cause))
    assert not is_unreachable(cause)


#: What each store says, and what that is.
SAID = {
    is_locked: [
        psycopg.errors.LockNotAvailable(),
        psycopg.errors.DeadlockDetected(),
        psycopg.errors.SerializationFailure(),
        of_sqlite(sqlite3.SQLITE_BUSY),
        of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
    ],
    is_disk_full: [psycopg.errors.DiskFull(), of_sqlite(sqlite3.SQLITE_FULL)],
    is_statement_timeout: [psycopg.errors.QueryCanceled(), of_sqlite(sqlite3.SQLITE_INTERRUPT)],
    is_unreachable: [psycopg.errors.AdminShutdown(), of_sqlite(sqlite3.SQLITE_CANTOPEN)],
}


@pytest.mark.parametrize("kind", SAID)
def test_why_a_database_did_not_do_it(kind: Any) -> None:
    for each, causes in SAID.items():
        assert [kind(raised(cause)) for cause in causes] == [each is kind] * len(causes)
    assert not kind(raised(None))
    assert not kind(None)
    assert not kind(ValueError())
