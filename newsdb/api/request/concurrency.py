"""Limits on what a process does at once, so that what takes long leaves threads to what does not.

On SQLite only one write runs at a time, and on PostgreSQL a write may wait for locked rows: each occupies a
thread. So does the check of a long draft. If they occupied all threads, reads would have to wait for them.
"""

import threading
import time

#: Seconds that a request waits for a running one to end before it is answered with 503.
TIMEOUT = 5.0
#: The same in a worker's last thread, which readers need.
LAST_THREAD_TIMEOUT = 0.25


class ConcurrencyLimit:
    """Counts running and waiting requests. Without ``threads``, which the server sets, there is no limit."""

    def __init__(self, timeout: float = TIMEOUT, last_thread_timeout: float = LAST_THREAD_TIMEOUT) -> None:
        self.threads: int | None = None
        self.timeout, self.last_thread_timeout = timeout, last_thread_timeout
        self._running = self._waiting = 0
        self._progress_at = 0.0
        self._done = threading.Condition()

    @property
    def limit(self) -> int | None:
        """How many may run at once: half of the threads."""
        return self.threads and max(1, self.threads // 2)

    def acquire(self) -> bool:
        """Begin a request, perhaps after waiting; False if no running one ended in time."""
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


#: Those of this process.
write_limit, check_limit = ConcurrencyLimit(), ConcurrencyLimit()
