"""Whether an answer is still the one the client has: ETags of lists, without touching their rows."""

import hashlib
import time
from typing import Any, TypeVar

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb import __version__
from newsdb.api.problems import Problem
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
        asked = (BUILD, settings.PUBLIC_URL, request.path, query, renderer.media_type, self.version, also)
        self.etag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'

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
