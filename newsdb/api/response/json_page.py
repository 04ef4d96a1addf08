"""Shows the API's JSON as a page to people who open its URL in a browser, with links and a curl command."""

import inspect
import shlex
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from newsdb.api.response.pages import render_page

API = "/api/v1"
#: The most bytes of JSON on the page, with its markup.
MOST = 36_000
#: Headers of the JSON response that do not apply to the page.
_BODY_HEADERS = ("content-type", "content-length", "etag", "last-modified")


def prepare(request: HttpRequest) -> None:
    """Make the API answer in JSON, and not with a 304 because the browser has the page."""
    for name in ("HTTP_ACCEPT", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
        request.META.pop(name, None)


def render_as_page(request: HttpRequest, response: Any) -> Any:
    """Render ``response`` as a page if it is JSON; return anything else unchanged."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    is_schema = getattr(request.resolver_match, "url_name", "") == "api-schema"  # too long for a page
    if response.streaming or is_schema or not media_type.endswith(("/json", "+json")):
        return response
    path = request.get_full_path()
    context = {
        "path": path,
        "description": _description(request),
        "own_page": _own_page(request),
        "curl": f"curl {shlex.quote(settings.PUBLIC_URL + path)}",
        **_page_context(response.content),
        "whole": f"{path}{'&' if '?' in path else '?'}format=json",
    }
    try:
        page = render_page(request, "newsdb/laid_out.html", context, status=response.status_code)
    except ValueError:  # collectstatic was not run, so no page can be rendered
        return response
    for name, value in response.headers.items():
        if name.lower() not in _BODY_HEADERS:
            page.headers[name] = value
    patch_vary_headers(page, ["Accept"])
    return page


def _page_context(content: bytes) -> dict[str, Any]:
    """The JSON for the page: its first lines, and how many more there are."""
    lines = json_html(orjson.loads(content)).split("\n") if content else []
    size = shown = 0
    for line in lines:
        size += len(line.encode()) + 1
        if size > MOST:
            break
        shown += 1
    text = mark_safe("\n".join(lines[:shown]))  # noqa: S308 - no element is longer than its line
    return {"json": text, "more": len(lines) - shown}


def json_html(value: Any, indent: str = "") -> SafeString:
    """``value`` as indented JSON in HTML, with its URLs as links."""
    deeper = f"{indent}  "
    if isinstance(value, dict) and value:
        members = [
            f'{deeper}<b>"{escape(name)}"</b>: {json_html(each, deeper)}' for name, each in value.items()
        ]
        text = "{\n" + ",\n".join(members) + f"\n{indent}}}"
    elif isinstance(value, list) and value:
        text = "[\n" + ",\n".join(f"{deeper}{json_html(each, deeper)}" for each in value) + f"\n{indent}]"
    else:
        text = escape(orjson.dumps(value).decode())
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            own = value.startswith(f"{settings.PUBLIC_URL}/")
            address = escape(value.removeprefix(settings.PUBLIC_URL) if own else value)
            elsewhere = "" if own else ' rel="noopener noreferrer"'
            text = f'<a href="{address}"{elsewhere}>{text}</a>'
    return mark_safe(text)  # noqa: S308 - each name and value in it is escaped


def _description(request: HttpRequest) -> str:
    """The first paragraph of the view's docstring."""
    view: Any = getattr(request.resolver_match, "func", None)
    actions = getattr(view, "actions", None) or {}
    cls, name = getattr(view, "cls", None), actions.get("get", "get")
    if cls is None:
        return ""
    # A description that applies to any list or record says nothing about this one.
    handler = vars(cls).get(name) if name in ("list", "retrieve") else getattr(cls, name, None)
    return (inspect.getdoc(handler or cls) or "").partition("\n\n")[0]


def _own_page(request: HttpRequest) -> str:
    """The path of the page with the same content, or "" if there is none."""
    match = request.resolver_match
    if match is None or not str(match.url_name).endswith(("-list", "-detail")):
        return ""
    path = request.path.removeprefix(API)
    try:
        page = resolve(path)
    except Resolver404:
        return ""
    query = request.META.get("QUERY_STRING", "")
    return (f"{path}?{query}" if query else path) if page.namespace == "pages" else ""
