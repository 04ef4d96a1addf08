"""A draft that is checked leaves no trace, however it is sent and whatever goes wrong."""

import gzip
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from articles.api.views import checks
from newsdb.api.request.throttling import counter
from newsdb.logs import JSONFormatter, LineFormatter
from tests.factories import ActorFactory, StatementFactory

SECRET = "xylophone quagmire zeppelin marmalade"
DRAFT = f"“{SECRET},” Zanzibar Quux said."
PATH, PAGE = "/api/v1/checks/", "/check/"


@pytest.fixture(autouse=True)
def statement(db: None) -> Any:
    return StatementFactory(
        speaker=ActorFactory(slug="ada"), text="We will not close the old pier before May"
    )


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """What is logged at any level, as lines for programs and for people."""
    stream = io.StringIO()
    handlers = [logging.StreamHandler(stream), logging.StreamHandler(stream)]
    for handler, formatter in zip(handlers, (JSONFormatter(), LineFormatter()), strict=True):
        handler.setFormatter(formatter)
        logging.getLogger().addHandler(handler)
    caplog.set_level(logging.DEBUG)
    yield stream
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


def is_silent(logged: io.StringIO) -> bool:
    text = logged.getvalue().lower()
    return not any(word in text for word in [*SECRET.split(), "zanzibar"])


def body(**members: Any) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "facts", "status"),
    [
        (body(text=DRAFT), {}, 200),
        (body(quotations=[{"words": SECRET, "speaker": "Zanzibar", "outlet": SECRET}]), {}, 200),
        (gzip.compress(body(text=DRAFT)), {"headers": {"Content-Encoding": "gzip"}}, 415),
        (body(text=DRAFT), {"content_type": "text/plain"}, 415),
        (body(text=DRAFT), {"headers": {"Transfer-Encoding": "chunked"}}, 411),
        (body(text=DRAFT * 2_000), {}, 400),
        (body(text=DRAFT * 50_000), {}, 413),
        (body(text=DRAFT)[:-2], {}, 400),
        (body(text=DRAFT).replace("“".encode(), b"\xff"), {}, 400),
        (body(text=f"{DRAFT}\0"), {}, 400),
        (body(**{SECRET: DRAFT}), {}, 400),
        (body(text=f"„{SECRET}“, sagte sie.", language="de"), {}, 422),
        (body(quotations=[{"words": SECRET, "date": SECRET}]), {}, 400),
    ],
    ids=[
        *("a draft", "quotations", "compressed", "of another type", "in chunks", "too long", "much too long"),
        *("cut off", "not UTF-8", "with a NUL", "an unknown member", "another language", "no date"),
    ],
)
def test_no_log_has_what_is_sent(
    logged: io.StringIO, content: bytes, facts: dict[str, Any], status: int
) -> None:
    response = Client().post(PATH, content, **{"content_type": "application/json", **facts})
    assert response.status_code == status, response.content
    assert response["Cache-Control"] == "no-store"
    assert PATH in logged.getvalue()
    assert is_silent(logged)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_no_log_has_what_is_sent_by_another_method(logged: io.StringIO, method: str) -> None:
    response = Client().generic(method, PATH, body(text=DRAFT), content_type="application/json")
    assert response.status_code == 405
    assert is_silent(logged)


@pytest.mark.parametrize(
    "form",
    [
        {"draft": DRAFT},
        {"draft": DRAFT * 3_000},
        {"draft": SimpleUploadedFile("zeppelin.txt", DRAFT.encode())},
        {SECRET: DRAFT},
    ],
)
def test_no_log_has_what_is_pasted(logged: io.StringIO, form: dict[str, Any]) -> None:
    response = Client().post(PAGE, form)
    assert response.status_code in (200, 400)
    assert "no-store" in response["Cache-Control"]
    assert is_silent(logged)


def test_no_log_has_what_is_refused_for_its_number(logged: io.StringIO, settings: Any) -> None:
    counter.reset()  # of what other tests asked within the minute
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "checks": 1}
    sent = [Client().post(PATH, body(text=DRAFT), content_type="application/json") for _ in range(2)]
    assert [response.status_code for response in sent] == [200, 429]
    assert Client().post(PAGE, {"draft": DRAFT}).status_code == 429
    assert is_silent(logged)


@pytest.mark.parametrize("path", [PATH, PAGE])
def test_no_report_of_a_failure_has_it(
    logged: io.StringIO, settings: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Its traceback is reported, without what the exceptions say."""

    def fail(quotations: Any, **options: Any) -> Any:
        try:
            raise KeyError(quotations[0].words)
        except KeyError as error:
            raise ValueError(f"no such words: {quotations}") from error

    monkeypatch.setattr(checks, "check", fail)
    settings.ADMINS = [("Cy", "cy@example.org")]
    client = Client(raise_request_exception=False)
    if path == PATH:
        response = client.post(path, body(text=DRAFT), content_type="application/json")
    else:
        response = client.post(path, {"draft": DRAFT})
    assert response.status_code == 500
    report = logged.getvalue()
    assert report.index("KeyError") < report.index("ValueError")
    assert "in post" in report
    assert is_silent(logged)
    assert mail.outbox == []
    assert not any(word.encode() in response.content for word in SECRET.split())


def test_other_failures_are_reported_with_what_exceptions_say(
    logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise ValueError("there is no dataset")

    Client().post(PATH, body(text=DRAFT), content_type="application/json")
    monkeypatch.setattr("articles.api.views.dataset.holds_sample", fail)
    Client(raise_request_exception=False).get("/api/v1/dataset/")
    assert "there is no dataset" in logged.getvalue()


def test_the_command_logs_nothing(logged: io.StringIO, tmp_path: Path) -> None:
    file = tmp_path / "draft"
    file.write_text(DRAFT, encoding="utf-8")
    with pytest.raises(CommandError, match="1 of 1 quotations"):
        call_command("check_quotations", str(file))
    assert is_silent(logged)


def test_a_file_that_is_sent_to_the_page_is_not_written(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*arguments: Any, **facts: Any) -> Any:
        raise AssertionError("It is written to a file.")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", write)
    response = Client().post(PAGE, {"draft": SimpleUploadedFile("draft.txt", DRAFT.encode())})
    assert response.status_code == 400
    assert "Paste a draft" in response.content.decode()
