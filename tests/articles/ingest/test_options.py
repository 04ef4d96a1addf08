"""What is said of pages on the command line: who published them, where, and when they were captured."""

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from articles.management.progress import bytes_progress
from articles.models import Article, Capture
from tests.articles.ingest.pages import BODY, PAGE
from tests.articles.ingest.test_run import lines, run
from tests.factories import OutletFactory

pytestmark = pytest.mark.django_db

#: A page that names neither its outlet nor its day.
BARE = "The bell of Lindle Water is back\nby Pernilla Quillfeather\n" + BODY
URL = "https://observer.lindle.example/bell"


def page(tmp_path: Path, name: str = "page.txt", text: str = BARE) -> Path:
    """A file that holds the text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_is_what_was_said_of_it(tmp_path: Path) -> None:
    OutletFactory(name="The Lindle Observer")
    said = {
        "--outlet": "the lindle observer",
        "--source-url": URL,
        "--captured-at": "2025-03-15T06:00:00+01:00",
    }
    run(page(tmp_path), *(word for pair in said.items() for word in pair), "--language", "en-GB")
    article, capture = Article.objects.get(), Capture.objects.get()
    assert (article.outlet.name, article.source_url, article.language) == (
        "The Lindle Observer",
        URL,
        "en-GB",
    )
    assert (capture.source_url, capture.captured_at) == (URL, datetime(2025, 3, 15, 5, tzinfo=UTC))


def test_a_headline_is_that_of_one_page(tmp_path: Path) -> None:
    paths = [page(tmp_path, "one.txt", BODY), page(tmp_path, "two.txt", f"{BODY}And so on.\n")]
    _, complaints = run(*paths, "--outlet", "Herald", "--headline", "The bell rings")
    assert f"two.txt: The headline was given for {paths[0]}." in complaints
    assert Article.objects.get().headline == "The bell rings"


def test_a_text_without_one_is_taken_and_it_is_asked_for(tmp_path: Path) -> None:
    _, complaints = run(page(tmp_path, text=BODY), "--outlet", "Herald")
    assert "it prints no headline: give the article's." in complaints
    assert Article.objects.get().headline == "[no headline]"


def test_without_an_outlet_it_is_asked_for(tmp_path: Path) -> None:
    assert "nothing says who published it: give the article's outlet." in run(page(tmp_path))[1]
    assert Article.objects.get().outlet.name == "[unknown outlet]"


def test_a_line_that_says_it_itself_is_believed(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "pages.jsonl", {"text": BARE, "outlet": "Gazette"}, {"text": f"{BARE}And so on.\n"}
    )
    run(path, "--outlet", "Herald")
    assert {article.outlet.name for article in Article.objects.all()} == {"Gazette", "Herald"}


def test_an_address_is_that_of_one_page(tmp_path: Path) -> None:
    paths = [page(tmp_path, "one.txt"), page(tmp_path, "two.txt", f"{BARE}And so on.\n")]
    _, complaints = run(*paths, "--source-url", URL)
    assert f"two.txt: The address was given for {paths[0]}." in complaints
    assert Capture.objects.get().source_url == URL


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--outlet", " ", "an outlet's name has 1 to 200 characters"),
        ("--outlet", "x" * 201, "an outlet's name has 1 to 200 characters"),
        ("--headline", "", "a headline has 1 to 500 characters"),
        ("--headline", "x" * 501, "a headline has 1 to 500 characters"),
        ("--source-url", "observer.lindle.example/bell", "begins with http:// or https://"),
        ("--captured-at", "2025-03-15", "with a time zone"),
        ("--language", "English!", "a tag such as en or pt-BR"),
        ("--jobs", "0", "a number of processes from 1 to 64, not 0"),
        ("--jobs", "65", "a number of processes from 1 to 64, not 65"),
        ("--jobs", "two", "a number of processes from 1 to 64, not two"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, option: str, value: str, complaint: str) -> None:
    _, complaints = run(page(tmp_path), f"{option}={value}")
    assert (complaint in complaints, len(complaints.splitlines())) == (True, 1)
    assert not Article.objects.exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_has_a_total_of_what_is_read_of_compressed_files(tmp_path: Path, monkeypatch: Any) -> None:
    rows = [json.dumps({"text": f"{PAGE}Paragraph {number}.\n"}) for number in range(3)]
    packed = tmp_path / "pages.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(rows).encode()))
    shown: list[tuple[int, int]] = []
    totals = []

    def progress(total: int | None, *, verbosity: int) -> Any:
        totals.append(total)
        return bytes_progress(total, verbosity=verbosity)

    def update(self: Any, task: Any, *, completed: int, loaded: int) -> None:
        shown.append((completed, loaded))

    monkeypatch.setattr("articles.management.commands.ingest.bytes_progress", progress)
    monkeypatch.setattr("articles.management.progress.Progress.update", update)
    text = page(tmp_path)
    run(packed, text)
    size = packed.stat().st_size
    assert totals == [size + text.stat().st_size]
    assert shown == [(size, 1), (size, 2), (size, 3), (totals[0], 4)]


def test_the_time_left_is_shown_where_the_total_is_known(monkeypatch: Any) -> None:
    for total, left in ((100, True), (None, False)):
        screen = Terminal()
        monkeypatch.setattr("sys.stderr", screen)
        with bytes_progress(total, verbosity=1) as show:
            show(50, 7)
        assert ("left:" in screen.getvalue(), "7 documents" in screen.getvalue()) == (left, True)
