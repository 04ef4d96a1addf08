"""Addresses in responses: always of the configured public URL, never of what a Host header says."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_urlconf, reverse


def absolute(path: str) -> str:
    """The public address of ``path``, which begins with a slash."""
    return f"{settings.PUBLIC_URL}{path}"


def address(view_name: str, lookup: object) -> str:
    """The public address of the record that the detail view ``view_name`` finds by ``lookup``."""
    before, after = path_parts(view_name)
    return absolute(f"{before}{lookup}{after}")


def path_parts(view_name: str) -> tuple[str, str]:
    """The parts of a detail view's path before and after the lookup."""
    return _path_parts(view_name, get_urlconf())


@lru_cache(maxsize=256)
def _path_parts(view_name: str, urlconf: str | None) -> tuple[str, str]:
    # Any id and any slug may be 0, and no path of ours has another 0 behind it.
    before, _, after = reverse(view_name, args=["0"], urlconf=urlconf).rpartition("0")
    return before, after
