"""Limits how many slow requests a process handles at once, so that threads remain for fast ones.

On SQLite only one write runs at a time, and on PostgreSQL a write may wait for locked rows; each waiting
write occupies a thread. So does the check of a long draft. If they occupied all threads, reads would have to
wait.
"""

import threading
import time

#: Seconds that a request waits for a running one to end, before it gets a 503.
TIMEOUT = 5.0
#: The same for a request in the worker's last thread, which reads need.
LAST_THREAD_TIMEOUT = 0.25


class ConcurrencyLimit:
    """Limits running requests. The server sets ``threads``; until then there is no limit."""

    def __init__(self, timeout: float = TIMEOUT, last_thread_timeout: float = LAST_THREAD_TIMEOUT) -> None:
        self.threads: int | None = None
        self.timeout, self.last_thread_timeout = timeout, last_thread_timeout
        self._running = self._waiting = 0
        self._progress_at = 0.0
        self._done = threading.Condition()

    @property
    def limit(self) -> int | None:
        """How many requests may run at once: half of the threads."""
        return self.threads and max(1, self.threads // 2)

    def acquire(self) -> bool:
        """Begin a request, after waiting if necessary. Returns False if no running request ended in time."""
        with self._done:
            self._waiting += 1
            last = self.threads is not None and self._running + self._waiting >= self.threads
            timeout = self.last_thread_timeout if last else self.timeout
            try:
                while self.limit is not None and self._running >= self.limit:
                    left = self._progress_at + timeout - time.monotonic()
                    if left <= 0:
                        return False
                    self._done.wait(left)
            finally:
                self._waiting -= 1
            self._running += 1
            self._progress_at = time.monotonic()
            return True

    def release(self) -> None:
        """End a request, so that another can begin."""
        with self._done:
            self._running -= 1
            self._progress_at = time.monotonic()
            self._done.notify()


#: The limits of this process.
write_limit, check_limit = ConcurrencyLimit(), ConcurrencyLimit()
