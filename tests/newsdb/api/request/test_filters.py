"""Filters: each narrows, none is skipped, and what cannot be resolved is said."""

from collections.abc import Callable
from typing import Any

import django_filters
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from rest_framework.test import APIClient

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.filters import FilterSet, TextFilter
from tests.newsdb.api.toy import EntryFilterSet, filtered

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]


@pytest.fixture
def entries(make_entry: Callable[..., LogEntry]) -> None:
    make_entry(0, user="ann", change_message="one", content_type=None)
    make_entry(1, user="bob", change_message="two", action_flag=CHANGE)
    make_entry(2, user="cho", change_message="one two")
    User.objects.filter(username="cho").update(is_staff=True)


def days(api: APIClient, query: str) -> list[str]:
    response = api.get(f"/api/v1/entries/?{query}")
    assert response.status_code == 200, response.content
    return [row["action_time"][8:10] for row in response.json()["results"]]


@pytest.mark.usefixtures("entries")
def test_each_filter_narrows(api: APIClient) -> None:
    assert days(api, "") == ["25", "24", "23"]
    assert days(api, "user=ann") == ["23"]
    assert days(api, "user=ANN") == ["23"]
    assert days(api, "action=1") == ["25", "23"]
    assert days(api, "staff=true") == ["25"]
    assert days(api, "staff=false") == ["24", "23"]
    assert days(api, "words=two") == ["25", "24"]
    assert days(api, f"kind={ContentType.objects.get(model='logentry').pk}") == ["25", "24"]
    assert days(api, "kind=9223372036854775807") == []


@pytest.mark.usefixtures("entries")
def test_values_of_one_parameter_are_alternatives_and_parameters_add_up(api: APIClient) -> None:
    assert days(api, "user=ann&user=bob") == ["24", "23"]
    assert days(api, "user=ann&user=bob&action=2") == ["24"]


@pytest.mark.usefixtures("entries")
def test_a_value_that_resolves_to_nothing_finds_nothing_rather_than_everything(api: APIClient) -> None:
    assert filtered(EntryFilterSet({"user": ("nobody", "ann")}), LogEntry.objects.all()).count() == 1
    assert filtered(EntryFilterSet({"user": ("nobody",)}), LogEntry.objects.all()).count() == 0


def test_candidates_are_listed(api: APIClient) -> None:
    response = api.get("/api/v1/entries/?user=kim")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["code"]) == ("user", "ambiguous")
    assert [each["name"] for each in error["candidates"]] == ["Kim Tae-hyo", "Kim Yo-jong"]


def test_all_that_cannot_be_resolved_is_said_at_once() -> None:
    class Both(FilterSet):
        one = TextFilter(help_text="One.")
        two = TextFilter(help_text="Two.")

        def resolve_one(self, value: str) -> Any:
            raise ParameterError("one", "unknown", "one: unknown.")

        def resolve_two(self, value: str) -> Any:
            raise ParameterError("two", "unknown", "two: unknown.")

    with pytest.raises(ParameterError) as raised:
        _ = filtered(Both({"one": "x", "two": "y"}), LogEntry.objects.all())
    assert [error["parameter"] for error in raised.value.errors] == ["one", "two"]
    assert str(raised.value.detail) == "one: unknown. two: unknown."


def test_a_single_value_is_an_equality_so_that_an_index_keeps_its_order() -> None:
    one = str(filtered(EntryFilterSet({"action": ("1",)}), LogEntry.objects.all()).query)
    two = str(filtered(EntryFilterSet({"action": ("1", "2")}), LogEntry.objects.all()).query)
    assert '"action_flag" = 1' in one
    assert '"action_flag" IN (1, 2)' in two


def test_a_filter_that_would_not_be_strict_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match=r"Loose\.name"):

        class Loose(FilterSet):
            name = django_filters.CharFilter()


def test_requests_share_declared_filters_without_a_trace() -> None:
    before = {name: dict(vars(each)) for name, each in EntryFilterSet.base_filters.items()}
    _ = filtered(EntryFilterSet({"user": ("ann",)}), LogEntry.objects.all())
    assert {name: dict(vars(each)) for name, each in EntryFilterSet.base_filters.items()} == before
