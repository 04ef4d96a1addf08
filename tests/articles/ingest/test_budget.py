"""The limits on a document, and how a larger one is rejected."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from articles.ingest.known_words import KnownWords
from articles.ingest.load import Outcome
from articles.ingest.material import read_material
from articles.ingest.proposing import propose_statements
from articles.ingest.run import ingest
from articles.models import Article, Capture
from articles.reading import budget
from articles.reading.budget import MAX_QUOTED, MAX_WORDS, UNLIMITED, Budget, OverBudgetError, check_length
from articles.reading.documents import Document, Refused, hash_of
from articles.reading.page import read_page
from articles.reading.page.lines import read_lines
from articles.reading.page.lists import take_lists
from articles.reading.page.reading import _without_furniture
from articles.reading.quotations import extract
from articles.reading.quotations.attribution import Attributor
from articles.reading.quotations.marks import Quoted, find_quoted
from articles.reading.quotations.mentions import find_mentions
from articles.reading.quotations.paragraphs import find_paragraphs
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.signatures import with_signed
from articles.reading.quotations.tokens import Paragraph, tokenise
from articles.reading.quotations.transcripts import with_turns
from articles.reading.spans import Span
from articles.services.anchor_transfer import carry_anchors
from tests.articles.ingest.pages import CHANGED, PAGE, load_text, received
from tests.clients import editor, write
from tests.factories import CaptureFactory

NOTHING = 1e-9  # seconds


def document(text: str, name: str = "page") -> Document:
    return Document(name, hash_of(text.encode()), text, "text/plain")


@pytest.mark.parametrize("read", [read_page, extract])
@pytest.mark.parametrize("text", [PAGE, "“", "Bell " * 1000, "a\n" * 1000])
def test_readers_stop_when_the_budget_is_used_up(read, text: str) -> None:
    assert read(text, budget=Budget(60)) == read(text)
    with pytest.raises(OverBudgetError, match="more than the allowed 1e-09 seconds of processor time"):
        read(text, budget=Budget(NOTHING))


#: Every loop whose length the text decides, after all those before it.
STAGES: dict[str, Callable[[str, Budget], Any]] = {
    "lines": lambda text, budget: read_lines(text, budget),
    "lists": lambda text, budget: take_lists(read_lines(text, UNLIMITED), budget),
    "furniture": lambda text, budget: _without_furniture(read_lines(text, UNLIMITED), None, budget),
    "marks": lambda text, budget: find_quoted(text, find_paragraphs(text), budget),
    "turns": lambda text, budget: with_turns(text, find_paragraphs(text), [], budget),
    "signatures": lambda text, budget: with_signed(text, [], [one for _, one in quoted(text)], budget),
    "words": lambda text, budget: tokenise(text, Span(0, len(text)), [], budget),
    "words before marks": lambda text, budget: tokenise(text, Span(0, text.index("”")), quoted(text), budget),
    "mentions": lambda text, budget: find_mentions(paragraph(text), frozenset(), budget),
    "attribution": lambda text, budget: list(
        Attributor(text, [], [Reading(paragraph(text), [])], budget).attribute()
    ),
}


def paragraph(text: str) -> Paragraph:
    return tokenise(text, Span(0, len(text)), [], UNLIMITED)


def quoted(text: str) -> list[tuple[int, Quoted]]:
    return list(enumerate(find_quoted(text, find_paragraphs(text))))[:1]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_of_reading_stops(stage: str) -> None:
    text = "He said: “We go on.”"
    with pytest.raises(OverBudgetError):
        STAGES[stage](text, Budget(NOTHING))


@pytest.mark.django_db
def test_so_does_writing() -> None:
    capture = load_text(PAGE).capture
    material = read_material(received(CHANGED))
    later = CaptureFactory(article=capture.article, words=CHANGED)
    with pytest.raises(OverBudgetError):
        carry_anchors(capture=later, text=CHANGED, budget=Budget(NOTHING))
    with pytest.raises(OverBudgetError):
        propose_statements(
            capture=later, material=material, known=KnownWords.of(later), budget=Budget(NOTHING)
        )


def test_a_budget_counts_while_a_loop_goes_on(monkeypatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(budget, "thread_time", lambda: next(clock))
    passed = []
    with pytest.raises(OverBudgetError):
        passed.extend(Budget(3).over(range(10_000)))
    assert passed == list(range(192))


def test_without_a_number_there_is_no_limit() -> None:
    Budget(0).check()
    assert list(Budget().over("abc")) == ["a", "b", "c"]


def test_words_and_marks_are_bounded() -> None:
    check_length("ab, " * (MAX_WORDS // 2) + " \n" * 1_000_000)
    with pytest.raises(OverBudgetError, match="more than 250,000 words and punctuation marks"):
        check_length("ab, " * (MAX_WORDS // 2) + "a")


@pytest.mark.django_db
@override_settings(INGEST_SECONDS=NOTHING)
def test_a_document_over_budget_is_refused_and_leaves_nothing() -> None:
    ((where, refused),) = ingest([document(PAGE)])
    assert isinstance(refused, Refused)
    assert where == "page"
    assert "seconds of processor time" in refused.reason
    assert not Capture.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<" * 1_900_000, "more than 250,000 words and punctuation marks"),
        ("“No,” Ida Holm said. " * (MAX_QUOTED + 1), "quotes more than 2,000 passages"),
    ],
    ids=["marks", "quotations"],
)
def test_what_holds_too_much_costs_no_other(text: str, reason: str) -> None:
    (_, refused), (_, loaded) = ingest([document(text), document(PAGE)])
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert loaded.action == "created"


@pytest.mark.django_db
def test_as_many_quotations_as_there_may_be_are_proposed() -> None:
    text = PAGE + "".join(f"“We go on {number} and on,” Ida Holm said.\n" for number in range(100))
    ((_, loaded),) = ingest([document(text)])
    assert isinstance(loaded, Outcome), loaded
    assert len(loaded.proposals) > 100


@pytest.mark.django_db
def test_the_api_answers_422(monkeypatch) -> None:
    with override_settings(INGEST_SECONDS=NOTHING):
        answer = write(editor(), "post", "captures/", {"text": PAGE}, etag=None)
    assert answer.status_code == 422, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "seconds of processor time" in answer.json()["detail"]
    answer = write(editor(), "post", "captures/", {"html": "<p>" + "&lt;" * 400_000}, etag=None)
    assert answer.status_code == 422, answer.content
    assert "words and punctuation marks" in answer.json()["detail"]
    assert not Article.objects.exists()
    assert not connection.needs_rollback
    assert write(editor(), "post", "captures/", {"text": PAGE}, etag=None).status_code == 201


def test_a_text_over_budget_is_named_and_the_next_is_read(monkeypatch, capsys) -> None:
    rows = [{"id": "long", "text": "<" * (MAX_WORDS + 1)}, {"id": "short", "text": "“No,” she said."}]
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(CommandError, match="1 of the documents could not be read"):
        call_command("extract_statements", "--jsonl")
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["short"]
    assert said.err.startswith("long: The text has more than 250,000 words and punctuation marks.")
