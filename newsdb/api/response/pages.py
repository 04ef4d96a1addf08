"""Renders pages with the frame that all share, and problems as pages."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from newsdb import __version__

#: Headers of the API's responses that a page passes on.
PASSED_ON = ("RateLimit", "RateLimit-Policy", "Retry-After")
#: The most bytes of an address in a header: proxies limit the size of all of them.
LONGEST_IN_A_HEADER = 1_000
#: Advice on error pages, by status.
ADVICE = {
    404: "The address may have been cut or mistyped. Search for the words instead.",
    414: "Leave some of the filters out.",
    429: "Too many requests came from your network within a minute. Wait, then reload the page.",
    503: "Reload the page in a moment.",
}
#: A search would be answered alike, so pages of these statuses offer none.
UNAVAILABLE = (429, 503)
HEADINGS = {
    400: "This cannot be searched",
    401: "You may not see this",
    403: "You may not see this",
    404: "There is nothing here",
    410: "No longer public",
    413: "This is too long",
    414: "The address is too long",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Unavailable for the moment",
}


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Render a page with what its frame needs. Some of the API's ``headers`` are passed on."""
    # Without the session's cookie nobody is logged in, so avoid loading a session.
    known = status < 400 and settings.SESSION_COOKIE_NAME in request.COOKIES
    user = getattr(request, "user", None)  # requests to the API have none
    staff = known and user is not None and user.is_staff
    frame = {
        "version": __version__,
        "contact": _contact(request),
        "privacy_url": settings.PRIVACY_URL,
        "imprint_url": settings.IMPRINT_URL,
        "address": f"{settings.PUBLIC_URL}{request.path}",
        "staff": staff,
    }
    response = render(request, template, {**frame, **context}, status=status)
    for name in PASSED_ON:
        if headers and name in headers:
            response[name] = headers[name]
    alternates = {"api": "application/json", "feed": "application/atom+xml"}
    found = [(context[name], kind) for name, kind in alternates.items() if name in context]
    if links := [link for link in found if len(link[0]) <= LONGEST_IN_A_HEADER]:
        response["Link"] = ", ".join(f'<{path}>; rel="alternate"; type="{kind}"' for path, kind in links)
    if status < 400:
        # Without a login, too: otherwise a cache in front might answer an editor with a page for anyone.
        patch_vary_headers(response, ["Cookie"])
    if staff:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _contact(request: HttpRequest) -> str:
    """The link for reporting a mistake on this page; what is sent or asked for there names its URL."""
    contact: str = settings.CONTACT
    address = f"{settings.PUBLIC_URL}{request.path}"
    about = {"url": address}
    if contact.startswith("mailto:"):
        about = {"subject": f"newsdb: {request.path}", "body": address}
    parts = urlsplit(contact)
    query = "&".join(filter(None, [parts.query, urlencode(about, quote_via=quote)]))
    return parts._replace(query=query).geturl() if contact else ""


def error_page(
    request: HttpRequest, status: int, detail: str, *, headers: Any = None, **members: Any
) -> HttpResponse:
    """Render a problem as a page."""
    context = {
        "status": status,
        "heading": "Retracted" if "retracted_at" in members else HEADINGS.get(status, "This did not work"),
        "detail": detail,
        "advice": ADVICE.get(status, ""),
        "search": status not in UNAVAILABLE,
        # Do not query the database about the sample dataset: it may be what failed; and a 404 shows no
        # record.
        **({"sample": False} if status == 404 or status >= 500 else {}),
        **members,
    }
    try:
        return render_page(request, "newsdb/error.html", context, status=status, headers=headers)
    except ValueError:  # collectstatic was not run, so no page can be rendered
        return HttpResponse(detail, status=status, content_type="text/plain; charset=utf-8")
