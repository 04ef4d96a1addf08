"""Limits the concurrent writes of a process, so that waiting writes leave threads to reads.

On SQLite only one write runs at a time, and on PostgreSQL a write may wait for locked rows: each occupies a
thread. If they occupied all threads, reads would have to wait for them.
"""

import threading
import time

#: Seconds that a write waits for a running one to end before it is answered with 503. In a worker's last
#: thread, which readers need, it is the second.
PATIENCE, LAST_THREAD = 5.0, 0.25


class Writers:
    """The running and the waiting writes. Without ``threads``, which the server knows, any number may run."""

    def __init__(self, patience: float = PATIENCE, last_thread: float = LAST_THREAD) -> None:
        self.threads: int | None = None
        self.patience, self.last_thread = patience, last_thread
        self._running = self._waiting = 0
        self._moved_at = 0.0
        self._done = threading.Condition()

    @property
    def limit(self) -> int | None:
        """How many may run at once: half of the threads."""
        return self.threads and max(1, self.threads // 2)

    def enter(self) -> bool:
        """Enter, perhaps after waiting; False if no running write ended in time."""
        with self._done:
            self._waiting += 1
            last = self.threads is not None and self._running + self._waiting >= self.threads
            patience = self.last_thread if last else self.patience
            try:
                while self.limit is not None and self._running >= self.limit:
                    left = self._moved_at + patience - time.monotonic()
                    if left <= 0:
                        return False
                    self._done.wait(left)
            finally:
                self._waiting -= 1
            self._running += 1
            self._moved_at = time.monotonic()
            return True

    def leave(self) -> None:
        """Make room for another."""
        with self._done:
            self._running -= 1
            self._moved_at = time.monotonic()
            self._done.notify()


#: The writes of this process.
writers = Writers()
