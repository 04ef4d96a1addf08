"""Whether the process is alive, and whether it can take requests: ``/livez`` and ``/readyz``.

They are named as in Kubernetes, and answered before anything else looks at a request, so that a load balancer
can ask by IP address, without TLS, as often as it likes.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import orjson
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from newsdb.api.response.problems import problem_response

logger = logging.getLogger(__name__)


class Worker(Protocol):
    """A process of the server: ``alive`` until it is asked to finish its requests and exit."""

    alive: bool


#: The worker that this process is, where the server says so.
worker: Worker | None = None


class NotReadyError(Exception):
    """Why this process takes no requests, in a sentence."""


def livez() -> None:
    """The process answers. It checks nothing else: a restart would not repair a database."""


def readyz() -> dict[str, str]:
    """The process is not shutting down, and its database answers and has every migration.

    With a full disk it can still be read, so it stays ready; ``writing`` says so. Raises ``NotReadyError``.
    """
    if worker is not None and not worker.alive:
        raise NotReadyError("This process is shutting down.")
    try:
        _check_migrations()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError as error:
        raise NotReadyError("The database does not answer.") from error
    store: Any = connection
    return {} if store.has_room() else {"writing": "The disk of the database is full."}


@cache  # exceptions are not cached
def _check_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("The database lacks migrations.")


#: By path.
PROBES: dict[str, Callable[[], dict[str, str] | None]] = {"/livez": livez, "/readyz": readyz}


def probe_response(probe: Callable[[], dict[str, str] | None], request: HttpRequest) -> HttpResponse:
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
