"""Log lines with the id of the request: one JSON object each for programs, or one line of text for people.

This module imports neither newsdb nor Django, because gunicorn's master process uses it for its log lines
too.
"""

import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

#: The id of the request that this thread is answering, or else of the last one; empty before the first.
request_id: ContextVar[str] = ContextVar("request_id", default="")

#: Whether what this thread was sent is confidential. The messages of exceptions, which may quote it, are then
#: left out of the log.
confidential: ContextVar[bool] = ContextVar("confidential", default=False)


def configuration(form: str, level: str) -> dict[str, Any]:
    """The configuration for ``logging.config.dictConfig``. ``form`` is json or line."""
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
            # Without their own handlers, which would print each line a second time.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True},
            # Rejected requests and 503s are in the access log; this logger reports failures.
            "django.request": {"level": "ERROR", "filters": ["traceback"]},
            # Any client can cause these: an unknown host, a missing CSRF token, a wrong password.
            "django.security": {"level": "CRITICAL"},
            "axes": {"level": "ERROR"},
        },
    }


#: Of an exception, how many that led to it are written.
MAX_CAUSES = 10


class Formatter(logging.Formatter):
    """Writes tracebacks, without the messages of exceptions if the request is confidential."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's own name
        return _traceback_alone(ei[1]) if confidential.get() else super().formatException(ei)


def _traceback_alone(error: BaseException | None) -> str:
    """Where an exception and its causes were raised, and their types: the last raised comes last."""
    raised: list[str] = []
    while error is not None and len(raised) < MAX_CAUSES:
        raised.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        error = error.__cause__ or error.__context__
    return "\n".join(reversed(raised))


class JSONFormatter(Formatter):
    """Writes one JSON object per log record.

    Its members are ``time`` (UTC), ``level``, ``logger``, ``message``, ``request_id``, ``exception``, and the
    members of the record's ``fields``.

    >>> logging.getLogger("newsdb").info("Loaded.", extra={"fields": {"rows": 3}})
    """

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identity := request_id.get():
            entry["request_id"] = identity
        entry |= getattr(record, "fields", {})
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            entry["stack"] = record.stack_info
        try:
            line = orjson.dumps(entry, default=str, option=orjson.OPT_UTC_Z)
        except TypeError:  # a lone surrogate, which cannot be encoded
            entry = {
                name: str(value).encode(errors="backslashreplace").decode() for name, value in entry.items()
            }
            line = orjson.dumps(entry)
        return line.decode()


class TracebackFilter(logging.Filter):
    """Passes only records with a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


class LineFormatter(Formatter):
    """A line of text that begins with the time. Without a request, its id is ``-``."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} [{request_id}]: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id.get() or "-"
        return super().format(record)
