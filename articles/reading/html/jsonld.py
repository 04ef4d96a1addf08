"""Reads a page's JSON-LD: schema.org's NewsArticle and related types."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from articles.reading.html.words import plain

_SCHEMA = re.compile(r"^(?:https?://schema\.org/|schema:)")
_ARTICLE = re.compile(r"\w*Article|\w*BlogPosting|Report", re.IGNORECASE)
#: The page itself, which some content management systems describe instead of its article.
_PAGE = re.compile(r"(?:Web|Item)Page", re.IGNORECASE)
_SITE = re.compile(r"WebSite|NewsMediaOrganization", re.IGNORECASE)
#: Keys under which the page's own article may be nested, as opposed to other articles.
_NESTING_KEYS = ("@graph", "@list", "mainEntity", "mainEntityOfPage")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
#: Where JSON begins: after markers of comments and CDATA sections, of which some pages have several.
_BEGINNING = re.compile(r'[\[{]\s*+(?=["\[{}\]])')
_VALUE_END = re.compile(r"\s*+(?:[,}]|\Z)")
#: Facts of an article that are read from a script that is not valid JSON, if it declares them only once.
_FACTS = ("headline", "datePublished", "author", "publisher", "articleSection", "mainEntityOfPage")
_TYPED = re.compile(rf'"@type"\s*:\s*\[?\s*"({_ARTICLE.pattern})"', re.IGNORECASE)
#: Characters per script. An article's metadata takes some thousands; a parsed tree of nothing but brackets
#: takes sixty times the memory of its text.
_MAX_SCRIPT_LENGTH = 500_000
#: Nodes that are examined; a page's own article is among the first.
_MAX_NODES = 1000
_MAX_VALUES = 20
_DECODER = json.JSONDecoder(strict=False)
_VALUE_SEPARATOR = re.compile(r"[\s,;]*")


def read_nodes(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """The objects in the scripts, outer ones before inner ones.

    Trailing commas, line breaks inside strings and encoded quotation marks are tolerated. Of a script that is
    no JSON even so, the facts that are declared once are read.
    """
    short = (script for script in scripts if len(script) <= _MAX_SCRIPT_LENGTH)
    return [node for script in short for parsed in _parse(script) for node in _nodes(parsed)]


def find_article(nodes: Sequence[dict[str, Any]], is_own: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first article that is the page's own, else the first, else the page's own `WebPage`, else nothing.

    Values that only refer to another node (`{"@id": …}`) are replaced by that node.
    """
    articles = [node for node in nodes if _is_of_type(node, _ARTICLE)]
    pages = () if articles else (node for node in nodes if _is_of_type(node, _PAGE) and is_own(node))
    article = next(filter(is_own, articles), articles[0] if articles else next(iter(pages), {}))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return {_plain_name(key): _resolved(value, known) for key, value in article.items()}


def site_name(nodes: Iterable[dict[str, Any]]) -> str:
    """The name of the site or its publisher, if the page describes one and only one; else ""."""
    names = {words(node.get("name")) for node in nodes if _is_of_type(node, _SITE)} - {""}
    return names.pop() if len(names) == 1 else ""


def words(value: Any) -> str:
    """The text of a value: a string itself, a list's first item, an object's name."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or _full_name(value) or value.get("@value", value.get("@id"))
    return plain(value) if isinstance(value, str) else ""


def items(value: Any) -> list[Any]:
    """The items of a list, of lists of objects in it, and of an object with several names."""
    if isinstance(value, dict):
        names = value.get("@list", value.get("name"))
        if not isinstance(names, list):
            return [value]
        return names if "@list" in value else [{**value, "name": name} for name in names]
    if not isinstance(value, list):
        return [value]
    found: list[Any] = []
    for each in value[:_MAX_NODES]:
        objects = [inner for inner in each if isinstance(inner, dict)] if isinstance(each, list) else [each]
        for item in objects:
            found += items(item) if isinstance(item, dict) else [item]
    return found


def moment(value: Any) -> str:
    """A date or time as text: some pages give seconds since 1970 as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else words(value)


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
    decoded = html.unescape(script) if "&quot;" in script else script
    begin = _BEGINNING.search(decoded)
    if begin is None:
        return
    decoded = decoded[begin.start() :]
    for attempt in (decoded, _TRAILING_COMMA.sub("", decoded)):
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
    yield from _facts(decoded)


def _facts(script: str) -> Iterator[dict[str, Any]]:
    """The article in a script that is not valid JSON: the facts that it declares only once."""
    typed = _TYPED.search(script)
    if typed is None:
        return
    article: dict[str, Any] = {"@type": typed[1]}
    for key in _FACTS:
        places = [match.end() for match in re.finditer(rf'"{key}"\s*:\s*', script)]
        try:
            value, end = _DECODER.raw_decode(script, places[0]) if len(places) == 1 else (None, 0)
        except (ValueError, RecursionError):
            continue
        if value and _VALUE_END.match(script, end):
            article[key] = value
    yield article


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


def _is_of_type(node: dict[str, Any], kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return any(isinstance(each, str) and kind.fullmatch(_plain_name(each)) for each in listed)
