"""The response cache: the same request gets the same bytes again while the dataset does not change."""

from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpResponse

#: Headers that are cached with the body. The others are set for each response.
_CONTENT_HEADERS = ("Content-Type", "Link", "ETag")


class ResponseCache:
    """The bodies of the latest responses by strong ETag, of at most ``max_bytes`` in total.

    All belong to one version of the dataset. The first request for another version drops them, so that erased
    content does not stay in the cache.
    """

    def __init__(self, max_bytes: int) -> None:
        self._bodies: LRUCache[str, tuple[bytes, dict[str, str]]] = LRUCache(
            max_bytes, lambda each: len(each[0])
        )
        self._lock = Lock()
        self._version: object = None

    def get(self, etag: str, version: object) -> HttpResponse | None:
        """The cached response for this version of the dataset, or None."""
        with self._lock:
            if version != self._version:
                self._bodies.clear()
                self._version = version
            cached = self._bodies.get(etag)
        return HttpResponse(cached[0], headers=cached[1]) if cached else None

    def set(self, etag: str, version: object, response: HttpResponse) -> None:
        """Cache a rendered response, unless it is larger than the cache or of an outdated version."""
        headers = {name: response.headers[name] for name in _CONTENT_HEADERS if name in response.headers}
        if len(response.content) <= self._bodies.maxsize:
            with self._lock:
                if version == self._version:
                    self._bodies[etag] = (response.content, headers)

    def clear(self) -> None:
        """Drop all responses."""
        with self._lock:
            self._bodies.clear()

    @property
    def size(self) -> int:
        """The number of bytes cached."""
        return int(self._bodies.currsize)


#: The response cache of this process.
response_cache = ResponseCache(settings.RESPONSE_CACHE_BYTES)
