"""Reads a page's JSON-LD: schema.org's NewsArticle and related types."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from articles.reading.html.words import plain

_SCHEMA = re.compile(r"^(?:https?://schema\.org/|schema:)")
_ARTICLE = re.compile(r"\w*Article|\w*BlogPosting|Report", re.IGNORECASE)
#: Keys under which the page's own article may be nested, as opposed to other articles.
_NESTING_KEYS = ("@graph", "mainEntity", "mainEntityOfPage")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_SCRIPT_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
#: Characters per script. An article's metadata takes some thousands; a parsed tree of nothing but brackets
#: takes sixty times the memory of its text.
_MAX_SCRIPT_LENGTH = 500_000
#: Nodes that are examined; a page's own article is among the first.
_MAX_NODES = 1000
_MAX_VALUES = 20
_DECODER = json.JSONDecoder(strict=False)
_VALUE_SEPARATOR = re.compile(r"[\s,;]*")


def find_article(scripts: Iterable[str], is_own: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first article in the scripts that is the page's own, else the first; empty if there is none.

    Outer articles are before inner ones.

    Values that only refer to another node (`{"@id": …}`) are replaced by that node. Scripts that are not JSON
    are skipped; trailing commas and line breaks inside strings are tolerated.
    """
    short = (script for script in scripts if len(script) <= _MAX_SCRIPT_LENGTH)
    nodes = [node for script in short for parsed in _parse(script) for node in _nodes(parsed)]
    articles = [node for node in nodes if _is_article(node)]
    article = next(filter(is_own, articles), articles[0] if articles else {})
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return {_plain_name(key): _resolved(value, known) for key, value in article.items()}


def words(value: Any) -> str:
    """The text of a value: a string itself, a list's first item, an object's name."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or _full_name(value) or value.get("@value", value.get("@id"))
    return plain(value) if isinstance(value, str) else ""


def address(value: Any) -> str:
    """The URL of an object or of a list's first object, or ""."""
    first = value[0] if isinstance(value, list) and value else value
    return words(first.get("url")) if isinstance(first, dict) else ""


def _full_name(person: dict[str, Any]) -> str:
    """The full name of a person whose given and family names are separate."""
    parts = (person.get(key) for key in ("givenName", "familyName"))
    return " ".join(part for part in parts if isinstance(part, str) and part)


def is_a(value: Any, kind: str) -> bool:
    """Whether a node has this schema.org type."""
    types = value.get("@type") if isinstance(value, dict) else None
    listed = types if isinstance(types, list) else [types]
    return any(isinstance(each, str) and _plain_name(each).lower() == kind.lower() for each in listed)


def _plain_name(name: str) -> str:
    """A schema.org name without its prefix."""
    return _SCHEMA.sub("", name)


def _resolved(value: Any, known: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(each, known) for each in value[:_MAX_NODES]]
    if isinstance(value, dict) and isinstance(name := value.get("@id"), str) and len(value) <= 2:
        return {**known.get(name, {}), **value}
    return value


def _parse(script: str) -> Iterator[Any]:
    """Yield the JSON values in a script: one, or several in a row."""
    script = _SCRIPT_WRAPPER.sub("", script).strip()
    for attempt in (script, _TRAILING_COMMA.sub("", script)):
        found: list[Any] = []
        position = 0
        try:
            while position < len(attempt) and len(found) < _MAX_VALUES:
                value, position = _DECODER.raw_decode(attempt, position)
                found.append(value)
                position = _VALUE_SEPARATOR.match(attempt, position).end()  # type: ignore[union-attr]
        except (ValueError, RecursionError):
            if not found:
                continue
        yield from found
        return


def _nodes(parsed: Any) -> Iterator[dict[str, Any]]:
    waiting = [parsed]
    for node in waiting:  # grows while iterating: breadth-first
        if len(waiting) > _MAX_NODES:
            return
        if isinstance(node, list):
            waiting += node[:_MAX_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in _NESTING_KEYS if isinstance(node.get(key), dict | list)]


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return any(isinstance(each, str) and _ARTICLE.fullmatch(_plain_name(each)) for each in listed)
