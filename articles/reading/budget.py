"""The limits on reading one document: processor seconds, words and quotations. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from time import thread_time
from typing import TypeVar

#: Words and punctuation marks in a text. The transcript of a day's hearing has some 60,000 words; while a
#: text is read, each takes some 500 bytes.
MAX_WORDS = 250_000

_SPLIT_HINT = "Submit it as several shorter documents."
_WORD = re.compile(r"[^\W_]+|\S")
#: Quoted passages that are proposed from one text: ten times as many as in a trial's longest day. Each is
#: written to several tables while other writers wait.
MAX_QUOTED = 2_000
#: Items between two readings of the clock: one reading costs as much as processing an item.
_ITEMS_PER_CHECK = 64

Item = TypeVar("Item")


class OverBudgetError(ValueError):
    """The document exceeds a limit; the message is for whoever submitted it."""


class Budget:
    """A limit on the processor time of the current thread, counted from creation; 0 means no limit.

    Readers check it in their loops. Signals would not do: only the main thread can receive them.
    """

    def __init__(self, seconds: float = 0) -> None:
        self._seconds = seconds
        self._end = thread_time() + seconds if seconds else float("inf")

    def check(self) -> None:
        """Raise OverBudgetError once the seconds are used up."""
        if thread_time() > self._end:
            raise OverBudgetError(
                f"Reading this document takes more than the allowed {self._seconds:g} seconds of processor"
                f" time. {_SPLIT_HINT}"
            )

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, checking the limit at regular intervals."""
        iterator = iter(items)
        for item in iterator:
            self.check()
            yield item
            yield from islice(iterator, _ITEMS_PER_CHECK - 1)


UNLIMITED = Budget()


def check_length(text: str) -> None:
    """Raise OverBudgetError if the text has more than MAX_WORDS words and punctuation marks."""
    for number, _ in enumerate(_WORD.finditer(text), start=1):
        if number > MAX_WORDS:
            raise OverBudgetError(
                f"The text has more than {MAX_WORDS:,} words and punctuation marks. {_SPLIT_HINT}"
            )


def check_quoted(count: int) -> None:
    """Raise OverBudgetError if there are more than MAX_QUOTED quoted passages."""
    if count > MAX_QUOTED:
        raise OverBudgetError(f"The text quotes more than {MAX_QUOTED:,} passages. {_SPLIT_HINT}")
