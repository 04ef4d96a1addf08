"""Splits quotations and statements into comparable words, each with its position in the text."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from newsdb.text import fold

#: Scripts without spaces between words: each character counts as a word.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_]|[\u0300-\u036f])"
_LETTERS = r"(?:['’ʼ]?[^\W\d_])++"
_PATCH = rf"\[ (?!sic\]) {_LETTERS} \]"
_TOKEN = re.compile(
    rf"""
    (?P<ellipsis> … | \.(?:\s?\.){{2,}} )
    | (?P<patched> (?:{_LETTERS})? {_PATCH} {_LETTERS} | {_LETTERS} {_PATCH} )
    | (?P<opening> \[ ) | (?P<closing> \] )
    | (?P<numero> № | (?<!\w) N (?: o\. | [º°]\.? ) (?=\s?\d) | (?<=[\w,][ ])No (?=[ ]\d) )
    | (?P<initials> (?:[^\W\d_]\.){{2,}} )
    | (?P<number> \d+ (?:[.,:/–-]\d+)+ (?!{_LETTER}) | (?<![\w.,]) \.\d+ (?!{_LETTER}) )
    | (?P<percent> % | (?<!\w) (?i:per) \s (?i:cent) (?!\w) )
    | (?P<word> [{_UNSPACED}] | {_LETTER}+ (?:['’ʼ]{_LETTER}+)* )
    | (?P<minus> (?<!\w)[-−–](?=\d) )
    | (?P<symbol> [‰°+=<>$£¥¢€] | [\u20a0-\u20cf] )
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_AROUND = " \t\r\n\u00a0\"“”„«»‘’'「」『』"


class Words:
    """A text and its words: in lower case, without accents, punctuation and dashes.

    What changes the meaning of a number is a word of its own: a currency symbol, percent sign or minus. The
    "No." of "No. 10" is the word "number". A bracket within a word ("[W]e") does not mark an insertion.
    ``pieces`` are the runs of words between marked omissions (“…”, “[…]”) and insertions (“[if]”), as ranges
    of indices into ``words``.

    >>> Words("It’ll cost $2,500 … [sic] in the U.S.").words
    ['itll', 'cost', '$', '2500', 'sic', 'in', 'the', 'us']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.pieces: list[range] = []
        self.opens_within = self.ends_within = False
        self._read()

    def _read(self) -> None:
        start, bracketed, omitted = 0, False, False
        for token in _TOKEN.finditer(self.text):
            kind, written = token.lastgroup, token[0]
            if kind in ("ellipsis", "opening", "closing"):
                if not bracketed and start < len(self.words):
                    self.pieces.append(range(start, len(self.words)))
                if kind == "ellipsis":
                    self.opens_within |= not self.words
                    omitted = True
                else:
                    bracketed = kind == "opening"
                start = len(self.words)
            else:
                self.words.append(_folded(written, kind or ""))
                self.spans.append(token.span())
                omitted = False
        if not bracketed and start < len(self.words):
            self.pieces.append(range(start, len(self.words)))
        self.ends_within = omitted

    @property
    def bare(self) -> str:
        """The text without surrounding white space and quotation marks."""
        return self.text.strip(_AROUND)

    @property
    def is_abridged(self) -> bool:
        """Whether the text marks an omission or insertion."""
        whole = len(self.pieces) == 1 and len(self.pieces[0]) == len(self.words)
        return bool(self.words) and (not whole or self.opens_within or self.ends_within)

    def printed(self, words: range) -> str:
        """The text from the first to the last of these words; '' for none."""
        return self.text[self.spans[words[0]][0] : self.spans[words[-1]][1]] if words else ""


@lru_cache(maxsize=2**14)
def _folded(written: str, kind: str) -> str:
    match kind:
        case "number":
            plain = _THOUSANDS.sub("", written).replace("–", "-")
            return f"0{plain}" if plain.startswith(".") else plain
        case "percent":
            return "percent"
        case "numero":
            return "number"
        case "minus":
            return "-"
        case "symbol":
            return written
        case "patched":
            written = written.replace("[", "").replace("]", "")
    if any(map(_is_more_than_a_digit, f" {written}", written)):
        return _with_values(written)
    return fold(written).replace(" ", "") or written.casefold()


def _is_more_than_a_digit(before: str, character: str) -> bool:
    """Whether it is a fraction or a raised digit that belongs to a number: not those of CO₂ and m²."""
    return unicodedata.category(character) == "No" and not before.isalpha()


def _with_values(written: str) -> str:
    """A word with the values of its fractions and raised digits: 10² is not 102, and 2½ not 212.

    >>> _with_values("½"), _with_values("2½"), _with_values("10²")
    ('0.5', '2+0.5', '10+2')
    """
    parts = (
        f"+{unicodedata.numeric(character):g}" if _is_more_than_a_digit(before, character) else character
        for before, character in zip(f" {written}", written, strict=False)
    )
    return "".join(parts).removeprefix("+").casefold()


def find(part: Sequence[str], words: Sequence[str], start: int = 0) -> int | None:
    """The index, from ``start`` on, at which ``part`` occurs in ``words`` without gaps; None if nowhere."""
    text, looked_for = f" {' '.join(words[start:])} ", f" {' '.join(part)} "
    place = text.find(looked_for)
    return None if place < 0 else start + text.count(" ", 0, place)
