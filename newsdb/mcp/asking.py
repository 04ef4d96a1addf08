"""Calls the API within the process, as an anonymous client: same responses, same errors."""

import io
import json
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application


class ApiError(Exception):
    """An error of the API, described in a sentence or two."""


def ask(path: str, parameters: dict[str, Any] | None = None, body: Any = None) -> dict[str, Any]:
    """The JSON at ``path`` below ``/api/v1/``: a GET, or with a ``body`` a POST. Raises ``ApiError``."""
    query = {name: value for name, value in (parameters or {}).items() if value not in ("", None)}
    content = b"" if body is None else json.dumps(body).encode()
    public = urlsplit(settings.PUBLIC_URL)
    host = public.hostname or "127.0.0.1"
    statuses: list[int] = []
    environ = {
        "REQUEST_METHOD": "GET" if body is None else "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": f"/api/v1/{path}",
        "QUERY_STRING": urlencode(query),
        "SERVER_NAME": host,
        "SERVER_PORT": str(public.port or (443 if public.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": public.netloc,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.url_scheme": public.scheme,
        "wsgi.input": io.BytesIO(content),
    }
    response = _application()(environ, lambda status, headers: statuses.append(int(status[:3])))
    try:
        answer: dict[str, Any] = json.loads(b"".join(response) or b"{}")
    finally:
        response.close()  # ends the request, which releases its database connection
    if statuses[0] >= HTTPStatus.MULTIPLE_CHOICES:
        raise ApiError(_refusal(answer, statuses[0]))
    return answer


@cache
def _application() -> Any:
    return get_wsgi_application()


def _refusal(problem: dict[str, Any], status: int) -> str:
    """A problem described in words, with the candidates that may have been meant."""
    errors = problem.get("errors", [])
    said = [problem.get("detail", HTTPStatus(status).phrase)]
    said += [error["detail"] for error in errors if error["detail"] not in said[0]]
    candidates = [
        f"{each['name']} ({each['slug']})" for error in errors for each in error.get("candidates", ())
    ]
    if candidates:
        said.append(f"Candidates: {', '.join(candidates)}.")
    return " ".join(said)
