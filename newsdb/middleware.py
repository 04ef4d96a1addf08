"""Middleware for every request: its id, the probes, the access log, the Content-Security-Policy, and the
limit on concurrent writes.

Also Django's middleware that only pages need, skipped for requests to the API.
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

from newsdb import metrics
from newsdb.api.endpoints.probes import PROBES, probe_response
from newsdb.api.exceptions import Busy, Occupied
from newsdb.api.request.concurrency import check_limit, write_limit
from newsdb.api.response.json_page import prepare, render_as_page
from newsdb.api.response.problems import host_problem, is_api, unavailable_response
from newsdb.api.response.written import written_response
from newsdb.logs import confidential, request_id

logger = logging.getLogger("newsdb.access")

#: Paths at which a POST changes nothing, and what is sent is confidential.
READ_ONLY_POST_PATHS = ("/api/v1/checks/", "/check/")

#: Request ids accepted from a client or proxy: they cannot break a log line or a header.
IDENTITY = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: Finds the names of parameters in a query string. Their values, which may be confidential, are not logged.
_NAMES = re.compile(r"(?:^|&)([a-z_]{1,32})(?==|&|$)")


class RequestMiddleware:
    """Gives each request an id, for all log lines and ``X-Request-ID``, and logs it when it is answered.

    The log line has the method, path, names of parameters, status, bytes, milliseconds and the id of the
    token or user. It has neither the values of parameters nor the client's address, which the proxy can log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        identity = given if IDENTITY.fullmatch(given) else secrets.token_hex(16)
        request_id.set(identity)
        confidential.set(request.path_info in READ_ONLY_POST_PATHS)
        probe = PROBES.get(request.path_info)
        if probe is not None:
            response: Any = probe_response(probe, request)
        elif request.path_info == metrics.PATH and metrics.are_on():
            response = metrics.metrics_response()
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
    """Answers with 503 if a write, or a check, had to wait too long because too many are running."""

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
            return self.get_response(request) if checks else written_response(request, self.get_response)
        finally:
            limit.release()


class CrossOriginMiddleware(CorsMiddleware):
    """django-cors-headers' middleware, which lets any origin read, with more methods for some.

    Any origin may POST to ``READ_ONLY_POST_PATHS``. Those in ``CORS_WRITE_ORIGINS`` may send a token, and
    write with it. None may use a browser's session: only a token authorises writing.
    """

    def add_response_headers(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add django-cors-headers' headers and, to a preflight, the methods that the origin may use here."""
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
    """django-csp's middleware, which builds a policy per response only for pages: a page may have its own.

    All other responses share one policy, since building it takes a sixth of the time of a 304.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the policy of ``response``."""
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._default_policy)
        return response

    @cached_property
    def _default_policy(self) -> str:
        return build_policy(**asdict(self.get_policy_parts(HttpRequest(), HttpResponse())))


class BrowserMiddleware:
    """Renders the API's responses as pages for people's browsers. Responses to programs are not affected."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_from_browser(request) or not is_api(request):
            return self.get_response(request)
        prepare(request)
        response: HttpResponseBase = render_as_page(request, self.get_response(request))
        return response


def _is_from_browser(request: HttpRequest) -> bool:
    """Whether a person's browser sent the request: no program accepts HTML first and XHTML, or HTML alone."""
    accept = request.META.get("HTTP_ACCEPT", "")
    return (
        accept.startswith("text/html")
        and ("application/xhtml+xml" in accept or "," not in accept)
        and request.method in ("GET", "HEAD")
        and "format=" not in request.META.get("QUERY_STRING", "")
    )


class _PagesOnly(MiddlewareMixin):
    """Skips a middleware for requests to the API.

    Clients of the API have at most a token. Preparing a session and messages for them would be wasted, and
    take a tenth of the time of a 304.
    """

    def __call__(self, request: HttpRequest) -> Any:
        if is_api(request):
            return self.get_response(request)
        return super().__call__(request)


class PageSessionMiddleware(_PagesOnly, SessionMiddleware):
    """Django's middleware, for pages only."""


class PageAuthenticationMiddleware(_PagesOnly, AuthenticationMiddleware):
    """Django's middleware, for pages only."""


class PageMessageMiddleware(_PagesOnly, MessageMiddleware):
    """Django's middleware, for pages only."""


def _counted(
    chunks: Iterator[bytes], request: HttpRequest, response: HttpResponseBase, began: float
) -> Iterator[bytes]:
    """Pass the stream on, and log the request when it ends or the client disconnects."""
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            yield chunk
    finally:
        log(request, response.status_code, size, began)


def log(request: HttpRequest, status: int, size: int, began: float) -> None:
    """Log and measure a response of ``size`` bytes; the request began at ``began`` (``perf_counter``)."""
    seconds = perf_counter() - began
    if metrics.are_on():
        metrics.observe(request, status, seconds)
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
