"""A paragraph as words, marks of punctuation and quotations, the quotations each as one token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.ingest.quotations.lexicon import ABBREVIATIONS
from articles.ingest.quotations.marks import Quoted
from articles.ingest.spans import Span

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*['’]?|\S")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(slots=True)
class Token:
    """A word, a mark, or a quotation (`quoted`: its index among the text's; `ending`: its last character)."""

    start: int
    end: int
    text: str
    lower: str
    quoted: int = -1
    ending: str = ""

    @property
    def is_word(self) -> bool:
        return self.quoted < 0 and self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        return self.quoted < 0 and self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        return self.is_word and self.lower.endswith(("'s", "’s", "s'", "s’"))

    @property
    def plain(self) -> str:
        """The word without a possessive ending or an abbreviation's full stop."""
        return _POSSESSIVE.sub("", self.text).rstrip(".")


@dataclass(slots=True)
class Paragraph:
    """Tokens in order, and the sentences they make as (first, last + 1)."""

    span: Span
    tokens: list[Token] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)

    def sentence(self, index: int) -> tuple[int, int]:
        """The sentence in which the token stands."""
        return self.sentences[self.sentence_of[index]]


def tokenise(text: str, span: Span, quoted: Sequence[tuple[int, Quoted]]) -> Paragraph:
    """The paragraph's tokens and sentences; `quoted` are the quotations in it with their indices."""
    paragraph = Paragraph(span)
    position = span.start
    for index, one in quoted:
        paragraph.tokens += _words(text, position, one.outer.start)
        words = one.inner.of(text)
        paragraph.tokens.append(
            Token(one.outer.start, one.outer.end, words, "", index, words.rstrip("'’ ")[-1:])
        )
        position = one.outer.end
    paragraph.tokens += _words(text, position, span.end)
    _divide(paragraph)
    return paragraph


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    skip = -1
    for match in _TOKEN.finditer(text, start, end):
        if match.start() < skip:
            continue
        word, stop = match.group(), match.end()
        if text[stop : stop + 1] == "." and stop < end and _is_abbreviated(word):
            word, stop = word + ".", stop + 1
            skip = stop
        yield Token(match.start(), stop, word, word.lower().replace("’", "'"))


def _is_abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or "." in word or word.lower() in ABBREVIATIONS


def _divide(paragraph: Paragraph) -> None:
    tokens = paragraph.tokens
    first = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or _ends_sentence(token, following):
            paragraph.sentences.append((first, index + 1))
            paragraph.sentence_of += [len(paragraph.sentences) - 1] * (index + 1 - first)
            first = index + 1


def _ends_sentence(token: Token, following: Token) -> bool:
    starts = following.quoted >= 0 or following.text[0].isupper() or following.text[0].isdigit()
    if token.quoted >= 0:
        return token.ending in ".?!…" and token.ending != "" and starts
    if token.text in {".", "!", "?", "…"}:
        return starts or following.text in '“”"('
    return False
