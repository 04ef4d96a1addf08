"""Keeps pages small, however much there is: the first entries of a list, and the beginning of a text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from articles.pages.passage import Piece

#: The most characters of a statement in a list, like those of a snippet, and on its own page.
IN_A_LIST, ON_ITS_PAGE = 300, 6_000
#: The most bytes of a text that repeats the words, such as a citation.
REPEATED = 3_000
#: A query longer than this, in bytes, is not repeated in links that are there for every value or month.
SHORT_QUERY = 150
#: A query longer than this is repeated only where a page would be useless without it.
LONG_QUERY = 500


class First(NamedTuple):
    """The first entries of a list, all of which are at ``path``.

    There are ``total``, or more if that is not ``exact``.
    """

    shown: Sequence[Any]
    total: int
    path: str
    exact: bool = True

    @property
    def more(self) -> str:
        """How many are not shown, in words; empty if all are."""
        number = self.total - len(self.shown)
        return "" if not number else f"{number:,} more" if self.exact else f"at least {number:,} more"


def first(entries: Sequence[Any], most: int, path: str, *, exact: bool = True) -> First:
    """The first ``most`` of ``entries``, all of which are at ``path``."""
    return First(entries[:most], len(entries), path, exact)


def shortened(text: str, most: int) -> str:
    """The first ``most`` characters of a text, with an ellipsis if there are more.

    For lists: Django's ``truncatechars`` examines each character.
    """
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def beginning(pieces: Iterable[Piece], most: int = ON_ITS_PAGE) -> Iterator[Piece]:
    """The first ``most`` characters of a passage, with an ellipsis if there are more."""
    for piece in pieces:
        if len(piece.text) > most:
            yield piece._replace(text=f"{piece.text[:most]}…")
            return
        most -= len(piece.text)
        yield piece
