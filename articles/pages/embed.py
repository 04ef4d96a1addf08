"""A statement in a frame of another site's page, and oEmbed, by which that site finds it."""

from typing import Any
from urllib.parse import unquote, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from articles.pages.asking import Asked, RefusedError, page
from articles.pages.statement import describe
from newsdb.api.endpoints.inprocess import InProcessResponse
from newsdb.api.exceptions import Problem
from newsdb.api.links import absolute
from newsdb.api.request.parameters import IntegerParameter, TextParameter
from newsdb.api.request.query import check_query_string, read_parameters

#: The most characters of a statement in a frame; its page has the rest.
MOST = 1_000
#: The size of a frame, in pixels, unless less is asked for.
WIDTH, HEIGHT = 600, 320
PARAMETERS = {
    "url": TextParameter(max_length=2000, help_text="The address of a statement's page."),
    "format": TextParameter(max_length=100, help_text="json."),
    "maxwidth": IntegerParameter(minimum=1, maximum=100_000, help_text="The maximum width, in pixels."),
    "maxheight": IntegerParameter(minimum=1, maximum=100_000, help_text="The maximum height, in pixels."),
}


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@page
def embed(asked: Asked, uid: str) -> HttpResponse:
    """The words, their speaker, date and outlet; for a statement that is no longer public, only that fact."""
    status = 200
    try:
        context = describe(asked.record(f"/statements/{uid}/", asked.raw))
        context["text"] = Truncator(context["statement"]["text"]).chars(MOST)
    except RefusedError as error:
        status = error.response.status
        if status not in (404, 410):
            raise
        context = {"detail": error.response.data["detail"]}
    return render(asked.request, "articles/pages/embed.html", context, status=status)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """How to embed the statement whose page is at ``url`` (oembed.com)."""
    try:
        check_query_string(request.META.get("QUERY_STRING", ""))
        values = read_parameters(PARAMETERS, request.GET)
        if "url" not in values:
            raise Problem(400, "url is required: the address of a statement's page.")
        if values.get("format", "json") != "json":
            raise Problem(501, "format: only json is available.")
        return JsonResponse(_described(Asked(request), values))
    except Problem as problem:
        return _error(problem.status_code, str(problem.detail))
    except Http404:
        return _error(404, "url: there is no such statement.")
    except RefusedError as error:
        return _refuse(request, error.response)


def _refuse(request: HttpRequest, response: InProcessResponse) -> HttpResponse:
    """A redirect, if the statement has another address; else the API's error."""
    if location := response.headers.get("Location"):
        uid = urlsplit(location).path.rstrip("/").rpartition("/")[2]
        query = request.GET.copy()
        query["url"] = absolute(f"/statements/{uid}/")
        moved = HttpResponse(status=response.status)
        moved["Location"] = f"{request.path}?{query.urlencode()}"
        return moved
    return _error(response.status, response.data["detail"])


def _described(asked: Asked, values: dict[str, Any]) -> dict[str, Any]:
    path = values["url"].removeprefix(settings.PUBLIC_URL)
    kind, _, uid = unquote(path.partition("?")[0]).strip("/").partition("/")
    if path == values["url"] or kind != "statements" or not uid or "/" in uid:
        raise Problem(404, f"url: only a page like {absolute('/statements/…/')} can be embedded.")
    row = asked.record(f"/statements/{uid}/")
    width = min(WIDTH, values.get("maxwidth", WIDTH))
    height = min(HEIGHT, values.get("maxheight", HEIGHT))
    who = row["speaker"]["name"] if row["speaker"] else row["speaker_label"] or "Unnamed"
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0" loading="lazy"></iframe>',
        absolute(f"/statements/{row['uid']}/embed/"),
        width,
        height,
        f"A statement of {who}",
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": f"{who}: “{Truncator(row['text']).chars(MOST)}”",
        "author_name": who,
        "provider_name": "newsdb",
        "provider_url": absolute("/"),
        "html": frame,
        "width": width,
        "height": height,
    }


def _error(status: int, detail: str) -> HttpResponse:
    return JsonResponse({"status": status, "detail": detail}, status=status)
