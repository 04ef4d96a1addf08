"""Every rule of the database fails on both paths: in Python with a reason, in the database by its name."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import BaseConstraint, CheckConstraint
from django.test.utils import CaptureQueriesContext

from newsdb.models.fields import _CheckedText
from tests.actors.breaches import BREACHES as ACTORS
from tests.articles.models.breaches import BREACHES as ARTICLES
from tests.factories import StatementFactory, TokenFactory
from tests.newsdb.models.breaches import Breach, unsaved
from tests.newsdb.models.breaches_of_erasures import BREACHES as ERASURES

pytestmark = pytest.mark.django_db

BREACHES = [*ACTORS, *ARTICLES, *ERASURES, Breach("newsdb_token_scope", TokenFactory, {"scope": "all"})]

#: Rules about columns that only triggers write, each with the test that breaks it.
TESTED_APART = {
    "newsdb_change_action": "tests/newsdb/ledger/test_change.py",
    "newsdb_change_one_a_transaction": "tests/newsdb/ledger/test_change.py",
    "articles_statement_text_match": "tests/articles/models/test_derived_rules.py",
    "articles_statement_matched_in_a_capture": "tests/articles/models/test_derived_rules.py",
}

#: What a field says by itself, before any constraint is asked.
SAID_BY_A_FIELD = (
    r"not a valid choice|cannot be blank|NUL character|at most \d+ characters|begins with http"
    r"|with this address|Lower-case words|Q followed by a number|bare domain"
)


def constraints() -> Iterator[BaseConstraint]:
    for label in ["newsdb", *settings.DATASET_APPS]:
        for model in apps.get_app_config(label).get_models():
            yield from model._meta.constraints


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text reaches the database unseen: without the fields' own gate."""
    monkeypatch.delattr(_CheckedText, "get_db_prep_save")
    monkeypatch.delattr(_CheckedText, "to_python")


def test_every_rule_that_is_broken_is_named() -> None:
    statement = StatementFactory(status="proposed")
    statement.confidence, statement.said_precision = 1.5, "day"
    with pytest.raises(ValidationError) as refused:
        statement.full_clean()
    assert sorted(refused.value.messages) == [
        "An extractor needs a name and a confidence from 0 to 1; a curator has neither.",
        "Give both said_on and said_precision (day, month or year), or neither. For a month or a year,"
        " said_on is its first day.",
    ]


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_validation_says_why(breach: Breach) -> None:
    row = breach.row()
    row.full_clean()
    for name, value in breach.values(row).items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    said = " ".join(refused.value.messages)
    expected = f"{re.escape(str(breach.declared.violation_error_message))}|{SAID_BY_A_FIELD}"
    assert re.search(expected, said), said
    assert "Constraint “" not in said


@pytest.mark.parametrize(
    "breach", {breach.model: breach for breach in [*ACTORS, *ARTICLES]}.values(), ids=str
)
def test_all_checks_that_hold_take_one_query(breach: Breach) -> None:
    row = breach.row()
    unique = [each for each in row._meta.constraints if not isinstance(each, CheckConstraint)]
    with CaptureQueriesContext(connection) as queries:
        row.validate_constraints()
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(asked) <= 1 + len(unique), asked


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_the_database_refuses_by_name(breach: Breach, unguarded: None) -> None:
    row = breach.row()
    values = breach.values(row)
    if "update" in breach.by:
        with refusing(breach):
            breach.model.objects.filter(pk=row.pk).update(**values)
    if "bulk_create" in breach.by:
        row = unsaved(row)
        for name, value in values.items():
            setattr(row, name, value)
        with refusing(breach):
            breach.model.objects.bulk_create([row])


class refusing:  # noqa: N801 - reads as what it does, like pytest.raises
    """The database refuses what happens inside, and names the constraint where it says anything."""

    def __init__(self, breach: Breach) -> None:
        self.breach = breach
        # PostgreSQL's text has no NUL and its varchar(32) no 33rd character: no constraint is reached.
        short = breach.constraint.endswith(("_clean_text", "_context_length"))
        self.unnamed = short and connection.vendor == "postgresql"
        self.atomic = transaction.atomic()

    def __enter__(self) -> None:
        self.atomic.__enter__()

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> bool:
        self.atomic.__exit__(kind, error, traceback)
        assert error is not None, "nothing was refused"
        if self.unnamed:
            return isinstance(error, DatabaseError | ValueError)
        if not isinstance(error, IntegrityError):
            return False
        assert self.breach.named_in(str(error)), str(error)
        return True


def test_every_constraint_has_a_breach() -> None:
    names = [constraint.name for constraint in constraints()]
    assert set(names) == {breach.constraint for breach in BREACHES} | set(TESTED_APART)
    assert len(names) == len(set(names))


def test_every_constraint_is_named_for_its_table_and_explains_itself() -> None:
    for label in ["newsdb", *settings.DATASET_APPS]:
        for model in apps.get_app_config(label).get_models():
            for constraint in model._meta.constraints:
                assert constraint.name.startswith(f"{model._meta.label_lower.replace('.', '_')}_")
                assert constraint.violation_error_message != constraint.default_violation_error_message


def test_the_database_holds_every_constraint() -> None:
    held = set()
    with connection.cursor() as cursor:
        for model in {model for model in apps.get_models() if model._meta.constraints}:
            held |= set(connection.introspection.get_constraints(cursor, model._meta.db_table))
        if connection.vendor == "sqlite":
            # Django reads no further than a rule whose text has a backslash before a quote.
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")
            for (sql,) in cursor.fetchall():
                held |= set(re.findall(r'CONSTRAINT "(\w+)"', sql))
    assert {constraint.name for constraint in constraints()} <= held
