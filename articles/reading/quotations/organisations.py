"""Resolves an organisation's short name to the fullest name in the text that ends with it."""

from __future__ import annotations

from articles.reading.quotations.tokens import without_accents

_MAX_NAMESAKES = 24
"""The most organisations whose names share a last word."""


class Organisations:
    """The organisations of a text, by the last word of their names."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def add(self, name: str) -> None:
        """Add an organisation's name as printed."""
        known = self._names.setdefault(_last_word(name), [])
        if name not in known and len(known) < _MAX_NAMESAKES:
            known.append(name)

    def fullest(self, name: str) -> tuple[str, bool]:
        """The fullest form of a name, and whether it is unambiguous."""
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
