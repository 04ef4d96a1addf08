"""What the checks of a deployment say."""

from typing import Any

import pytest
from django.db import connection

from newsdb.checks import check_timeout_of_role


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "ids"), [("0", ["newsdb.W003"]), ("5s", [])])
def test_behind_pgbouncer_the_role_limits_a_query(settings: Any, limit: str, ids: list[str]) -> None:
    settings.PGBOUNCER = True
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [limit])
    else:
        ids = []  # there is no PgBouncer in front of a file
    assert [message.id for message in check_timeout_of_role(databases=["default"])] == ids
    settings.PGBOUNCER = False
    assert check_timeout_of_role(databases=["default"]) == []
