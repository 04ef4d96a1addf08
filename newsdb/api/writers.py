"""Limits the concurrent writes of a process, so that waiting writes leave threads to reads.

On SQLite only one write runs at a time, and on PostgreSQL a write may wait for locked rows: each occupies a
thread. If they occupied all threads, reads would have to wait for them.
"""

import threading
import time

#: Seconds that a further write waits for a running one before it is answered with 503.
PATIENCE = 0.25


class Writers:
    """The running writes. Without a ``limit`` any number may run: only the server knows its threads."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.limit: int | None = None
        self.patience = patience
        self._in_hand = 0
        self._moved_at = 0.0
        self._done = threading.Condition()

    def enter(self) -> bool:
        """Enter, perhaps after waiting; False if no running write ended in time."""
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


#: The writes of this process.
writers = Writers()
