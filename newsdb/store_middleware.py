"""Chooses the database that each request reads: a replica where there is one, unless it needs the primary.

Writes and the admin need it, and so does whoever names a version of the dataset that no replica has yet.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from newsdb.api.exceptions import Unreachable
from newsdb.api.response.problems import is_api, problem_response, unavailable_response
from newsdb.databases import health, routing
from newsdb.middleware import READ_ONLY_POST_PATHS

#: The cookie that a write of a session sets, with the dataset's version after it.
COOKIE = "dataset_version"


class StoreMiddleware:
    """Answers a request from one database; if that fails while it reads, from another one.

    The answer to a write tells the dataset's version: in ``Dataset-Version``, and for pages in a cookie. A
    request that names it in ``If-Dataset-Version``, or in the cookie, is answered by a database that has it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = request.headers.get("If-Dataset-Version")
        if named is not None and not _is_version(named):
            return problem_response(request, 400, "If-Dataset-Version is not a version: a whole number.")
        routing.read_from(DEFAULT_DB_ALIAS)
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.path_info not in READ_ONLY_POST_PATHS:
            return self.write(request)
        if not routing.replica_aliases() or request.path_info.startswith(reverse("admin:index")):
            return self.get_response(request)
        cookie = request.COOKIES.get(COOKIE, "")
        return self.read(request, int(named or (cookie if _is_version(cookie) else 0)))

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
        """Answer from the primary, and tell the dataset's version after the write."""
        primary: Any = connections[DEFAULT_DB_ALIAS]
        primary.unreplicated = False
        response: Any = self.get_response(request)
        if primary.unreplicated:  # by a statement outside a transaction; see newsdb.postgresql
            return unavailable_response(request, Unreachable())
        if response.status_code < 400:
            version = str(health.read_version(DEFAULT_DB_ALIAS))
            if is_api(request):
                response.headers["Dataset-Version"] = version
            elif routing.replica_aliases():
                secure = settings.SESSION_COOKIE_SECURE
                response.set_cookie(COOKIE, version, secure=secure, httponly=True, samesite="Lax")
        return response


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _is_small(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdecimal() and len(length) < 18 and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
