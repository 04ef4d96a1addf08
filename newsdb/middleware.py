"""Middleware for every request: its id, the probes, the access log, the policy, and the limit on concurrent
writes.

And what only pages need, which requests to the API pass by.
"""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cached_property
from time import perf_counter
from typing import Any

from corsheaders.middleware import CorsMiddleware
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from newsdb.api.endpoints.probes import PROBES, probe_response
from newsdb.api.exceptions import Busy, Occupied
from newsdb.api.request.concurrency import check_limit, write_limit
from newsdb.api.response.laid_out import is_browser, lay_out, prepare
from newsdb.api.response.problems import host_problem, is_api, unavailable_response
from newsdb.logs import request_id

logger = logging.getLogger("newsdb.access")

#: Addresses at which a POST changes nothing.
READ_ONLY_POST_PATHS = ("/api/v1/checks/", "/check/")

#: An id that a client or a proxy may give its request: it can break neither a log line nor a header.
IDENTITY = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: What may be told of a query string: which parameters it has, not what was looked for.
_NAMES = re.compile(r"(?:^|&)([a-z_]{1,32})(?==|&|$)")


class RequestMiddleware:
    """Gives each request an id, in every log line and in ``X-Request-ID``, and logs it when it is answered.

    The line tells method, path, names of parameters, status, bytes, milliseconds and, by number, whose token
    or session it was; neither what was looked for nor the address, which the proxy in front knows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        identity = given if IDENTITY.fullmatch(given) else secrets.token_hex(16)
        request_id.set(identity)
        probe = PROBES.get(request.path_info)
        if probe is not None:
            response: Any = probe_response(probe, request)
        else:
            response = host_problem(request) or self.get_response(request)
            if response.streaming and not response.has_header("Content-Length"):
                response.streaming_content = _counted(response.streaming_content, request, response, began)
            else:
                size = response.get("Content-Length") if response.streaming else len(response.content)
                log(request, response.status_code, int(size), began)
        response.headers["X-Request-ID"] = identity
        return response


class ConcurrencyMiddleware:
    """Answers with 503 if too many writes, or too many checks, are already running or waiting."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        checks = request.path_info in READ_ONLY_POST_PATHS
        limit = check_limit if checks else write_limit
        if not limit.acquire():
            return unavailable_response(request, Occupied() if checks else Busy())
        try:
            return self.get_response(request)
        finally:
            limit.release()


class CrossOriginMiddleware(CorsMiddleware):
    """django-cors-headers', which lets any page read; what else it may do depends on the path and the page.

    Any page may POST where that only reads. Pages of ``CORS_WRITE_ORIGINS`` may send a token, and write with
    it. None may use the session of a browser: whoever may write is known by the token alone.
    """

    def add_response_headers(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """As django-cors-headers does; in the answer to a preflight, what this page may do here."""
        response = super().add_response_headers(request, response)
        if "Access-Control-Allow-Methods" in response.headers:
            methods, headers = [*settings.CORS_ALLOW_METHODS], [*settings.CORS_ALLOW_HEADERS]
            if request.headers.get("Origin") in settings.CORS_WRITE_ORIGINS:
                methods += ["POST", "PATCH"]
                headers += ["Authorization", "Content-Type", "If-Match"]
            elif request.path_info in READ_ONLY_POST_PATHS:
                methods, headers = [*methods, "POST"], [*headers, "Content-Type"]
            response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
            response.headers["Access-Control-Allow-Headers"] = ", ".join(headers)
        return response


class PolicyMiddleware(CSPMiddleware):
    """django-csp's Content-Security-Policy, which is written anew only for pages: they may have their own.

    Writing it takes a sixth of the time of a 304.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """``response`` with its policy."""
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._plain)
        return response

    @cached_property
    def _plain(self) -> str:
        return build_policy(**asdict(self.get_policy_parts(HttpRequest(), HttpResponse())))


class BrowserMiddleware:
    """Lays out what the API answers to a person's browser. No program gets anything else than without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_browser(request) or not is_api(request):
            return self.get_response(request)
        prepare(request)
        response: HttpResponseBase = lay_out(request, self.get_response(request))
        return response


class _OfPages(MiddlewareMixin):
    """A middleware that is for pages only.

    Who calls the API shows a token or nothing: session and messages would be made for it in vain, in a tenth
    of the time of a 304.
    """

    def __call__(self, request: HttpRequest) -> Any:
        if is_api(request):
            return self.get_response(request)
        return super().__call__(request)


class SessionOfPages(_OfPages, SessionMiddleware):
    """Django's, for pages."""


class AuthenticationOfPages(_OfPages, AuthenticationMiddleware):
    """Django's, for pages."""


class MessagesOfPages(_OfPages, MessageMiddleware):
    """Django's, for pages."""


def _counted(
    chunks: Iterator[bytes], request: HttpRequest, response: HttpResponseBase, began: float
) -> Iterator[bytes]:
    """The stream itself; it is logged at its end, be it that the client has gone."""
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            yield chunk
    finally:
        log(request, response.status_code, size, began)


def log(request: HttpRequest, status: int, size: int, began: float) -> None:
    """Log an answer of ``size`` bytes to a request that came at ``began`` (``perf_counter``)."""
    seconds = perf_counter() - began
    level = logging.WARNING if status >= 500 else logging.INFO
    if not logger.isEnabledFor(level):
        return
    milliseconds = round(seconds * 1000, 2)
    fields: dict[str, Any] = {
        "method": request.method,
        "path": request.path,
        "status": status,
        "bytes": size,
        "ms": milliseconds,
    }
    if query := request.META.get("QUERY_STRING"):
        fields["parameters"] = _NAMES.findall(query)
    if token := getattr(request, "auth", None):
        fields["token"] = token.pk
    elif user := getattr(request, "_cached_user", None):
        fields["user"] = user.pk
    logger.log(
        level,
        "%s %s %d, %d bytes, %.2f ms",
        request.method,
        request.path,
        status,
        size,
        milliseconds,
        extra={"fields": fields},
    )
