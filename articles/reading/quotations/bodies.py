"""Which organisation a short name means: the fullest name in the text that ends in it."""

from __future__ import annotations

from articles.reading.quotations.tokens import without_accents

_NAMESAKES = 24
"""Organisations whose names end in one word that are distinguished."""


class Bodies:
    """The organisations of a text by the last words of their names."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def add(self, name: str) -> None:
        """An organisation's name as printed."""
        known = self._names.setdefault(_last_word(name), [])
        if name not in known and len(known) < _NAMESAKES:
            known.append(name)

    def fullest(self, name: str) -> tuple[str, bool]:
        """The fullest name of what is called so, and whether that is certain."""
        ends = " " + without_accents(name.lower())
        longer = [
            one
            for one in self._names.get(_last_word(name), [])
            if without_accents(f" {one.lower()}").endswith(ends)
        ]
        full = max(longer, key=len, default="")
        if all(full.lower().endswith(one.lower()) for one in longer):
            return full, True
        return (name if " " in name else ""), False


def _last_word(name: str) -> str:
    return without_accents(name.lower().rpartition(" ")[2])
