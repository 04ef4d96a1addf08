"""A paragraph as words, marks of punctuation and quotations, each quotation one token."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.reading.budget import Budget
from articles.reading.quotations.lexicon import ABBREVIATIONS
from articles.reading.quotations.marks import Quoted
from articles.reading.spans import Span

_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
"""Letters and figures, with the combining accents of decomposed text ("e" and U+0301 for "é")."""
_TOKEN = re.compile(rf"@?{_LETTERS}(?:['’.&-]{_LETTERS})*['’]?|--+|\S")
_NO_WORD_END = "'’"
_AFTER_SENTENCE = frozenset('“”"(‘[')


def without_accents(text: str) -> str:
    """The text with the accents of its letters taken off.

    >>> without_accents("josé")
    'jose'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


class Token:
    """A word, a mark, or a quotation (`quoted`: its index among the text's; `ending`: its last character)."""

    __slots__ = (
        "end",
        "ending",
        "is_capitalised",
        "is_possessive",
        "is_word",
        "lower",
        "plain",
        "quoted",
        "start",
        "text",
    )

    def __init__(self, start: int, end: int, text: str, *, quoted: int = -1) -> None:
        self.start, self.end, self.text, self.quoted = start, end, text, quoted
        self.ending = text.rstrip("'’ ")[-1:] if quoted >= 0 else ""
        self.is_word = quoted < 0 and (text[0].isalnum() or (text[0] == "@" and len(text) > 1))
        self.is_capitalised = self.is_word and (text[0].isupper() or text[0] == "@")
        self.lower = text.lower().replace("’", "'") if quoted < 0 else ""
        self.is_possessive = self.is_word and self.lower.endswith(("'s", "s'"))
        self.plain = without_accents(self.lower).removesuffix("'s").rstrip("'.")
        """In lower case, without accents, a possessive ending or an abbreviation's full stop."""

    @property
    def name(self) -> str:
        """The word as a part of a name: as printed, without a possessive ending."""
        return self.text[: -2 if self.lower.endswith("'s") else None].rstrip(_NO_WORD_END)


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


def tokenise(text: str, span: Span, quoted: Sequence[tuple[int, Quoted]], budget: Budget) -> Paragraph:
    """The paragraph's tokens and sentences; `quoted` are the quotations in it with their indices."""
    paragraph = Paragraph(span)
    position = span.start
    for index, one in quoted:
        paragraph.tokens += budget.over(_words(text, position, one.outer.start))
        words = one.inner.of(text)
        paragraph.tokens.append(Token(one.outer.start, one.outer.end, words, quoted=index))
        position = one.outer.end
    paragraph.tokens += budget.over(_words(text, position, span.end))
    _divide(paragraph)
    return paragraph


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    skip = -1
    for match in _TOKEN.finditer(text, start, end):
        if match.start() < skip:
            continue
        word, stop = match.group(), match.end()
        if stop < end and text[stop] == "." and _is_abbreviated(word):
            word, stop = word + ".", stop + 1
            skip = stop
        yield Token(match.start(), stop, word)


def _is_abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or "." in word or word.lower() in ABBREVIATIONS


def _divide(paragraph: Paragraph) -> None:
    tokens = paragraph.tokens
    first = 0
    for index, token in enumerate(tokens):
        if index + 1 == len(tokens) or _ends_sentence(token, tokens[index + 1]):
            paragraph.sentence_of += [len(paragraph.sentences)] * (index + 1 - first)
            paragraph.sentences.append((first, index + 1))
            first = index + 1


def _ends_sentence(token: Token, following: Token) -> bool:
    if token.quoted >= 0:
        return token.ending in {".", "?", "!", "…"} and _starts_sentence(following)
    return token.text in {".", "!", "?", "…"} and _starts_sentence(following)


def _starts_sentence(token: Token) -> bool:
    return (
        token.quoted >= 0 or token.is_capitalised or token.text[0].isdigit() or token.text in _AFTER_SENTENCE
    )
