import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.torture.world import World

#: So many that nobody is refused for having asked too often, and yet told in headers.
QUOTAS = dict.fromkeys(("anonymous", "reader", "writer", "checks"), 10**9)


@contextmanager
def _one_connection() -> Iterator[None]:
    """No request closes the connection, whose transaction outlasts it."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    try:
        yield
    finally:
        for end in ends:
            end.connect(close_old_connections)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The datasets that ship, and more, for all tests of a module."""
    refusals = logging.getLogger("django.request")
    level = refusals.level
    refusals.setLevel(logging.ERROR)
    with (
        django_db_blocker.unblock(),
        override_settings(RATE_LIMITS=QUOTAS),
        _one_connection(),
        transaction.atomic(),
    ):
        call_command("loaddata", "north_korea_russia", "sample_page", verbosity=0)
        yield World()
        transaction.set_rollback(True)
    refusals.setLevel(level)
