"""How a long run tells how it goes: a bar on a terminal, a line now and then in a file."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Console

Say = Callable[[str], None]

#: Seconds between two lines.
EVERY = 30


class Narrator:
    """Speaks on standard error."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """One line, with the time since the run began."""
        passed = int(time.monotonic() - self._began)
        self.console.print(f"{passed // 60:4}:{passed % 60:02}  {text}", markup=False, highlight=False)

    def watch(self, items: Sequence[Any]) -> Iterator[Any]:
        """Passes ``items`` on, and says at times how many of them are done."""
        said = time.monotonic()
        for number, item in enumerate(items):
            if time.monotonic() - said > EVERY:
                said = time.monotonic()
                self.say(f"{number} of {len(items)} measurements")
            yield item
