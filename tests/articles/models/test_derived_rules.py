"""Rules about columns that the database fills: nobody can write against them, and they hold even so."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Statement
from tests.articles.models.derived import assert_derived
from tests.factories import StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db

#: What breaks which rule in a statement without anchors.
CLAIMS = [
    ({"text_match": "perhaps"}, "articles_statement_text_match", "text_match is one of: matched, unch"),
    (
        {"text_match": "matched"},
        "articles_statement_matched_in_a_capture",
        "Only words that were checked against a capture can be matched.",
    ),
    (
        {"text_match": "matched", "text_checked_at": timezone.now()},
        "articles_statement_matched_in_a_capture",
        "Only words that were checked against a capture can be matched.",
    ),
]


@contextmanager
def nothing_derived() -> Iterator[None]:
    """PostgreSQL corrects a wrong value before the rule sees it; SQLite's triggers come after the rule."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()
            cursor.execute("ALTER TABLE articles_statement DISABLE TRIGGER newsdb_derive")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE articles_statement ENABLE TRIGGER newsdb_derive")


@pytest.mark.parametrize(("claim", "rule", "why"), CLAIMS)
def test_validation_says_why(claim: dict[str, Any], rule: str, why: str) -> None:
    statement = StatementFactory()
    for name, value in claim.items():
        setattr(statement, name, value)
    with pytest.raises(ValidationError, match=why):
        statement.full_clean()


@pytest.mark.parametrize(("claim", "rule", "why"), CLAIMS)
def test_the_database_refuses_by_name(claim: dict[str, Any], rule: str, why: str) -> None:
    statement = StatementFactory()
    with nothing_derived(), pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(**claim)


@pytest.mark.parametrize("anchored", [False, True])
@pytest.mark.parametrize(("claim", "rule", "why"), CLAIMS)
def test_claiming_a_match_is_refused_or_corrected(
    claim: dict[str, Any], rule: str, why: str, anchored: bool
) -> None:
    statement = anchored_statement("Words") if anchored else StatementFactory()
    with suppress(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(**claim)
    assert_derived()
    with suppress(IntegrityError), transaction.atomic():
        Statement.objects.bulk_create(
            [StatementFactory.build(article=statement.article, speaker=None, **claim)]
        )
    assert_derived()


def test_no_number_is_no_confidence() -> None:
    statement = StatementFactory(attributed_by="extractor", extractor="marks", confidence=0.9)
    with pytest.raises(IntegrityError, match="articles_statement_extractor_named"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(confidence=float("nan"))
