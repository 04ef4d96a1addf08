"""Limits the requests of each client per minute.

Requests are counted in the memory of each worker process, so that counting costs neither a query nor a round
trip; with n workers a client may get up to n times its quota. This keeps one client from taking all of a
worker's time. An exact quota is a task for the proxy. All clients share the same window of a minute, after
which all counts are dropped, so that memory is bounded by the number of clients in a minute.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from newsdb.models.token import Scope
from newsdb.networks import network_of, read_address

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class RateLimitStatus:
    """The state of a client's quota: the requests left, and the seconds until it is full again."""

    scope: str
    quota: int
    left: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.scope}";q={self.quota};w={WINDOW}',
            "RateLimit": f'"{self.scope}";r={max(self.left, 0)};t={self.reset}',
        }


class RequestCounter:
    """Counts requests by client within the current window. ``clock`` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.window_start = -math.inf
        self.counts: dict[tuple[str, str], int] = {}
        self.lock = threading.Lock()

    def count(self, scope: str, client: str, quota: int) -> RateLimitStatus:
        """Count one more request of ``client``. If there were too many, ``left`` is negative."""
        with self.lock:
            now = self.clock()
            if now - self.window_start >= WINDOW:
                self.counts.clear()
                self.window_start = now
            made = self.counts[scope, client] = self.counts.get((scope, client), 0) + 1
            return RateLimitStatus(scope, quota, quota - made, math.ceil(WINDOW - (now - self.window_start)))

    def reset(self) -> None:
        """Drop all counts."""
        with self.lock:
            self.counts.clear()
            self.window_start = -math.inf


counter = RequestCounter()


def count_request(request: Request, scope: str = "") -> RateLimitStatus | None:
    """Count ``request`` in ``scope``, or by default in that of its token.

    Returns None if the scope has no quota (``settings.RATE_LIMITS``).
    """
    token: Any = request.auth
    if not scope:
        scope = "anonymous" if token is None else "writer" if token.scope == Scope.WRITE else "reader"
    quota: int = settings.RATE_LIMITS[scope]
    if not quota:
        return None
    return counter.count(scope, str(token.pk) if token else client_of(request) or "", quota)


def client_of(request: Any) -> str | None:
    """The IPv4 address or IPv6 network by which requests and wrong passwords are counted; None if unknown.

    ``NUM_PROXIES`` says how many proxies in front are ours, and so how far ``X-Forwarded-For`` is trusted.
    """
    # Behind a Unix socket the server does not know its client's address.
    address = read_address(BaseThrottle().get_ident(request) or "")
    return None if address is None else network_of(address)
