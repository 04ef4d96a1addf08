"""PostgreSQL keeps the plans of functions for a session; one made while a table was small stays good."""

import pytest
from django.db import connection, transaction

from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)


def changes_read() -> int:
    """The rows of the ledger that the session has read by an index so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'newsdb_change'")
        ((fetched,),) = cursor.fetchall()
    return int(fetched)


def test_numbering_reads_only_the_changes_of_its_transaction() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite numbers changes without functions")
    connection.close()  # a session without plans
    ArticleFactory()
    ArticleFactory.create_batch(150)
    with transaction.atomic(), connection.cursor() as cursor:
        before = changes_read()
        ArticleFactory()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert changes_read() - before < 100
