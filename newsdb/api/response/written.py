"""The response to a write: with the dataset's version after it, and only once it is safe."""

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from newsdb.api.exceptions import Unreachable
from newsdb.api.response.problems import is_api, unavailable_response
from newsdb.databases import health
from newsdb.ledger.rewriting import limited_rewrites


def written_response(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """Answer a write, which may rewrite ``REWRITE_LIMIT`` records at most.

    With synchronous replication, a write that may not be replicated is answered with 503.
    ``Dataset-Version`` tells clients of the API what to name in ``If-Dataset-Version``.
    """
    primary: Any = connections[DEFAULT_DB_ALIAS]
    primary.unreplicated = False
    with limited_rewrites():
        response = get_response(request)
    if primary.unreplicated:  # by a statement outside a transaction; see newsdb.postgresql
        return unavailable_response(request, Unreachable())
    if response.status_code < 400 and is_api(request):
        response.headers["Dataset-Version"] = str(health.read_version(DEFAULT_DB_ALIAS))
    return response
