"""Whether the process lives, and whether to send it requests: ``/livez`` and ``/readyz``.

They are named as Kubernetes names its own, and answered before anything else looks at a request, so that a
load balancer may ask by address, without TLS, as often as it likes.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import orjson
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from newsdb.api.response.problems import plain_problem

logger = logging.getLogger(__name__)


class Worker(Protocol):
    """A process of the server: ``alive`` until it is told to finish what it has and end."""

    alive: bool


#: The worker that this process is, where the server says so.
worker: Worker | None = None


class NotReadyError(Exception):
    """Why no requests should be sent here, in a sentence for whoever asks."""


def livez() -> None:
    """The process answers. It looks at nothing: starting it anew would not mend a database."""


def readyz() -> dict[str, str]:
    """The process is to go on, and its database answers and has every migration. Raises ``NotReadyError``.

    Where its disk is full it can be read all the same, so requests may go on coming; ``writing`` says so.
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


@cache  # what it raises is not kept
def _check_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("The database lacks migrations.")


#: By path.
PROBES: dict[str, Callable[[], dict[str, str] | None]] = {"/livez": livez, "/readyz": readyz}


def answer(probe: Callable[[], dict[str, str] | None], request: HttpRequest) -> HttpResponse:
    """What a probe answers: 200, or 503 with the reason, never to be kept."""
    if request.method not in ("GET", "HEAD"):
        response = plain_problem(request, 405, f'Method "{request.method}" not allowed.')
        response["Allow"] = "GET, HEAD"
        return response
    try:
        said = {"status": "ok", **(probe() or {})}
        response = HttpResponse(orjson.dumps(said), content_type="application/json")
    except NotReadyError as reason:
        logger.warning("Not ready: %s", reason, exc_info=reason.__cause__)
        response = plain_problem(request, 503, str(reason))
    response["Cache-Control"] = "no-store"
    return response
