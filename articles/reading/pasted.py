"""Parses a statement's words as a curator pastes them."""

import re

from articles.reading.quotations import extract
from articles.reading.quotations.marks import Quoted, find_quoted
from articles.reading.quotations.paragraphs import find_paragraphs

_BETWEEN_PARTS = re.compile(r"\[(?:…|\.{3})\]|[\r\n\u2028\u2029]")
_OPENING = frozenset('“„«"')
_CLOSING = frozenset('”»"')


class QuotationMarksError(ValueError):
    """The quotation marks close before the words end; ``parts`` are the texts inside the marks."""

    def __init__(self, parts: list[str]) -> None:
        listed = " and ".join(f"“{part}”" for part in parts)
        super().__init__(f"Part of this is outside quotation marks. Inside them: {listed}.")
        self.parts = parts


def parse_statement_words(pasted: str, *, quoted: bool = True) -> list[str]:
    """Split a pasted quotation into its parts, without quotation marks; empty if nothing is left.

    Parts are separated by `[…]`, `[...]` or a line break, or by a reporting clause between closing and
    opening marks: “…,” she said. “…”. One pair of quotation marks around a part is removed (or one mark, if
    its partner is in another part or missing), with the comma of the reporting sentence before or after the
    closing mark. Marks inside the words are kept.

    If not ``quoted``, the words are the reporter's, including any marks. Raises QuotationMarksError if the
    marks close before the words end and no reporting clause follows.
    """
    pieces = [piece.strip() for piece in _BETWEEN_PARTS.split(pasted)]
    if not quoted:
        return [words for piece in pieces if (words := _without_marks(piece))]
    return [part for piece in pieces for part in split_at_marks(piece)]


def split_at_marks(words: str) -> list[str]:
    """Split one pasted line into its parts; see ``parse_statement_words``."""
    paragraphs = find_paragraphs(words)
    marked = find_quoted(words, paragraphs) if len(paragraphs) == 1 else []
    if not marked or not _closes_early(words, marked):
        inner = _without_marks(words)
        return [inner] if inner else []
    found = extract(words)
    understood = len(found) == 1 and found[0].cue and len(found[0].parts) == len(marked)
    parts = [part.of(words) for part in found[0].parts] if understood else _inner_texts(words, marked)
    if not understood:
        raise QuotationMarksError(parts)
    return parts


def _closes_early(words: str, marked: list[Quoted]) -> bool:
    """Whether the words begin with a quotation that closes before they end (ignoring a comma)."""
    first = marked[0]
    begins = first.outer.start == 0 and first.closed
    return begins and words[first.outer.end :].strip(", ") != ""


def _inner_texts(words: str, marked: list[Quoted]) -> list[str]:
    return [one.inner.of(words).removesuffix(",").rstrip() for one in marked]


def _without_marks(part: str) -> str:
    if part[-1:] == "," and part[-2:-1] in _CLOSING:
        part = part[:-1]
    opens, closes = part[:1] in _OPENING, part[-1:] in _CLOSING
    inner = part[1 if opens else 0 : -1 if closes else None]
    if opens and closes:
        outer = not _closes_before_opening(inner)  # otherwise two quotations: “one” and “two”
    elif opens:
        outer = _CLOSING.isdisjoint(inner)  # otherwise only the beginning is quoted
    elif closes:
        outer = _OPENING.isdisjoint(inner)
    elif part[:1] == "‘" and part[-1:] == "’":
        outer, closes, inner = True, True, part[1:-1]
    else:
        outer = False  # a lone ‘ or ’ may be an apostrophe
    if not outer:
        return part
    return (inner.removesuffix(",") if closes else inner).strip()


def _closes_before_opening(inner: str) -> bool:
    """Whether the first directional mark is a closing one."""
    return next((char for char in inner if char in _OPENING | _CLOSING), "") in {"”", "»"}
