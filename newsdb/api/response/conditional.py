"""Conditional responses: what depends on the dataset alone is rendered once for each of its versions.

A client that has it gets a 304, and the next one gets it from the response cache, without a row being read.
"""

import hashlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
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
from newsdb.models import Change
from newsdb.models.prepared import Prepared

#: Another build may answer differently; in development every start is another build.
BUILD = f"{__version__} {time.time_ns() if settings.DEBUG else ''}"
_newest = Prepared(lambda: Change.objects.newest())

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


class ConditionalResponse:
    """What a response depends on: the ledger's latest change, what exactly was asked for, and ``also``."""

    def __init__(self, request: Request, *also: object) -> None:
        self.request = request
        self.version, self.changed_at = next(iter(_newest.rows()), (0, None))
        query = sorted((name, sorted(texts)) for name, texts in request.query_params.lists())
        renderer: Any = request.accepted_renderer
        # With its time: after an older backup is restored, versions are counted on from an older one.
        dataset = (settings.PUBLIC_URL, self.version, self.changed_at)
        asked = (BUILD, *dataset, request.path, query, renderer.media_type, also)
        self.etag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'

    def respond(self, render: Callable[[], Response]) -> HttpResponse:
        """304 if the client has the response, the cached one if there is one, else what ``render`` returns.

        Raises ``Problem`` (412) where the client wants another version, and whatever ``render`` raises.
        """
        if unchanged := self.not_modified():
            return unchanged
        if connection.in_atomic_block:  # what was written in it is in no version yet
            return self.with_headers(render())
        # The version was read first: a response may be newer than what it is cached for, but never older.
        version = (self.version, self.changed_at)
        if cached := response_cache.get(self.etag, version):
            return self.with_headers(cached)
        rendered = render()
        rendered.add_post_render_callback(partial(response_cache.set, self.etag, version))
        return self.with_headers(rendered)

    def respond_with_record(self, render: Callable[[], Response]) -> HttpResponse:
        """As ``respond``, with the ETag of the body, which ``If-Match`` takes when the record is written.

        Whatever ``render`` returns but the record (200) is passed on as it is.
        """
        version = (self.version, self.changed_at)
        if not connection.in_atomic_block and (cached := response_cache.get(self.etag, version)):
            return unless_not_modified(self.request, cached)
        rendered = render()
        if rendered.status_code == 200:
            rendered.add_post_render_callback(add_etag)
            if not connection.in_atomic_block:
                rendered.add_post_render_callback(partial(response_cache.set, self.etag, version))
            rendered.add_post_render_callback(partial(unless_not_modified, self.request))
        return rendered

    def not_modified(self) -> Response | None:
        """The 304, if the client has this response already. Raises ``Problem`` (412) where it wants another.

        Only the ETag decides. A change carries the time at which its transaction began, so one may appear
        that is older than what a client last saw, and If-Modified-Since would miss it.
        """
        conditional = get_conditional_response(self.request._request, etag=self.etag)
        if conditional is not None and conditional.status_code == 412:
            raise Problem(412, "The version in If-Match is no longer current.")
        return None if conditional is None else self.with_headers(Response(status=conditional.status_code))

    def with_headers(self, response: AnyResponse) -> AnyResponse:
        """``response``, which says how to ask for it again."""
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"
        if self.changed_at is not None:
            response["Last-Modified"] = http_date(self.changed_at.timestamp())
        patch_vary_headers(response, ["Accept"])
        return response
