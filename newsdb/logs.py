"""Log lines: one JSON object each for programs, or one line of text for people, with the id of the request.

It imports nothing of newsdb's and nothing of Django's: gunicorn's own process formats its lines with it too.
"""

import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

#: The id of the request that this thread answers, or answered last; empty before the first.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def configuration(form: str, level: str) -> dict[str, Any]:
    """The logging of a process, for ``logging.config.dictConfig``: ``form`` is json or line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "newsdb.logs.JSONFormatter"},
            "line": {"()": "newsdb.logs.LineFormatter"},
        },
        "filters": {"traceback": {"()": "newsdb.logs.TracebackFilter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's and gunicorn's own handlers would print a second time what the root prints.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True},
            # Rejected requests and 503s are in the access log; this logger reports failures.
            "django.request": {"level": "ERROR", "filters": ["traceback"]},
            # Any client can cause these: an unknown host, a missing CSRF token, a wrong password.
            "django.security": {"level": "CRITICAL"},
            "axes": {"level": "ERROR"},
        },
    }


class JSONFormatter(logging.Formatter):
    """``time`` (UTC), ``level``, ``logger``, ``message``, ``request_id``, ``exception``, and ``fields``.

    >>> logging.getLogger("newsdb").info("Loaded.", extra={"fields": {"rows": 3}})
    """

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identity := request_id.get():
            said["request_id"] = identity
        said |= getattr(record, "fields", {})
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            said["stack"] = record.stack_info
        try:
            line = orjson.dumps(said, default=str, option=orjson.OPT_UTC_Z)
        except TypeError:  # a lone surrogate, which is no Unicode
            said = {
                name: str(value).encode(errors="backslashreplace").decode() for name, value in said.items()
            }
            line = orjson.dumps(said)
        return line.decode()


class TracebackFilter(logging.Filter):
    """Lets through only records with a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


class LineFormatter(logging.Formatter):
    """A line that begins with the time, for people; ``-`` stands where there is no request."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} [{request_id}]: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id.get() or "-"
        return super().format(record)
