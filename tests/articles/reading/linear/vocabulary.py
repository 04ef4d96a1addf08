"""The words and marks that the readers of text know, taken from their own lexicons and patterns.

A class of words that is added to a reader is found here without being named.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

from articles import reading
from newsdb import addresses, dates, text

SHARED = (addresses, dates, text)
#: Words of one class are read alike: so many of each stand for the rest.
MEMBERS = 1
SAMPLES = 4


def pieces() -> list[str]:
    """A word or two of each class, strings that each pattern matches, and every mark in any of them."""
    words: dict[str, None] = {}
    marks: dict[str, None] = {}
    for module in modules():
        for name, value in vars(module).items():
            if name.startswith("__") or isinstance(value, str):
                continue
            is_pattern = isinstance(value, re.Pattern)
            found = matching(value) if is_pattern else sorted(_strings(value))
            marks.update(dict.fromkeys(mark for one in found for mark in one if _is_mark(mark)))
            for word in _some(found, SAMPLES if is_pattern else MEMBERS):
                words.update(dict.fromkeys((word, word.title())))
    return [*marks, *(word for word in words if word.strip() and word not in marks)]


def modules() -> Iterator[ModuleType]:
    """Every module that reads text."""
    for found in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        yield importlib.import_module(found.name)
    yield from SHARED


def matching(pattern: re.Pattern[Any]) -> list[str]:
    """Strings like those that the pattern matches: each of its alternatives is in one of them."""
    source = pattern.pattern
    source = source.decode("latin-1") if isinstance(source, bytes) else source
    return list(dict.fromkeys(_variants(parser.parse(source, pattern.flags & ~re.DEBUG))))


def _variants(tree: Iterable[tuple[Any, Any]]) -> list[str]:
    """The first choice everywhere, and then each other choice in its place."""
    options = [_options(code, value) for code, value in tree]
    first = [found[0] for found in options]
    made = ["".join(first)]
    for place, found in enumerate(options):
        made += ["".join([*first[:place], other, *first[place + 1 :]]) for other in found[1:]]
    return made


def _options(code: Any, value: Any) -> list[str]:
    if code is ops.LITERAL:
        return [chr(value)]
    if code is ops.IN:
        return _of_set(value)
    if code is ops.BRANCH:
        return [made for branch in value[1] for made in _variants(branch)]
    if code is ops.SUBPATTERN:
        return _variants(value[3])
    if code is ops.ATOMIC_GROUP:
        return _variants(value)
    if code in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, _, inner = value
        made = [one * max(1, least) for one in _variants(inner)]
        return made if least else [*made, ""]
    if code in (ops.NOT_LITERAL, ops.ANY):
        return ["x"]
    return [""]  # a place, or what stands around


def _of_set(members: Iterable[tuple[Any, Any]]) -> list[str]:
    classes = {ops.CATEGORY_DIGIT: "7", ops.CATEGORY_SPACE: " ", ops.CATEGORY_NOT_SPACE: "x"}
    made = []
    for code, value in members:
        if code is ops.NEGATE:
            return ["x"]
        if code is ops.LITERAL:
            made.append(chr(value))
        elif code is ops.RANGE:
            made.append(chr(value[0]))
        elif code is ops.CATEGORY:
            made.append(classes.get(value, "a"))
    return made


def _strings(value: Any) -> set[str]:
    """The words in a lexicon, whatever it is kept in."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return _strings(tuple(value)) | _strings(tuple(value.values()))
    if isinstance(value, frozenset | set | tuple | list):
        return {word for member in value for word in _strings(member)}
    return set()


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _some(found: list[str], most: int) -> list[str]:
    """So many of them, from all along the list."""
    return found[:: max(1, -(-len(found) // most))]
