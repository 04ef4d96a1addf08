"""Conditional responses: a response that depends only on the dataset is rendered once per dataset version.

A client that already has it gets a 304. Others get it from the response cache, without a row being read.
"""

import hashlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb import __version__
from newsdb.api.exceptions import Problem
from newsdb.api.response.cache import response_cache
from newsdb.api.response.etags import add_etag, unless_not_modified
from newsdb.api.response.shared_caches import allow_sharing
from newsdb.databases.routing import current_alias
from newsdb.models.version_cache import newest_change

#: Part of each ETag, since another build may answer differently. In development every start counts as a
#: build.
BUILD = f"{__version__} {time.time_ns() if settings.DEBUG else ''}"

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


class ConditionalResponse:
    """Answers a request conditionally.

    The ETag is a hash of all that the response depends on: the ledger's latest change, the request, and the
    values in ``also``. With ``shared``, a shared cache may store an anonymous response.
    """

    def __init__(self, request: Request, *also: object, shared: bool = True) -> None:
        self.request, self.shared = request, shared
        self.version, self.changed_at = next(iter(newest_change.rows()), (0, None))
        query = sorted((name, sorted(texts)) for name, texts in request.query_params.lists())
        renderer: Any = request.accepted_renderer
        # The version alone is not enough: after a backup is restored, later versions are used a second time.
        dataset = (settings.PUBLIC_URL, self.version, self.changed_at)
        asked = (BUILD, *dataset, request.path, query, renderer.media_type, also)
        self.etag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'

    def respond(self, render: Callable[[], Response]) -> HttpResponse:
        """A 304 if the client has the response, else the cached response, else what ``render`` returns.

        Raises ``Problem`` (412) if ``If-Match`` names another version, and whatever ``render`` raises.
        """
        if unchanged := self.not_modified():
            return unchanged
        if connections[current_alias.get()].in_atomic_block:  # its writes have no version yet
            return self.with_headers(render())
        # The version was read first: a cached response may be newer than its version, but never older.
        version = (self.version, self.changed_at)
        if cached := response_cache.get(self.etag, version):
            return self.with_headers(cached)
        rendered = render()
        rendered.add_post_render_callback(partial(response_cache.set, self.etag, version))
        return self.with_headers(rendered)

    def respond_with_record(self, render: Callable[[], Response]) -> HttpResponse:
        """Like ``respond``, but the ETag is that of the body, for ``If-Match`` when the record is written.

        If ``render`` returns anything other than the record (200), it is passed on unchanged.
        """
        version = (self.version, self.changed_at)
        writing = connections[current_alias.get()].in_atomic_block  # its writes have no version yet
        cached = None if writing else response_cache.get(self.etag, version)
        response: Any = cached or render()
        if response.status_code != 200:
            return response
        response["Cache-Control"] = "no-cache"
        if settings.SHARED_CACHE_SECONDS:
            allow_sharing(self.request._request, response)
        if cached:
            return unless_not_modified(self.request, cached)
        response.add_post_render_callback(add_etag)
        if not writing:
            response.add_post_render_callback(partial(response_cache.set, self.etag, version))
        response.add_post_render_callback(partial(unless_not_modified, self.request))
        return response

    def not_modified(self) -> Response | None:
        """The 304 if the client has this response already, else None. Raises ``Problem`` (412).

        Only the ETag decides. A change has the time at which its transaction began, so a new change may have
        an earlier time than one that the client has seen, and If-Modified-Since would miss it.
        """
        conditional = get_conditional_response(self.request._request, etag=self.etag)
        if conditional is not None and conditional.status_code == 412:
            raise Problem(412, "The version in If-Match is no longer current.")
        return None if conditional is None else self.with_headers(Response(status=conditional.status_code))

    def with_headers(self, response: AnyResponse) -> AnyResponse:
        """``response`` with its ETag and the headers for caches."""
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"
        if self.shared and settings.SHARED_CACHE_SECONDS:
            allow_sharing(self.request._request, response)
        if self.changed_at is not None:
            response["Last-Modified"] = http_date(self.changed_at.timestamp())
        patch_vary_headers(response, ["Accept"])
        return response
