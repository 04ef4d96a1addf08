"""Chooses the database that each request reads, if there are replicas.

Writes and the admin need the primary, and so does whoever names a version of the dataset that no replica has.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from newsdb.api.request.dataset_version import is_version
from newsdb.api.response.problems import is_api
from newsdb.databases import health, routing
from newsdb.middleware import READ_ONLY_POST_PATHS

#: The cookie that a write of a session sets, with the dataset's version after it.
COOKIE = "dataset_version"


class ReplicaMiddleware:
    """Answers a request from one database; if that fails while it reads, from another one.

    A request that names a version in ``If-Dataset-Version`` is answered by a database that has it. Pages use
    a cookie instead, which the response to a write sets.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not routing.replica_aliases():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        routing.read_from(DEFAULT_DB_ALIAS)
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.path_info not in READ_ONLY_POST_PATHS:
            return self.write(request)
        if request.path_info.startswith(reverse("admin:index")):
            return self.get_response(request)
        named = request.headers.get("If-Dataset-Version") or request.COOKIES.get(COOKIE, "")
        return self.read(request, int(named) if is_version(named) else 0)

    def read(self, request: Any, version: int) -> HttpResponseBase:
        """Answer from a database that has this version, and from another one if it fails meanwhile."""
        if request.method == "POST" and _is_small(request):
            request.body  # noqa: B018 - read now, so that the view can read it a second time
        failed: set[str] = set()
        while True:
            alias = routing.choose(version, failed)
            routing.read_from(alias)
            health.failures().clear()
            response = self.get_response(request)
            failures = health.failures() - failed
            if response.status_code < 500 or not failures:
                return response
            failed |= failures
            request.uncounted = True  # the client's quota counts it once

    def write(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the primary, and have a browser name the version after the write from now on."""
        response: Any = self.get_response(request)
        if response.status_code < 400 and not is_api(request):
            version, secure = health.read_version(DEFAULT_DB_ALIAS), settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, str(version), secure=secure, httponly=True, samesite="Lax")
        return response


def _is_small(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdecimal() and len(length) < 18 and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
