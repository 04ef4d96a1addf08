"""Days that the database joins into a text are the days that were stored."""

from datetime import date

import pytest

from articles.models import Statement
from newsdb.models.aggregates import DayText, Joined
from tests.factories import StatementFactory


@pytest.mark.django_db
def test_days_are_read_as_they_were_stored() -> None:
    days = [date(1066, 10, 14), date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29)]
    for day in days:
        StatementFactory(said_on=day, said_precision="day")
    joined = Statement.objects.aggregate(days=Joined(DayText("said_on")))["days"]
    assert sorted(map(DayText.read, joined.split(","))) == days
