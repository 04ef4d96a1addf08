"""Values that the database joins are those that were stored."""

from datetime import date

import pytest
from django.db.models import Case, Value, When

from articles.models import Statement
from newsdb.models.aggregates import Day, PackedArrayAgg
from newsdb.models.prepared import bound_rows
from tests.factories import StatementFactory


@pytest.mark.django_db
def test_days_are_read_as_they_were_stored() -> None:
    days = [date(1066, 10, 14), date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29)]
    for day in days:
        StatementFactory(said_on=day, said_precision="day")
    ((joined,),) = bound_rows(
        Statement.objects.values("kind").annotate(days=PackedArrayAgg(Day("said_on"))).values_list("days")
    )
    assert sorted(map(Day.read, PackedArrayAgg.split(joined))) == days


@pytest.mark.django_db
def test_numbers_are_read_as_they_were_stored() -> None:
    numbers = [-(2**31), -1, 0, 1, 255, 256, 2**31 - 1]
    for _ in numbers:
        StatementFactory()
    known = zip(Statement.objects.values_list("pk", flat=True), numbers, strict=True)
    number = Case(*(When(pk=pk, then=Value(number)) for pk, number in known))
    ((joined,),) = bound_rows(
        Statement.objects.values("kind").annotate(all=PackedArrayAgg(number)).values_list("all")
    )
    assert sorted(map(int, PackedArrayAgg.split(joined))) == numbers
