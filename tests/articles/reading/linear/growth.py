"""How the processor time of a reader grows with its input, whatever else the machine has to do."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

GROWTH = 4
MOST = 5
"""For GROWTH times the input a reader may take so many times as long."""
LARGEST = 400_000
"""Code points."""
_TRIES = 4
_LONG = 1
"""Seconds from which a measurement is beyond noise."""


def grows_too_fast(read: Callable[[str], object], text: Callable[[int], str], *, size: int) -> str:
    """Why a reader is not linear on `text(size)` and up; '' where it is.

    The least of several measurements counts. What is too slow at one size is measured at the next: noise is
    gone there, and what is not linear has grown.
    """
    ratios: list[float] = []
    while size * GROWTH <= LARGEST:
        ratio, seconds = _ratio(read, text(size), text(GROWTH * size))
        if ratio <= MOST:
            return ""
        ratios.append(ratio)
        if seconds > _LONG:
            break
        size *= GROWTH
    return f"{GROWTH} times the input takes {', '.join(f'{ratio:.1f}' for ratio in ratios)} times as long"


def _ratio(read: Callable[[str], object], small: str, large: str) -> tuple[float, float]:
    """By how much the large text takes longer, at the least, and how long it takes."""
    least = {small: float("inf"), large: float("inf")}
    for _ in range(_TRIES):
        for text in least:
            start = thread_time()
            read(text)
            least[text] = min(least[text], thread_time() - start)
        if least[large] <= MOST * least[small] or least[large] > 4 * _LONG * MOST:
            break
    return least[large] / least[small], least[large]
