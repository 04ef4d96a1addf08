"""Watches the databases, so that no request is sent to a replica that is down or lags.

Each process has one thread per database, which asks it once a second how far it is. A failure in a request
is recorded as well. So a request chooses a replica from memory, and a dead one costs it nothing.

The lag is measured against the primary's WAL: a replica lags by the age of the oldest position of the primary
that it has not replayed. This notices a paused or disconnected replica, and needs no synchronised clocks.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

logger = logging.getLogger(__name__)

#: SQLSTATEs, and one class of them, for a PostgreSQL that is stopping, starting or out of connections.
UNAVAILABLE = ("08", "57P01", "57P02", "57P03", "53300")
#: Seconds between two checks of a database, and after which the state of one that has not answered is
#: unknown.
INTERVAL, FORGOTTEN_AFTER = 1.0, 6.0
#: Seconds of the primary's positions that are remembered.
_REMEMBERED = 600

VERSION = "SELECT sequence FROM newsdb_change WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1"
_LOOK = f"""
SELECT pg_is_in_recovery(), coalesce(({VERSION}), 0),
  pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
    '0/0')::bigint,
  coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)::float
"""  # noqa: S608 - a constant of our own


@dataclass(frozen=True)
class State:
    """The state of a database at its last check. ``fault`` says why it is not used; ``""`` if it is."""

    seen_at: float
    version: int = 0
    position: int = 0
    lag: float | None = None
    fault: str = ""


class Watch:
    """What this process knows of the databases, each of which is watched by a thread."""

    def __init__(self, aliases: Iterable[str]) -> None:
        self.pid = os.getpid()
        self.states: dict[str, State] = {}
        self.positions: deque[tuple[float, int]] = deque(maxlen=int(_REMEMBERED / INTERVAL))
        self.known = {alias: threading.Event() for alias in aliases}
        for alias in self.known:
            threading.Thread(target=self.watch, args=[alias], name=f"watch {alias}", daemon=True).start()

    def watch(self, alias: str) -> None:
        """Check a database repeatedly, in a thread of its own."""
        connection = connections[alias]
        while True:
            try:
                with connection.cursor() as cursor:
                    cursor.execute(_LOOK)
                    state = self.judge(alias, *cursor.fetchone())
            except Exception:  # whatever it is, the next look may succeed
                connection.close()
                state = State(time.monotonic(), fault=_UNREACHABLE)
            self.note(alias, state)
            self.known[alias].set()
            time.sleep(INTERVAL)

    def judge(self, alias: str, standby: bool, version: int, position: int, since: float) -> State:
        """The state of a database that answered."""
        now = time.monotonic()
        if alias == DEFAULT_DB_ALIAS:
            if not standby:
                self.positions.append((now, position))
            return State(now, version, position, fault=_STANDBY if standby else "")
        if not standby:
            return State(now, version, position, fault=_PROMOTED)
        lag = self.lag_of(position, since, now)
        return State(now, version, position, lag, _LAGS if lag > settings.REPLICA_MAX_LAG else "")

    def lag_of(self, position: int, since: float, now: float) -> float:
        """The lag of a replica that is at ``position``, whose latest transaction is ``since`` seconds old.

        Once the primary is gone, its last writes may have reached no replica. So the most advanced
        replica does not lag then.
        """
        positions = list(self.positions)
        target = positions[-1][1] if positions else 0
        primary = self.states.get(DEFAULT_DB_ALIAS)
        if primary is None or primary.fault or now - primary.seen_at > FORGOTTEN_AFTER:
            replicas = [each.position for each in self.states.values() if each.lag is not None]
            target = min(target, max([position, *replicas]))
        if position >= target:
            return 0.0
        seen = [at for at, written in positions if written <= position]
        return now - seen[-1] if seen else since

    def note(self, alias: str, state: State) -> None:
        """Remember a state, and log a change."""
        before = self.states.get(alias)
        self.states[alias] = state
        if state.fault and (before is None or before.fault != state.fault):
            logger.warning("The database %s is not used: %s", alias, state.fault)
        elif before is not None and before.fault and not state.fault:
            logger.info("The database %s is used again.", alias)


_UNREACHABLE = "It does not answer."
_STANDBY = "It is a standby, which cannot be written to."
_PROMOTED = "It is a primary, not a standby."
_LAGS = "It lags."

_lock = threading.Lock()
_watched: Watch | None = None
#: The databases that failed in the request of this thread.
_failed = threading.local()


def _watch() -> Watch:
    global _watched
    with _lock:
        if _watched is None or _watched.pid != os.getpid():  # threads do not survive a fork
            _watched = Watch(settings.DATABASES)
        return _watched


def wait_until_known(seconds: float) -> None:
    """Wait until each database was checked once, but not longer than ``seconds``."""
    until = time.monotonic() + seconds
    for known in _watch().known.values():
        known.wait(max(0.0, until - time.monotonic()))


def state_of(alias: str) -> State | None:
    """The state of a database at its last check; None if there was none, or too long ago."""
    state = _watch().states.get(alias)
    return state if state and time.monotonic() - state.seen_at < FORGOTTEN_AFTER else None


def answers(alias: str) -> bool:
    """Whether requests may use the database. The primary is assumed to answer until it is known not to."""
    state = state_of(alias)
    return alias == DEFAULT_DB_ALIAS if state is None else not state.fault


def known_version(alias: str) -> int:
    """The dataset's version that a database had when it was last checked."""
    state = state_of(alias)
    return state.version if state else 0


def read_version(alias: str) -> int:
    """Read the dataset's version from a database."""
    with connections[alias].cursor() as cursor:
        cursor.execute(VERSION)
        row = cursor.fetchone()
    return row[0] if row else 0


def note_failure(alias: str) -> None:
    """Stop using a database that failed in a request, until it answers again."""
    failures().add(alias)
    if len(settings.DATABASES) > 1:
        _watch().note(alias, State(time.monotonic(), fault=_UNREACHABLE))


def failures() -> set[str]:
    """The databases that failed in this thread since the set was last cleared."""
    failed: set[str] | None = getattr(_failed, "aliases", None)
    if failed is None:
        failed = _failed.aliases = set()
    return failed


def describe() -> dict[str, Any]:
    """The state of each database, for ``/readyz``."""
    described: dict[str, Any] = {}
    for alias in settings.DATABASES:
        state = state_of(alias)
        if state is None:
            described[alias] = {"status": "unknown"}
            continue
        described[alias] = {"status": state.fault or "ok", "version": state.version}
        if state.lag is not None:
            described[alias]["lag"] = round(state.lag, 3)
    return described
