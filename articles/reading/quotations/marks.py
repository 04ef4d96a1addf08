"""Quotation marks and what stands between them, paragraph by paragraph.

Typographic, straight and mixed marks; nested ones; a mark that is missing at either end; a long quotation
whose opening mark is repeated at each of its paragraphs. Every mark is looked at once, and the few beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.quotations.lexicon import PRONOUNS, is_reporting_verb
from articles.reading.spans import Span

_FEW, _WIDE = 500, 8
"""A paragraph of more marks than these, and more than one in so many code points, is no prose."""
_DOUBLE = re.compile("[“”„‟«»＂\"]|``|''")
_SINGLE = re.compile("[‘’‚']")
_OPENS, _CLOSES = frozenset("“„«‟‘‚"), frozenset("”»’")
_BEFORE_OPENING = frozenset("([{—–-/:;,…“‘\"'")
_SENTENCE_END = re.compile(r"[.!?…](?:\s+|$)")
_REST = frozenset(".,;:!?…)]}—–-/'’”\"")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands in marks: `outer` with the marks that are there, `inner` without, nor space at its ends."""

    paragraph: int
    outer: Span
    inner: Span
    opened: bool = True
    closed: bool = True
    continues: bool = False
    """Whether it carries on a quotation that the paragraph before left open."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    side: str
    """`o` opens, `c` closes, `?` may do either, `inch` closes or is no quotation mark."""


def find_quoted(text: str, paragraphs: Sequence[Span], budget: Budget = UNLIMITED) -> list[Quoted]:
    """Every quoted stretch in order; nested ones belong to the one around them."""
    find = _SINGLE if _prefers_single(text, paragraphs) else _DOUBLE
    marked = [_marks(text, paragraph, find) for paragraph in paragraphs]
    found: list[Quoted] = []
    left_open = False
    for number, (paragraph, marks) in enumerate(zip(paragraphs, marked, strict=True)):
        following = marked[number + 1] if number + 1 < len(marked) else []
        carried_on = bool(following) and following[0].start == paragraphs[number + 1].start
        here = list(budget.over(_pair(text, number, paragraph, marks, carried_on=carried_on)))
        if here and left_open and here[0].outer.start == paragraph.start:
            first = here[0]
            here[0] = Quoted(number, first.outer, first.inner, first.opened, first.closed, continues=True)
        left_open = bool(here) and not here[-1].closed and here[-1].outer.end == paragraph.end and carried_on
        found += [one for one in here if _is_prose(text, paragraph, one)]
    return found


_NICKNAME = re.compile(r"[A-Z][^\W\d_]{1,15}(?: [A-Z][^\W\d_]{1,15})?")


def _is_prose(text: str, paragraph: Span, quoted: Quoted) -> bool:
    """Whether there are words in the marks, and not just a nickname within a name: Ida "Bell" Holm."""
    if not _WORD.search(text, quoted.inner.start, quoted.inner.end):
        return False
    if quoted.inner.end - quoted.inner.start > 32 or not _NICKNAME.fullmatch(quoted.inner.of(text)):
        return True
    before = text[max(paragraph.start, quoted.outer.start - 32) : quoted.outer.start].split()
    after = text[quoted.outer.end : quoted.outer.end + 2]
    return not (
        before
        and before[-1][:1].isupper()
        and before[-1].isalpha()
        and after[:1] == " "
        and after[1:].isupper()
    )


def _prefers_single(text: str, paragraphs: Sequence[Span]) -> bool:
    """Whether the text's own marks are single, as in British books: they open paragraphs, no others do."""
    starts = [text[paragraph.start] for paragraph in paragraphs]
    return sum(start in "‘'" for start in starts) > sum(start in '“"«„' for start in starts) and not any(
        _DOUBLE.search(text, p.start, p.end) and text[p.start] not in "‘'" for p in paragraphs
    )


def _marks(text: str, paragraph: Span, find: re.Pattern[str]) -> list[_Mark]:
    marks: list[_Mark] = []
    most = max(_FEW, (paragraph.end - paragraph.start) // _WIDE)
    for match in find.finditer(text, paragraph.start, paragraph.end):
        if len(marks) == most:
            return []
        side = _side(text, paragraph, match.start(), match.end())
        if find is _SINGLE and (
            side == "?" or (side == "c" and text[match.end() : match.end() + 1].isalnum())
        ):
            continue  # an apostrophe
        marks.append(_Mark(match.start(), match.end(), side))
    return marks


def _side(text: str, paragraph: Span, start: int, end: int) -> str:
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if text[start] == '"' and before.isdigit() and not after.isalnum():
        return "inch"
    may_open = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    may_close = not before.isspace() and (after.isspace() or after in _REST or not after.isalnum())
    if may_open != may_close:
        return "o" if may_open else "c"
    if text[start] in _OPENS:
        return "o"
    if text[start] in _CLOSES:
        return "c"
    return "?"


def _pair(
    text: str, number: int, paragraph: Span, marks: Sequence[_Mark], *, carried_on: bool
) -> Iterator[Quoted]:
    opening: _Mark | None = None
    depth = 0
    last_end = paragraph.start
    for place, mark in enumerate(marks):
        side = mark.side if mark.side in "oc" else ("c" if opening else "o")
        if mark.side == "inch" and opening is None:
            continue
        if opening is None:
            if side == "o":
                opening, depth = mark, 0
            else:
                start = _missing_start(text, paragraph, last_end, mark.start)
                if start is not None:
                    yield _quoted(text, number, start, mark.end, start, mark.start, opened=False)
                    last_end = mark.end
        elif side == "o":
            if _is_nested(marks, place, carried_on=carried_on):
                depth += 1
            else:
                end = _missing_end(text, opening.end, mark.start)
                yield _quoted(text, number, opening.start, end, opening.end, end, closed=False)
                opening, depth, last_end = mark, 0, end
        elif depth:
            depth -= 1
        else:
            yield _quoted(text, number, opening.start, mark.end, opening.end, mark.start)
            opening, last_end = None, mark.end
    if opening is not None:
        end = paragraph.end if carried_on else _missing_end(text, opening.end, paragraph.end)
        yield _quoted(text, number, opening.start, end, opening.end, end, closed=False)


def _is_nested(marks: Sequence[_Mark], place: int, *, carried_on: bool) -> bool:
    """Whether the opening mark at `place` opens a quotation within one: both close, or the outer goes on."""
    following = [mark.side for mark in marks[place + 1 : place + 3]]
    if following[:1] != ["c"]:
        return False
    return following[1:] == ["c"] or (not following[1:] and carried_on)


def _quoted(
    text: str,
    number: int,
    start: int,
    end: int,
    inner_start: int,
    inner_end: int,
    *,
    opened: bool = True,
    closed: bool = True,
) -> Quoted:
    words = text[inner_start:inner_end]
    inner_start += len(words) - len(words.lstrip())
    inner_end -= len(words) - len(words.rstrip()) if words.strip() else 0
    return Quoted(number, Span(start, end), Span(min(inner_start, inner_end), inner_end), opened, closed)


# --- where a mark is missing ---------------------------------------------------------------------

_REACH = 1500
"""Code points over which a missing mark is looked for: longer than one paragraph's quotation should be."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AFTER_COMMA = re.compile(r"[,?!.…—]\s+")
_BEFORE_WORDS = re.compile(r"[,:]\s+")


def _missing_end(text: str, start: int, limit: int) -> int:
    """Where words end that no mark closes: before ", he said", else with the last sentence."""
    for match in _AFTER_COMMA.finditer(text, start, min(limit, start + _REACH)):
        words = [word.group() for word in _some_words(text, match.end(), limit, 4)]
        if (
            len(words) >= 2
            and (
                (words[0].lower() in PRONOUNS and is_reporting_verb(words[1]))
                or (is_reporting_verb(words[0]) and (words[1][0].isupper() or words[1] in PRONOUNS))
                or (words[0][0].isupper() and any(is_reporting_verb(word) for word in words[1:3]))
            )
            and _stands_alone(text, match.end(), limit)
        ):
            return match.start() + (match.group()[0] in ".?!…")
    ends = [match.start() + 1 for match in _SENTENCE_END.finditer(text, start, min(limit, start + _REACH))]
    return ends[-1] if ends else limit


def _stands_alone(text: str, start: int, limit: int) -> bool:
    """Whether the clause is short, as a reporting clause is, and its sentence ends with it."""
    end = _SENTENCE_END.search(text, start, min(limit, start + 160))
    return end is not None or limit - start <= 160


def _missing_start(text: str, paragraph: Span, after: int, end: int) -> int | None:
    """Where words begin that no mark opens: after the last mark's sentence, or after "He said,"."""
    if end - after > _REACH:
        return None
    if after == paragraph.start:
        for match in _BEFORE_WORDS.finditer(text, after, min(end, after + 160)):
            words = list(_some_words(text, after, match.start() + 1, 24))
            if words and is_reporting_verb(words[-1].group().lower()):
                return match.end()
        return after
    sentence_end = _SENTENCE_END.search(text, after, end)
    return sentence_end.end() if sentence_end and sentence_end.end() < end else None


def _some_words(text: str, start: int, end: int, most: int) -> Iterator[re.Match[str]]:
    for count, match in enumerate(_WORD.finditer(text, start, end), start=1):
        yield match
        if count == most:
            return
