"""Splits a paragraph into words, punctuation marks and quotations; each quotation is one token."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from articles.reading.budget import Budget
from articles.reading.quotations.lexicon import (
    ABBREVIATIONS,
    DETERMINERS,
    NAME_PARTICLES,
    OBJECT_PRONOUNS,
    PRONOUNS,
    speaks,
)
from articles.reading.quotations.marks import Quoted
from articles.reading.spans import Span

_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
"""Letters and digits, including combining accents of decomposed text ("e" and U+0301 for "é")."""
_TOKEN = re.compile(rf"@?{_LETTERS}(?:['’.&-]{_LETTERS})*['’]?|--+|\S")
_NO_WORD_END = "'’"
_CAPITALS = r"[^\W\d_a-z][^\W\d_a-z'’.&-]"
_AGENCY = r"\([A-Z][\w./ -]{1,24}\)"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{{1,20}}(?: {_CAPITALS}{{0,20}}){{0,4}}(?:, [^\W_][\w. ]{{1,24}}){{0,3}}(?: {_AGENCY})?"
    rf"|[^\W\d_a-z][\w.'’ -]{{1,40}}(?:, [^\W_][\w. ]{{1,24}}){{0,3}} {_AGENCY})(?: ?[—–] ?| --? )"
    r"(?=[“‘\"']?[^\W_a-z])"
)
"""Where a report was written: "LINDLE, Ore. (AP) —", "Lindle (AP) -"."""
_ENDINGS = frozenset({".", "?", "!", "…"})
_AFTER_SENTENCE = frozenset('“”"(‘[')


def without_accents(text: str) -> str:
    """The text without accents.

    >>> without_accents("josé")
    'jose'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_MAX_CACHED_LENGTH = 24
"""Code points of a word that is too rare to be worth caching."""
_NOT_A_WORD = (False, False, "", False, "", False)


def _properties_of(text: str) -> tuple[bool, bool, str, bool, str, bool]:
    """The properties of a token that depend only on its text, in the order of `Token`."""
    is_word = text[0].isalnum() or (text[0] == "@" and len(text) > 1)
    lower = text.lower().replace("’", "'")
    is_capitalised = is_word and (text[0].isupper() or text[0] == "@" or _has_particle(text))
    is_possessive = is_word and lower.endswith(("'s", "s'"))
    plain = without_accents(lower).removesuffix("'s").rstrip("'.")
    pronoun = lower in OBJECT_PRONOUNS or lower.partition("'")[0] in PRONOUNS
    may_begin = pronoun or lower in DETERMINERS or speaks(plain)
    return is_word, is_capitalised, lower, is_possessive, plain, is_capitalised or (is_word and may_begin)


def _has_particle(text: str) -> bool:
    """Whether it is a name that begins with a particle: "al-Barazi", "d’Abo"."""
    particle, _, name = text.replace("’", "'").replace("'", "-").partition("-")
    return name[:1].isupper() and particle in NAME_PARTICLES


_cached_properties_of = lru_cache(maxsize=1 << 15)(_properties_of)


class Token:
    """A word, mark or quotation (`quoted`: its index in the text; `ending`: its last character)."""

    __slots__ = (
        "end",
        "ending",
        "is_capitalised",
        "is_possessive",
        "is_word",
        "lower",
        "may_begin_mention",
        "plain",
        "quoted",
        "start",
        "text",
    )

    def __init__(self, start: int, end: int, text: str, quoted: int = -1) -> None:
        self.start, self.end, self.text, self.quoted = start, end, text, quoted
        self.ending = text.rstrip("'’ ")[-1:] if quoted >= 0 else ""
        (
            self.is_word,
            self.is_capitalised,
            self.lower,
            self.is_possessive,
            self.plain,
            self.may_begin_mention,
        ) = (
            _NOT_A_WORD
            if quoted >= 0
            else _cached_properties_of(text)
            if len(text) < _MAX_CACHED_LENGTH
            else _properties_of(text)
        )
        # `plain` is in lower case, without accents, possessive ending or an abbreviation's full stop. A
        # mention may begin with a capitalised word, a pronoun, a determiner or a noun for a speaker.

    @property
    def name(self) -> str:
        """The word as part of a name: as printed, without a possessive ending."""
        return self.text[: -2 if self.lower.endswith("'s") else None].rstrip(_NO_WORD_END)


@dataclass(slots=True)
class Paragraph:
    """The tokens in order, and the sentences as (first, last + 1)."""

    span: Span
    tokens: list[Token] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)

    def sentence(self, index: int) -> tuple[int, int]:
        """The sentence that contains the token."""
        return self.sentences[self.sentence_of[index]]


def tokenise(text: str, span: Span, quoted: Sequence[tuple[int, Quoted]], budget: Budget) -> Paragraph:
    """Tokenise a paragraph; `quoted` are the quotations in it, with their indices."""
    paragraph = Paragraph(span)
    position = _after_dateline(text, span, quoted)
    for index, one in quoted:
        _add_words(paragraph.tokens, text, position, one.outer.start, budget)
        words = one.inner.of(text)
        paragraph.tokens.append(Token(one.outer.start, one.outer.end, words, index))
        position = one.outer.end
    _add_words(paragraph.tokens, text, position, span.end, budget)
    _split_sentences(paragraph)
    return paragraph


def _after_dateline(text: str, span: Span, quoted: Sequence[tuple[int, Quoted]]) -> int:
    """Where the words of a paragraph begin: a dateline is no part of its first sentence."""
    match = _DATELINE.match(text, span.start, span.end)
    if match is None or (quoted and quoted[0][1].outer.start < match.end()):
        return span.start
    return match.end()


def _add_words(tokens: list[Token], text: str, start: int, end: int, budget: Budget) -> None:
    skip = -1
    for match in budget.over(_TOKEN.finditer(text, start, end)):
        begin, stop = match.span()
        if begin < skip:
            continue
        word = match.group()
        if stop < end and text[stop] == "." and _is_abbreviated(word):
            word, stop = word + ".", stop + 1
            skip = stop
        tokens.append(Token(begin, stop, word))


def _is_abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or "." in word or word.lower() in ABBREVIATIONS


def _split_sentences(paragraph: Paragraph) -> None:
    tokens = paragraph.tokens
    first, last = 0, len(tokens) - 1
    for index, token in enumerate(tokens):
        ending = token.ending if token.quoted >= 0 else token.text
        if index == last or (ending in _ENDINGS and _starts_sentence(tokens[index + 1])):
            paragraph.sentence_of += [len(paragraph.sentences)] * (index + 1 - first)
            paragraph.sentences.append((first, index + 1))
            first = index + 1


def _starts_sentence(token: Token) -> bool:
    return (
        token.quoted >= 0 or token.is_capitalised or token.text[0].isdigit() or token.text in _AFTER_SENTENCE
    )
