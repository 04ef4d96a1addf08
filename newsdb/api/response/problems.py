"""Errors as RFC 9457 problems: one format for all errors under ``/api/``.

A problem has ``type``, ``title``, ``status``, ``detail``, ``instance`` and, if parameters or members of the
body are invalid, ``errors``. Each of these has ``parameter`` or ``pointer``, ``code``, ``detail`` and what
helps to correct it (``allowed``, ``candidates``). ``type`` is always ``about:blank``: the kind of problem is
given by the status and by the codes in ``errors``. From status 500 there is a ``request_id``, to find the
request in the log.
"""

import logging
import sys
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from typing import Any

import orjson
from django.core.exceptions import (
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from newsdb.api.exceptions import (
    MAX_ERRORS,
    Busy,
    DiskFull,
    Problem,
    TooSlow,
    Unavailable,
    Unreachable,
    pointer_to,
)
from newsdb.api.response.pages import error_page
from newsdb.api.response.renderers import JSONRenderer
from newsdb.logs import request_id
from newsdb.models.write_errors import is_disk_full, is_locked, is_statement_timeout, is_unreachable

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
NOT_FOUND = "There is nothing at this address."
NOT_UNDERSTOOD = "The request could not be understood."
TOO_LARGE, TOO_MANY = "The body is too large.", "There are too many parameters."
UNKNOWN_HOST = "Nothing is served at this host name. Its operator can add it to ALLOWED_HOSTS."

#: Python 3.11 still uses the older names of RFC 2616 and 7231 for these.
TITLES = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}


def unavailable(error: BaseException | None) -> Unavailable | None:
    """The 503 for a database that could not serve the request; None for any other error."""
    if is_disk_full(error):
        logger.error("The disk of the database is full", exc_info=error)
        return DiskFull()
    if is_locked(error):
        return Busy()
    if is_statement_timeout(error):
        return TooSlow()
    return Unreachable() if is_unreachable(error) else None


def problem_body(request: HttpRequest, status: int, detail: str, **members: Any) -> dict[str, Any]:
    """The body of a problem with ``request``."""
    return {
        "type": "about:blank",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": escape_uri_path(request.path),
        **({"request_id": request_id.get()} if status >= 500 else {}),
        **members,
    }


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The problem for an exception of a view; None for an unexpected one, which becomes a 500."""
    error = _as_api_exception(exc)
    if error is None:
        return None
    set_rollback()
    headers = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"

    members = dict(error.members) if isinstance(error, Problem) else {}
    if isinstance(error.detail, list | dict):
        detail = "The body is invalid."
        members["errors"] = list(islice(_body_errors(error.detail), MAX_ERRORS))
    else:
        detail = str(error.detail)

    request = context["request"]
    # A problem is always JSON, whatever format was negotiated.
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
    return Response(
        problem_body(request, error.status_code, detail, **members),
        status=error.status_code,
        headers=headers,
        content_type=MEDIA_TYPE,
    )


def _as_api_exception(exc: Exception) -> exceptions.APIException | None:
    match exc:
        case exceptions.APIException():
            return exc
        case Http404():
            return exceptions.NotFound(NOT_FOUND)
        case PermissionDenied():
            return exceptions.PermissionDenied(*exc.args)
        case RequestDataTooBig():
            return Problem(413, TOO_LARGE)
        case OperationalError():
            return unavailable(exc)
        case TooManyFieldsSent():
            return Problem(400, TOO_MANY)
        case SuspiciousOperation():
            return Problem(400, NOT_UNDERSTOOD)
    return None


def _body_errors(detail: Any, pointer: str = "") -> Iterator[dict[str, Any]]:
    """Flatten a serializer's errors into JSON Pointers (RFC 6901)."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            # DRF uses this name for errors of the whole object.
            inside = pointer if name == "non_field_errors" else pointer_to(pointer, name)
            yield from _body_errors(inner, inside)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            inside = pointer_to(pointer, index) if isinstance(inner, dict | list) else pointer
            yield from _body_errors(inner, inside)
    else:
        yield {"pointer": pointer, "code": detail.code, "detail": str(detail)}


# ── Outside DRF: responses of Django before or without a view ────────────────────────────────


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler400``."""
    match exception:
        case DisallowedHost():
            return _refuse(request, 400, UNKNOWN_HOST)
        case RequestDataTooBig():
            return _refuse(request, 413, TOO_LARGE)
        case TooManyFieldsSent():
            return _refuse(request, 400, TOO_MANY)
    return _refuse(request, 400, NOT_UNDERSTOOD)


def host_problem(request: HttpRequest) -> HttpResponse | None:
    """A problem if the API is requested under an unknown host, else None.

    In development Django would respond with its own page before it calls any handler.
    """
    if is_api(request):
        try:
            request.get_host()
        except DisallowedHost as error:
            return bad_request(request, error)
    return None


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler403``."""
    return _refuse(request, 403, "You are not allowed to do this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: for a form without a valid token, mostly because the page was open too long."""
    detail = "Nothing was saved: the page was open for too long, or your browser sends no cookies."
    advice = "Go back, reload the page and send the form again."
    return error_page(request, 403, detail, heading="This form was refused", advice=advice)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``, and the view for all paths that no other pattern matches."""
    return _refuse(request, 404, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``. If the database could not serve the request, the response is a 503."""
    if error := unavailable(sys.exception()):
        return unavailable_response(request, error)
    return _refuse(request, 500, "The server failed. It is not your fault; please tell us.")


def unavailable_response(request: HttpRequest, error: Unavailable) -> HttpResponse:
    """The 503 for an error outside views."""
    response = _refuse(request, error.status_code, str(error.detail))
    response["Retry-After"] = str(error.wait)
    return response


def is_api(request: HttpRequest) -> bool:
    """Whether the request is for the API, not for a page."""
    return request.path_info.startswith("/api/")


def _refuse(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """An error response: a problem for the API, otherwise a page."""
    if is_api(request):
        return problem_response(request, status, detail)
    members: dict[str, Any] = {"request_id": request_id.get()} if status >= 500 else {}
    return error_page(request, status, detail, **members)


def problem_response(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """The response for a problem outside DRF."""
    body = orjson.dumps(problem_body(request, status, detail))
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)
