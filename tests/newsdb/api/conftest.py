"""Records for the toy API."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from rest_framework.test import APIClient

START = datetime.datetime(2024, 10, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture
def api() -> APIClient:
    return APIClient()


@pytest.fixture
def make_entry(db: None) -> Callable[..., LogEntry]:
    """Makes an entry, by `ann` unless told otherwise; `days` after the first day."""

    def make(days: int = 0, user: str = "ann", **values: object) -> LogEntry:
        values.setdefault("action_flag", ADDITION)
        values.setdefault("content_type", ContentType.objects.get(model="logentry"))
        return LogEntry.objects.create(
            user=User.objects.get_or_create(username=user)[0],
            action_time=START + datetime.timedelta(days),
            **values,
        )

    return make
