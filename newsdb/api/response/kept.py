"""Answers kept as they were given: who asks the same of the same dataset again is given the same bytes."""

from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpResponse

#: What an answer says of its body; all else is said anew each time.
_OF_THE_BODY = ("Content-Type", "Link")


class KeptAnswers:
    """The bodies of answers asked for last, by their strong ETags, ``most`` bytes of them in all.

    They are of one version of the dataset, and dropped with the first question about another: what was
    erased is not kept.
    """

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[str, tuple[bytes, dict[str, str]]] = LRUCache(most, lambda kept: len(kept[0]))
        self._lock = Lock()
        self._version: object = None

    def find(self, etag: str, version: object) -> HttpResponse | None:
        """The answer of this version of the dataset, if it is kept."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            kept = self._kept.get(etag)
        return HttpResponse(kept[0], headers=kept[1]) if kept else None

    def keep(self, etag: str, version: object, answer: HttpResponse) -> None:
        """Keep an answer that is written out, if it is not longer than all that may be kept, nor outdated."""
        headers = {name: answer.headers[name] for name in _OF_THE_BODY if name in answer.headers}
        if len(answer.content) <= self._kept.maxsize:
            with self._lock:
                if version == self._version:
                    self._kept[etag] = (answer.content, headers)

    @property
    def bytes(self) -> int:
        """How many are kept."""
        return int(self._kept.currsize)


#: The writes of this process.
kept_answers = KeptAnswers(settings.KEPT_ANSWERS)
