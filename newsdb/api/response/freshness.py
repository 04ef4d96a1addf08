"""Whether an answer is still the one that was given: ETags of lists, without touching their rows."""

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
from newsdb.api.response.kept import kept_answers
from newsdb.models import Change
from newsdb.models.prepared import Prepared

#: Another program may answer otherwise; in development it is another one each time it starts.
BUILD = f"{__version__} {time.time_ns() if settings.DEBUG else ''}"
_newest = Prepared(lambda: Change.objects.newest())

Answer = TypeVar("Answer", bound=HttpResponseBase)


class Freshness:
    """What an answer depends on: the ledger's latest change, what exactly was asked for, and ``also``."""

    def __init__(self, request: Request, *also: object) -> None:
        self.version, self.changed_at = next(iter(_newest.rows()), (0, None))
        query = sorted((name, sorted(texts)) for name, texts in request.query_params.lists())
        renderer: Any = request.accepted_renderer
        # With its time, since an older backup that is put in place counts on from an older version.
        dataset = (settings.PUBLIC_URL, self.version, self.changed_at)
        asked = (BUILD, *dataset, request.path, query, renderer.media_type, also)
        self.etag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'

    def answer(self, request: Request, make: Callable[[], Response]) -> HttpResponse:
        """304 if the client has the answer, the answer itself if it is kept, else what ``make`` makes.

        Raises ``Problem`` (412) where the client wants another version, and whatever ``make`` raises.
        """
        if unchanged := self.not_modified(request):
            return unchanged
        if connection.in_atomic_block:  # what was written in it is in no version yet
            return self.stamp(make())
        # The version was read first: an answer may be newer than what it is kept for, but never older.
        version = (self.version, self.changed_at)
        if kept := kept_answers.find(self.etag, version):
            return self.stamp(kept)
        made = make()
        made.add_post_render_callback(partial(kept_answers.keep, self.etag, version))
        return self.stamp(made)

    def not_modified(self, request: Request) -> Response | None:
        """The 304, if the client has this answer already. Raises ``Problem`` (412) where it wants another.

        Only the ETag decides. A change carries the time at which its transaction began, so one may appear
        that is older than what a client last saw, and If-Modified-Since would miss it.
        """
        conditional = get_conditional_response(request._request, etag=self.etag)
        if conditional is not None and conditional.status_code == 412:
            raise Problem(412, "It is not the version in If-Match any more.")
        return None if conditional is None else self.stamp(Response(status=conditional.status_code))

    def stamp(self, response: Answer) -> Answer:
        """Say in ``response`` how to ask for it again."""
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"
        if self.changed_at is not None:
            response["Last-Modified"] = http_date(self.changed_at.timestamp())
        patch_vary_headers(response, ["Accept"])
        return response
