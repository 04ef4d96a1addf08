"""The words of a statement in context, with the public part of the text around them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from articles.models import Anchor, Statement

#: A word that may be cut in half, with the white space after it.
_CUT_AT_THE_BEGINNING = re.compile(r"^\w+\s+")
_CUT_AT_THE_END = re.compile(r"\s+\w+$")


class Piece(NamedTuple):
    """A part of the captured text: the quoted words, or the text around them."""

    text: str
    quoted: bool


def passage_of(statement: Statement) -> list[Piece]:
    """The passage in the capture of ``statement``; None if it has no capture.

    Its ``anchors`` are expected to be those in that capture.
    """
    capture = statement.capture
    return list(passage(list(statement.anchors.all()), capture.length)) if capture else []


def passage(anchors: Sequence[Anchor], length: int) -> Iterator[Piece]:
    """The words of ``anchors`` (of one capture, in order) with the public part of the text around them.

    If two parts of a quotation are so close that their contexts meet, the text between them is continuous.
    ``length`` is that of the whole text, in code points.
    """
    if not anchors:
        return
    first, last = anchors[0], anchors[-1]
    cut = first.start > len(first.prefix)
    yield Piece(f"…{_CUT_AT_THE_BEGINNING.sub('', first.prefix)}" if cut else first.prefix, False)
    yield Piece(first.exact, True)
    for anchor, following in pairwise(anchors):
        yield Piece(_between(anchor, following), False)
        yield Piece(following.exact, True)
    cut = last.end + len(last.suffix) < length
    yield Piece(f"{_CUT_AT_THE_END.sub('', last.suffix)}…" if cut else last.suffix, False)


def _between(anchor: Anchor, following: Anchor) -> str:
    gap = following.start - anchor.end  # code points
    if 0 <= gap <= len(anchor.suffix):
        return anchor.suffix[:gap]
    if 0 <= gap <= len(anchor.suffix) + len(following.prefix):
        return anchor.suffix + following.prefix[len(anchor.suffix) - gap :]
    return f"{anchor.suffix} … {following.prefix}"
