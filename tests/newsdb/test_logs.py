"""Log lines, for programs and for people."""

import doctest
import json
import logging
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsdb import logs
from newsdb.logs import JSONFormatter, LineFormatter, request_id


@pytest.fixture
def identity() -> Iterator[str]:
    token = request_id.set("abc-1")
    yield "abc-1"
    request_id.reset(token)


def record(message: str, *arguments: object, **facts: Any) -> logging.LogRecord:
    made = logging.LogRecord("newsdb.test", logging.INFO, __file__, 1, message, arguments, None)
    made.__dict__ |= facts
    return made


def read(made: logging.LogRecord) -> dict[str, Any]:
    line = JSONFormatter().format(made)
    assert "\n" not in line
    said: dict[str, Any] = json.loads(line)
    return said


def test_a_line_is_an_object(identity: str) -> None:
    said = read(record("%d rows", 3, fields={"rows": 3, "path": Path("/x")}, created=1729684800.25))
    assert said == {
        "time": "2024-10-23T12:00:00.250000Z",
        "level": "INFO",
        "logger": "newsdb.test",
        "message": "3 rows",
        "request_id": "abc-1",
        "rows": 3,
        "path": "/x",
    }


def test_without_a_request_there_is_no_id() -> None:
    token = request_id.set("")
    assert "request_id" not in read(record("Started."))
    assert "[-]: Started." in LineFormatter().format(record("Started."))
    request_id.reset(token)


def test_a_traceback_is_within_the_line() -> None:
    try:
        raise ValueError("a\nb")
    except ValueError:
        said = read(record("Failed.", exc_info=sys.exc_info(), stack_info="Stack:\n  here"))
    assert said["exception"].endswith("ValueError: a\nb")
    assert said["stack"] == "Stack:\n  here"


@pytest.mark.parametrize("text", ["two\nlines", 'a "quote"', "\x00\x1b[31m", "\ud800 alone"])
def test_no_text_breaks_a_line(text: str) -> None:
    said = read(record("%s", text, fields={"path": text}))
    assert said["message"] == said["path"] == text.replace("\ud800", "\\ud800")


def test_a_line_for_people(identity: str) -> None:
    assert LineFormatter().format(record("%d rows", 3)).endswith(" INFO newsdb.test [abc-1]: 3 rows")


def test_it_can_be_run_by_itself(checkout: Path) -> None:
    """gunicorn's own process must not keep modules of newsdb that its workers should read anew."""
    look = (
        "import runpy, sys; runpy.run_path('newsdb/logs.py'); print({'newsdb', 'django'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=checkout, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
    assert issubclass(runpy.run_path(logs.__file__)["JSONFormatter"], logging.Formatter)
    assert doctest.testmod(logs).failed == 0
