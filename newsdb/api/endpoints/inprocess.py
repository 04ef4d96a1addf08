"""Calls the API within the process: pages show its responses, and thus never more than it would."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import orjson
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

#: Parts of a page's request that are not passed on: credentials, and the browser's preferences and cache.
_LEFT_OUT = (
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_ACCEPT",
    "HTTP_RANGE",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
)


@dataclass(frozen=True)
class InProcessResponse:
    """A response of the API."""

    status: int
    headers: dict[str, str]
    body: bytes

    @cached_property
    def data(self) -> Any:
        """The parsed JSON; None for other media types."""
        return orjson.loads(self.body) if "json" in self.headers.get("Content-Type", "") else None


def get(request: HttpRequest, path: str, query: str = "", *, counted: bool = False) -> InProcessResponse:
    """The anonymous response to GET of ``path``, on behalf of the client of ``request``.

    ``query`` is a raw query string. With ``counted`` the request counts towards the client's quota; use it
    once per page.
    """
    return _respond(request, path, counted, REQUEST_METHOD="GET", QUERY_STRING=query)


def post(request: HttpRequest, path: str, body: Any) -> InProcessResponse:
    """The anonymous response to POST of ``body`` as JSON, on behalf of the client of ``request``.

    It counts towards the client's quota.
    """
    content = orjson.dumps(body)
    given = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(content))}
    return _respond(request, path, True, content, REQUEST_METHOD="POST", QUERY_STRING="", **given)


def _respond(
    request: HttpRequest, path: str, counted: bool, content: bytes = b"", **facts: str
) -> InProcessResponse:
    environ = {
        name: value
        for name, value in request.META.items()
        if name not in _LEFT_OUT and not name.startswith("HTTP_IF_")
    }
    environ |= {**facts, "PATH_INFO": path.encode().decode("latin-1"), "wsgi.input": BytesIO(content)}
    inner: Any = WSGIRequest(environ)
    inner.uncounted = not counted
    inner.resolver_match = match = resolve(path)
    response: HttpResponseBase = match.func(inner, *match.args, **match.kwargs)
    render = getattr(response, "render", None)
    if render is not None:
        response = render()
    body = b"".join(response) if isinstance(response, Iterable) else b""
    return InProcessResponse(response.status_code, dict(response.items()), body)


def query_of(pairs: Iterable[tuple[str, str]]) -> str:
    """``pairs`` as a query string."""
    return urlencode(list(pairs))
