"""How many requests to write one process has in hand, so that writers who wait leave threads to readers.

On SQLite one writes at a time, and on PostgreSQL one may wait for another's rows: each in a thread. Where all
threads were theirs, nobody could read until the last of them was done, or had waited long enough.
"""

import threading
import time

#: Seconds in which one of those in hand has to be done before another is turned away.
PATIENCE = 0.25


class Writers:
    """Those in hand. Without a ``limit`` any number may come in: nobody but the server knows of threads."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.limit: int | None = None
        self.patience = patience
        self._in_hand = 0
        self._moved_at = 0.0
        self._done = threading.Condition()

    def enter(self) -> bool:
        """Come in, perhaps after a moment; False where none of those in hand was done for too long."""
        with self._done:
            while self.limit is not None and self._in_hand >= self.limit:
                left = self._moved_at + self.patience - time.monotonic()
                if left <= 0:
                    return False
                self._done.wait(left)
            self._in_hand += 1
            self._moved_at = time.monotonic()
            return True

    def leave(self) -> None:
        """Make room for another."""
        with self._done:
            self._in_hand -= 1
            self._moved_at = time.monotonic()
            self._done.notify()


#: Those of this process.
writers = Writers()
