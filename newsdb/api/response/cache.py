"""The response cache: who asks the same of the same dataset again gets the same bytes."""

from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpResponse

#: Headers that belong to the body; the others are set for each response.
_CONTENT_HEADERS = ("Content-Type", "Link", "ETag", "Cache-Control")


class ResponseCache:
    """The bodies of the latest responses by their strong ETags, at most ``max_bytes`` in all.

    They are of one version of the dataset, and all are dropped with the first request for another: what was
    erased is not cached.
    """

    def __init__(self, max_bytes: int) -> None:
        self._bodies: LRUCache[str, tuple[bytes, dict[str, str]]] = LRUCache(
            max_bytes, lambda each: len(each[0])
        )
        self._lock = Lock()
        self._version: object = None

    def get(self, etag: str, version: object) -> HttpResponse | None:
        """The response of this version of the dataset, if it is cached."""
        with self._lock:
            if version != self._version:
                self._bodies.clear()
                self._version = version
            cached = self._bodies.get(etag)
        return HttpResponse(cached[0], headers=cached[1]) if cached else None

    def set(self, etag: str, version: object, response: HttpResponse) -> None:
        """Cache a rendered response, unless it is longer than the whole cache, or outdated."""
        headers = {name: response.headers[name] for name in _CONTENT_HEADERS if name in response.headers}
        if len(response.content) <= self._bodies.maxsize:
            with self._lock:
                if version == self._version:
                    self._bodies[etag] = (response.content, headers)

    def clear(self) -> None:
        """Empty it."""
        with self._lock:
            self._bodies.clear()

    @property
    def size(self) -> int:
        """How many bytes are cached."""
        return int(self._bodies.currsize)


#: The responses of this process.
response_cache = ResponseCache(settings.RESPONSE_CACHE_BYTES)
