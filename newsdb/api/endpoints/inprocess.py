"""The API asked from within the process: pages show its answers, and so never more than it would."""

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

#: What makes a request somebody's, or its answer depend on what a browser has or likes.
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
    """What the API answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    @cached_property
    def data(self) -> Any:
        """The JSON in it; None for other media types."""
        return orjson.loads(self.body) if "json" in self.headers.get("Content-Type", "") else None


def get(request: HttpRequest, path: str, query: str = "", *, counted: bool = False) -> InProcessResponse:
    """What GET of ``path`` answers to anyone, on behalf of the client of ``request``.

    ``query`` is a raw query string. With ``counted`` it takes from the client's quota: once for each page.
    """
    return _respond(request, path, counted, REQUEST_METHOD="GET", QUERY_STRING=query)


def post(request: HttpRequest, path: str, body: Any) -> InProcessResponse:
    """What POST of ``body`` as JSON to ``path`` answers to anyone, on behalf of the client of ``request``.

    It takes from the client's quota.
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
