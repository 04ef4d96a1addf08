"""URLs in responses: always based on the configured PUBLIC_URL, never on the Host header."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_urlconf, reverse


def absolute(path: str) -> str:
    """The public URL of ``path``, which begins with a slash."""
    return f"{settings.PUBLIC_URL}{path}"


def address(view_name: str, lookup: object) -> str:
    """The public URL of the record that the detail view ``view_name`` finds by ``lookup``."""
    before, after = path_parts(view_name)
    return absolute(f"{before}{lookup}{after}")


def path_parts(view_name: str) -> tuple[str, str]:
    """The parts of a detail view's path before and after the lookup."""
    return _path_parts(view_name, get_urlconf())


@lru_cache(maxsize=256)
def _path_parts(view_name: str, urlconf: str | None) -> tuple[str, str]:
    # "0" is valid as an id and as a slug, and no path has another 0 after it.
    before, _, after = reverse(view_name, args=["0"], urlconf=urlconf).rpartition("0")
    return before, after
