"""What was received never changes, and its text is the text of its hash or absent."""

import hashlib
import unicodedata
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from articles.models import Capture
from tests.factories import ArticleFactory, CaptureFactory

pytestmark = pytest.mark.django_db

OTHER = hashlib.sha256(b"other").hexdigest()
#: Of a capture's own hash both are true; which a store says first is its own affair.
REFUSED = "a capture never changes|its hash differs"
WORDS = "“Ferries run,” she said."


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed", [{"sha256": OTHER}, {"text_sha256": OTHER}, {"length": 7}, {"media_type": "text/html"}]
)
@pytest.mark.parametrize("held", [True, False])
def test_what_was_received_never_changes(changed: dict[str, Any], held: bool) -> None:
    capture = CaptureFactory(held=held)
    ((name, value),) = changed.items()
    before = Capture.objects.values().get()
    setattr(capture, name, value)
    for write in (
        capture.save,
        lambda: capture.save(update_fields=[name]),
        lambda: Capture.objects.update(**changed),
        lambda: Capture.objects.bulk_update([capture], [name]),
    ):
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            write()
    with (
        pytest.raises(IntegrityError, match=REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE articles_capture SET {name} = %s", [value])
    assert Capture.objects.values().get() == before


def test_how_it_was_received_may_be_corrected() -> None:
    capture = CaptureFactory()
    facts = {"extractor": "marks", "extractor_version": "2", "source_url": "https://a.example/"}
    Capture.objects.update(**facts, captured_at="2026-01-01T00:00Z")
    capture.refresh_from_db()
    assert (capture.extractor, capture.source_url_key) == ("marks", "a.example")


def test_its_text_may_be_attached_and_dropped() -> None:
    capture = CaptureFactory(words=WORDS, held=False)
    capture.text = WORDS
    capture.full_clean()
    capture.save()
    assert Capture.objects.get().text == WORDS
    Capture.objects.update(text=None)
    Capture.objects.update(text=WORDS)
    capture.refresh_from_db()
    assert capture.text == WORDS


OTHER_TEXTS = {
    "another text": WORDS.replace("Ferries", "Bridges"),
    "none at all": "",
    "one more line": f"{WORDS}\n",
    "composed otherwise": unicodedata.normalize("NFD", WORDS.replace("e", "é")),
}


@pytest.mark.parametrize("text", OTHER_TEXTS.values(), ids=OTHER_TEXTS)
def test_no_other_text_is_attached(text: str) -> None:
    capture = CaptureFactory(words=WORDS, held=False)
    capture.text = text
    with pytest.raises(ValidationError, match="its hash differs") as refused:
        capture.full_clean()
    assert "text" in refused.value.message_dict
    for write in (
        capture.save,
        lambda: Capture.objects.update(text=text),
        lambda: Capture.objects.bulk_update([capture], ["text"]),
    ):
        with pytest.raises(IntegrityError, match="its hash differs"), transaction.atomic():
            write()
    assert Capture.objects.get().text is None


@pytest.mark.parametrize("wrong", [{"text": "Other words of as many letters"}, {"text_sha256": OTHER}])
def test_no_capture_is_made_with_another_text(wrong: dict[str, Any]) -> None:
    known = {"sha256": OTHER, "text_sha256": sha256(WORDS), "length": len(WORDS), "text": WORDS}
    capture = Capture(article=ArticleFactory(), **{**known, **wrong})
    with pytest.raises(IntegrityError, match="its hash differs"), transaction.atomic():
        Capture.objects.bulk_create([capture])
    with pytest.raises(IntegrityError, match="its hash differs"), transaction.atomic():
        capture.save()
    assert not Capture.objects.exists()


TEXTS = ["", "plain", "Fährschiff 🛳️\r\n\tnaïve\u2028e\u0301", "\ufeffWith a mark", "é" * 10_000, "\x01\x7f"]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_bytes_become_a_capture_to_the_letter(text: str) -> None:
    content = text.encode()
    capture = Capture.received(content, article=ArticleFactory(), media_type="text/plain")
    capture.full_clean(exclude=["text"] if not text else None)
    capture.save()
    capture = Capture.objects.get()
    assert capture.text is not None
    assert capture.text.encode() == content
    assert capture.length == len(text)
    assert capture.sha256 == capture.text_sha256 == hashlib.sha256(content).hexdigest()


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"not text in UTF-8 \(byte 3\)"):
        Capture.received(b"abc\xff")
    with pytest.raises(ValidationError, match="NUL"), transaction.atomic():
        Capture.received(b"a\x00b", article=ArticleFactory()).save()
    assert not Capture.objects.exists()


def test_the_same_bytes_are_captured_once() -> None:
    Capture.received(b"abc", article=ArticleFactory()).save()
    again = Capture.received(b"abc", article=ArticleFactory())
    with pytest.raises(ValidationError, match="already exists"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
