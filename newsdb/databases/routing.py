"""Chooses which database the queries of a request go to: one for all its reads, the primary for writes.

``ReplicaMiddleware`` calls ``read_from`` at the start of each request. What reads outside the ORM takes the
connection of ``current_alias``. Outside requests, for example in commands, everything goes to the primary.
"""

import os
import time
from collections.abc import Collection
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from newsdb.databases import health

#: Accounts are read from the primary, so that a token that was just revoked is rejected, and a new session is
#: known.
_ACCOUNTS = ("auth", "sessions", "axes")
_ACCOUNT_MODELS = ("newsdb.token",)
#: Seconds to wait for the first check of all databases, for a replica to catch up, and between two checks of
#: that.
_START, _CATCHING_UP, _PAUSE = 1.0, 2.0, 0.02
#: The database that this thread reads the dataset from.
current_alias: ContextVar[str] = ContextVar("newsdb_database", default=DEFAULT_DB_ALIAS)


def read_from(alias: str) -> None:
    """From now on, this thread reads the dataset from the database ``alias``."""
    current_alias.set(alias)


def replica_aliases() -> list[str]:
    """The aliases of all replicas, in the order of DATABASE_REPLICA_URLS."""
    return [alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS]


def choose(version: int = 0, failed: Collection[str] = ()) -> str:
    """The alias of a database that has this version of the dataset and is not in ``failed``.

    A replica if one has it, else the primary. While the primary does not answer, this waits for a replica
    to catch up: with synchronous replication, one of them has already received the version.
    """
    if not replica_aliases():
        return DEFAULT_DB_ALIAS
    health.wait_until_known(_START)
    until = time.monotonic() + _CATCHING_UP
    while True:
        replicas = [alias for alias in _in_turn() if alias not in failed and health.answers(alias)]
        for known in (health.known_version, health.read_version):
            for alias in replicas:
                with suppress(DatabaseError):
                    if version == 0 or known(alias) >= version:
                        return alias
        primary_answers = DEFAULT_DB_ALIAS not in failed and health.answers(DEFAULT_DB_ALIAS)
        if primary_answers or not replicas or time.monotonic() > until:
            return DEFAULT_DB_ALIAS
        time.sleep(_PAUSE)


def _in_turn() -> list[str]:
    """All replicas. Each comes first for a second, at different times in different processes.

    Within that second a process answers from one of them, so that its caches have to follow only one.
    """
    aliases = replica_aliases()
    first = (int(time.monotonic()) + os.getpid()) % len(aliases)
    return aliases[first:] + aliases[:first]


class Router:
    """Django's database router."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The database of the request; for accounts the primary, as long as it answers."""
        meta = model._meta
        account = meta.app_label in _ACCOUNTS or meta.label_lower in _ACCOUNT_MODELS
        return DEFAULT_DB_ALIAS if account and health.answers(DEFAULT_DB_ALIAS) else current_alias.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *objects: Any, **hints: Any) -> bool:
        """Records from different databases may refer to each other: all have the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the primary is migrated; replicas follow."""
        return db == DEFAULT_DB_ALIAS
