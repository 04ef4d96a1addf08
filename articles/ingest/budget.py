"""What reading one document may cost: processor seconds, and words. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from time import thread_time
from typing import TypeVar

#: Words and marks of punctuation in a text. A day's hearing as a transcript has some 60,000 words; each takes
#: some 500 bytes while a text is read.
MAX_WORDS = 250_000

_INSTEAD = "Hand it in as several shorter documents."
_WORD = re.compile(r"[^\W_]+|\S")
#: Passages in quotation marks that are proposed of a text: ten times those of a trial's longest day. Each is
#: written to several tables, while other writers wait.
MAX_QUOTED = 2_000
#: Items of a loop between two looks at the clock, which costs as much as an item does.
_STEP = 64

Item = TypeVar("Item")


class OverBudgetError(ValueError):
    """A document would cost more than one may; the message says so to whoever handed it in."""


class Budget:
    """Processor seconds of the thread that makes it, from then on; without a number there is no limit.

    Readers ask for it at the heads of their loops. No signal is involved, which only a main thread could get.
    """

    def __init__(self, seconds: float = 0) -> None:
        self._seconds = seconds
        self._end = thread_time() + seconds if seconds else float("inf")

    def check(self) -> None:
        """Raise OverBudgetError once the seconds are used up."""
        if thread_time() > self._end:
            raise OverBudgetError(
                f"Reading it takes more than the {self._seconds:g} seconds of processor time that a document"
                f" may take. {_INSTEAD}"
            )

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, one after the other, checked now and then."""
        for number, item in enumerate(items):
            if not number % _STEP:
                self.check()
            yield item


UNLIMITED = Budget()


def check_length(text: str) -> None:
    """Raise OverBudgetError for a text of more than MAX_WORDS words and marks."""
    for number, _ in enumerate(_WORD.finditer(text), start=1):
        if number > MAX_WORDS:
            raise OverBudgetError(f"Its text has more than {MAX_WORDS:,} words and marks. {_INSTEAD}")


def check_quoted(count: int) -> None:
    """Raise OverBudgetError for a text of more than MAX_QUOTED quoted passages."""
    if count > MAX_QUOTED:
        raise OverBudgetError(f"It quotes more than {MAX_QUOTED:,} passages. {_INSTEAD}")
