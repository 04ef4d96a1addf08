"""Filters by date: overlap, honest about what has no date."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db.models import Case, DateField, When
from django.db.models.functions import Cast

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.date_filters import DateFilterSet
from newsdb.dates import PartialDate
from tests.newsdb.api.toy import filtered

pytestmark = pytest.mark.django_db

#: Names with what is known of their dates; users have two columns that can hold a first and a last day.
RECORDS = {"year": "2024", "october": "2024-10", "23rd": "2024-10-23", "november": "2024-11", "undated": None}


class UserFilterSet(DateFilterSet):
    date_columns = ("first", "last")


@pytest.fixture(autouse=True)
def users() -> None:
    def noon(day: datetime.date) -> datetime.datetime:
        return datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)

    for name, written in RECORDS.items():
        user = User(username=name)
        if written:
            known = PartialDate.parse(written)
            user.last_login, user.date_joined = noon(known.first), noon(known.last)
        user.save()


def found(**given: str) -> set[str]:
    values = {name: text if name == "undated" else PartialDate.parse(text) for name, text in given.items()}
    joined = When(last_login__isnull=False, then=Cast("date_joined", DateField()))
    users = User.objects.annotate(first=Cast("last_login", DateField()), last=Case(joined))
    return set(filtered(UserFilterSet(values), users).values_list("username", flat=True))


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, {"year", "october", "23rd", "november", "undated"}),
        ({"date": "2024"}, {"year", "october", "23rd", "november"}),
        ({"date": "2024-10"}, {"year", "october", "23rd"}),
        ({"date": "2024-10-23"}, {"year", "october", "23rd"}),
        ({"date": "2024-10-24"}, {"year", "october"}),
        ({"date": "2023"}, set()),
        ({"date_after": "2024-10-23"}, {"year", "october", "23rd", "november"}),
        ({"date_after": "2024-10-24"}, {"year", "october", "november"}),
        ({"date_after": "2024-12"}, {"year"}),
        ({"date_before": "2024-10-23"}, {"year", "october", "23rd"}),
        ({"date_before": "2024-10-22"}, {"year", "october"}),
        ({"date_before": "2024-10"}, {"year", "october", "23rd"}),
        ({"date_before": "2024-09-30"}, {"year"}),
        ({"date_after": "2024-10-24", "date_before": "2024-10-31"}, {"year", "october"}),
        ({"date": "2024-10", "date_after": "2024-10-24"}, {"year", "october"}),
        ({"date_after": "2024-10-31", "date_before": "2024-10"}, {"year", "october"}),
        ({"undated": "include"}, {"year", "october", "23rd", "november", "undated"}),
        ({"undated": "exclude"}, {"year", "october", "23rd", "november"}),
        ({"undated": "only"}, {"undated"}),
        ({"date": "2024-11", "undated": "include"}, {"year", "november", "undated"}),
        ({"date": "2024-11", "undated": "exclude"}, {"year", "november"}),
    ],
    ids=lambda given: str(sorted(given) if isinstance(given, set) else given),  # a set has no order
)
def test_a_record_is_found_if_its_days_overlap(given: dict[str, str], names: set[str]) -> None:
    assert found(**given) == names


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({"date_after": "2024-10-24", "date_before": "2024-10-23"}, "date_before"),
        ({"date": "2024-10", "date_after": "2024-11"}, "date_after"),
        ({"date": "2024-10", "undated": "only"}, "undated"),
        ({"date_before": "2024-10", "undated": "only"}, "undated"),
    ],
)
def test_what_can_have_no_answer_is_refused(given: dict[str, str], parameter: str) -> None:
    with pytest.raises(ParameterError) as raised:
        found(**given)
    (error,) = raised.value.errors
    assert (error["parameter"], error["code"]) == (parameter, "conflict")
