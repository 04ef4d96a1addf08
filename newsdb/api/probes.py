"""Whether the process lives, and whether to send it requests: ``/livez`` and ``/readyz``.

They are named as Kubernetes names its own, and answered before anything else looks at a request, so that a
load balancer may ask by address, without TLS, as often as it likes.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Protocol

import orjson
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from newsdb.api.problems import plain_problem

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


def readyz() -> None:
    """The process is to go on, and its database answers and has every migration. Raises ``NotReadyError``."""
    if worker is not None and not worker.alive:
        raise NotReadyError("This process is shutting down.")
    try:
        _check_migrations()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError as error:
        raise NotReadyError("The database does not answer.") from error


@cache  # what it raises is not kept
def _check_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError("The database lacks migrations.")


#: By path.
PROBES: dict[str, Callable[[], None]] = {"/livez": livez, "/readyz": readyz}


def answer(probe: Callable[[], None], request: HttpRequest) -> HttpResponse:
    """What a probe answers: 200, or 503 with the reason, never to be kept."""
    if request.method not in ("GET", "HEAD"):
        response = plain_problem(request, 405, f'Method "{request.method}" not allowed.')
        response["Allow"] = "GET, HEAD"
        return response
    try:
        probe()
        response = HttpResponse(orjson.dumps({"status": "ok"}), content_type="application/json")
    except NotReadyError as reason:
        logger.warning("Not ready: %s", reason, exc_info=reason.__cause__)
        response = plain_problem(request, 503, str(reason))
    response["Cache-Control"] = "no-store"
    return response
