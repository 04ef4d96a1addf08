"""What all pages do: ask the API at the same address, and pass on its redirects and errors."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import resolve
from django.views.decorators.http import conditional_page, require_safe

from articles.pages.days import written
from newsdb.api.endpoints import inprocess
from newsdb.api.endpoints.inprocess import InProcessResponse
from newsdb.api.response.pages import error_page
from newsdb.api.response.pagination import DEFAULT_LIMIT
from newsdb.api.response.shared_caches import allow_sharing

API = "/api/v1"
#: Parameters that decide the format of the API's response, which a page does not have.
OF_THE_FORM = ("fields", "omit", "format", "spreadsheet", "count", "cite")
#: How many errors a page shows, and how many links to corrections, each of which has the whole query.
ERRORS, LINKS = 10, 10
#: Fields of forms; an empty one is left out of the request.
FIELDS = ("q", "date_after", "date_before")

View = Callable[..., HttpResponse]


class RefusedError(Exception):
    """The API's response is not what the page shows."""

    def __init__(self, response: InProcessResponse) -> None:
        super().__init__(response.status)
        self.response = response


class Asked:
    """The request to the API for a page's content."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.raw = request.META.get("QUERY_STRING", "")
        self.first: InProcessResponse | None = None

    def get(self, path: str, query: str = "") -> Any:
        """The data at ``path`` of the API. Raises ``RefusedError``."""
        return self.respond(path, query).data

    def respond(self, path: str, query: str = "") -> InProcessResponse:
        """The API's response at ``path``, if there is one. Raises ``RefusedError``."""
        response = inprocess.get(self.request, f"{API}{path}", query, counted=self.first is None)
        self.first = self.first or response
        if response.status != 200:
            raise RefusedError(response)
        return response

    def record(self, path: str, query: str = "") -> Any:
        """The data of the record or list at ``path``, but not of other endpoints below lists.

        Raises ``RefusedError`` and ``Http404``.
        """
        if not str(resolve(f"{API}{path}").url_name).endswith(("-detail", "-list")):
            raise Http404
        return self.get(path, query)

    def here(self, path: str = "", *, most: int = DEFAULT_LIMIT) -> Any:
        """The API's data at ``path``, by default the page's own path; parameters are validated as in the API.

        Of a list it has at most ``most`` rows, whatever ``limit`` is. Raises ``RefusedError``.
        """
        data = self.record(path or self.request.path, self.raw)
        pairs = self.pairs()
        kept = [(name, text) for name, text in pairs if name not in OF_THE_FORM]
        if len(data.get("results", ())) > most:
            kept = [*(pair for pair in kept if pair[0] != "limit"), ("limit", str(most))]
        if kept != pairs:
            data = self.get(path or self.request.path, inprocess.query_of(kept))
        return data

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the request, in their order."""
        return [(name, text) for name, texts in QueryDict(self.raw).lists() for text in texts]

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the first response, with the client's limits."""
        return self.first.headers if self.first else {}


def page(view: Callable[..., HttpResponse]) -> View:
    """A view that shows responses of the API. It takes ``Asked`` instead of a request."""

    @require_safe
    @conditional_page
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = Asked(request)
        if any(f"{name}=" in asked.raw for name in FIELDS):
            pairs = asked.pairs()
            kept = [(name, text) for name, text in pairs if text or name not in FIELDS]
            if len(kept) < len(pairs):
                query = inprocess.query_of(kept)
                return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        try:
            response = view(asked, **kwargs)
        except RefusedError as error:
            response = _pass_on(asked, error.response)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
            if response.status_code == 200 and settings.SHARED_CACHE_SECONDS:
                allow_sharing(request, response)
        return response

    return wrapped


def _pass_on(asked: Asked, response: InProcessResponse) -> HttpResponse:
    """A redirect to the page at another address, or the API's error as a page."""
    if location := response.headers.get("Location"):
        parts = urlsplit(location)
        path = parts.path.removeprefix(API)
        moved = HttpResponse(status=response.status)
        moved["Location"] = f"{path}?{parts.query}" if parts.query else path
        return moved
    problem = response.data
    errors, left = [], LINKS
    for error in problem.get("errors", [])[:ERRORS]:
        ways = _ways(asked, error)[: max(left, 0)]
        errors.append({**error, "ways": ways})
        left -= len(ways)
    facts = {name: problem[name] for name in ("request_id", "reason", "retracted_at") if name in problem}
    detail = problem["detail"]
    if day := problem.get("retracted_at", problem.get("erased_on", ""))[:10]:
        detail = detail.replace(day, written(day), 1)
    return error_page(
        asked.request, response.status, detail, headers=response.headers, errors=errors, **facts
    )


def _ways(asked: Asked, error: dict[str, Any]) -> list[dict[str, str]]:
    """Links to the same page with the suggested corrections."""
    named = [(each["slug"], each["name"]) for each in error.get("candidates", ()) if "slug" in each]
    if not named and error["code"] != "unknown":
        named = [(str(text), str(text)) for text in error.get("allowed", ())]
    others = [(name, text) for name, text in asked.pairs() if name != error.get("parameter")]
    return [
        {
            "path": f"{asked.request.path}?{inprocess.query_of([*others, (error['parameter'], text)])}",
            "name": name,
        }
        for text, name in named
    ]
