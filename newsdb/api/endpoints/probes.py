"""The probes ``/livez`` (the process is alive) and ``/readyz`` (it can serve requests), as in Kubernetes.

They are answered before all checks of a request, so that a load balancer can call them by IP address, without
TLS, and without a quota.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import orjson
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from newsdb.api.response.problems import problem_response
from newsdb.databases import health, routing

logger = logging.getLogger(__name__)


class Worker(Protocol):
    """A worker process of the server. ``alive`` is false once it was told to finish its requests and exit."""

    alive: bool


#: The worker of this process, if the server sets it.
worker: Worker | None = None


class NotReadyError(Exception):
    """This process cannot serve requests; the message says why."""


def livez() -> None:
    """Succeed if the process responds. Nothing else is checked: a restart would not repair a database."""


def readyz() -> dict[str, Any]:
    """Check that the process is not shutting down, and that a database responds and is migrated.

    With a full disk, or without its primary, it can still serve reads, so it stays ready, and the result has
    a note in ``writing``. With replicas, ``databases`` has the state of each. Raises ``NotReadyError``.
    """
    if worker is not None and not worker.alive:
        raise NotReadyError("This process is shutting down.")
    routing.read_from(routing.choose())
    try:
        _check_migrations()
        with connections[routing.current_alias.get()].cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError as error:
        raise NotReadyError("The database does not answer.") from error
    found: dict[str, Any] = {} if connection.has_room() else {"writing": "The disk of the database is full."}  # type: ignore[attr-defined]
    if routing.replica_aliases():
        found["databases"] = health.describe()
        if not health.answers(DEFAULT_DB_ALIAS):
            found["writing"] = "The primary does not answer."
    return found


@cache  # exceptions are not cached
def _check_migrations() -> None:
    executor = MigrationExecutor(connections[routing.current_alias.get()])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("The database lacks migrations.")


#: The probes by path.
PROBES: dict[str, Callable[[], dict[str, Any] | None]] = {"/livez": livez, "/readyz": readyz}


def probe_response(probe: Callable[[], dict[str, Any] | None], request: HttpRequest) -> HttpResponse:
    """The response of a probe: 200, or 503 with the reason; never cached."""
    if request.method not in ("GET", "HEAD"):
        response = problem_response(request, 405, f'Method "{request.method}" not allowed.')
        response["Allow"] = "GET, HEAD"
        return response
    try:
        body = {"status": "ok", **(probe() or {})}
        response = HttpResponse(orjson.dumps(body), content_type="application/json")
    except NotReadyError as reason:
        logger.warning("Not ready: %s", reason, exc_info=reason.__cause__)
        response = problem_response(request, 503, str(reason))
    response["Cache-Control"] = "no-store"
    return response
