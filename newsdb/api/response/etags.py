"""Strong ETags: a 304 if a reader already has the body, a 412 if a writer has another version."""

import hashlib

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.request import Request

#: Headers of a response that are kept in the 304 sent in its place.
NOT_MODIFIED_HEADERS = ("ETag", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy")


def etag_of(body: bytes) -> str:
    """The strong ETag of a body, including the quotation marks."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def none_match_names(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names ``etag``, by weak comparison (RFC 9110)."""
    named = [each.removeprefix("W/") for each in parse_etags(header)]
    return named == ["*"] or etag in named


def match_names(header: str, etag: str) -> bool:
    """Whether an If-Match header names ``etag``. Weak ETags never match."""
    named = parse_etags(header)
    return named == ["*"] or etag in named


def add_etag(response: HttpResponse) -> None:
    """Set the ETag of ``response`` to that of its body."""
    response.headers["ETag"] = etag_of(response.content)


def unless_not_modified(request: Request, response: HttpResponse) -> HttpResponse:
    """``response``, which has an ETag, or a 304 in its place if the client has that body."""
    if none_match_names(request.headers.get("If-None-Match", ""), response.headers["ETag"]):
        headers = {name: response.headers[name] for name in NOT_MODIFIED_HEADERS if name in response.headers}
        return HttpResponseNotModified(headers=headers)
    return response
