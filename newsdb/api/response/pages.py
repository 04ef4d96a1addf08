"""Pages in the design of all: what each has in its frame, and how a problem looks as a page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from newsdb import __version__

#: Headers of the API's answers that a page passes on.
PASSED_ON = ("RateLimit", "RateLimit-Policy", "Retry-After")
#: What to do, by status.
ADVICE = {
    404: "The address may have been cut or mistyped. Search for the words instead.",
    414: "Leave some of the filters out.",
    429: "Too many requests came from your network within a minute. Wait, then reload the page.",
    503: "Reload the page in a moment.",
}
HEADINGS = {
    400: "This cannot be searched",
    401: "You may not see this",
    403: "You may not see this",
    404: "There is nothing here",
    410: "No longer public",
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
    """The page, with what its frame shows, and those of the API's ``headers`` that are passed on."""
    # Who is not logged in has no such cookie, and no session is looked for.
    known = status < 400 and settings.SESSION_COOKIE_NAME in request.COOKIES
    user = getattr(request, "user", None)  # which requests to the API do not have
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
    if links := [(context[name], kind) for name, kind in alternates.items() if name in context]:
        response["Link"] = ", ".join(f'<{path}>; rel="alternate"; type="{kind}"' for path, kind in links)
    if staff:
        patch_cache_control(response, private=True)
    return response


def _contact(request: HttpRequest) -> str:
    """Where a mistake on this page is reported: a mail begins with its address."""
    contact: str = settings.CONTACT
    if not contact.startswith("mailto:"):
        return contact
    mail = {"subject": f"newsdb: {request.path}", "body": f"{settings.PUBLIC_URL}{request.path}"}
    return f"{contact}?{urlencode(mail, quote_via=quote)}"


def error_page(
    request: HttpRequest, status: int, detail: str, *, headers: Any = None, **members: Any
) -> HttpResponse:
    """A problem as a page."""
    context = {
        "status": status,
        "heading": "Retracted" if "retracted_at" in members else HEADINGS.get(status, "This did not work"),
        "detail": detail,
        "advice": ADVICE.get(status, ""),
        # What is not there is no record, and after an error the database may be what failed.
        **({"sample": False} if status == 404 or status >= 500 else {}),
        **members,
    }
    try:
        return render_page(request, "newsdb/error.html", context, status=status, headers=headers)
    except ValueError:  # collectstatic was not run: no page has its style sheet
        return HttpResponse(detail, status=status, content_type="text/plain; charset=utf-8")
