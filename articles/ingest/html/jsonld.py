"""What a page says of its article in JSON-LD: schema.org's NewsArticle and its kin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_ARTICLE = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|\w*BlogPosting|Report)")
#: Where the article stands inside something else: not where other articles do.
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
#: Nodes looked at; a page's own article is among the first.
_MOST_NODES = 1000


def find_article(scripts: Iterable[str]) -> dict[str, Any]:
    """The first article in any of these scripts, outermost first; empty where there is none.

    Scripts that are not JSON are passed over, commas too many and line breaks inside strings forgiven.
    """
    articles = (node for script in scripts for node in _nodes(_parse(script)) if _is_article(node))
    return next(articles, {})


def words(value: Any) -> str:
    """A value's words: a string's own, a list's first, a thing's name."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name", value.get("@value", value.get("@id")))
    return " ".join(value.split()) if isinstance(value, str) else ""


def names(value: Any) -> list[str]:
    """The names of an author or of several."""
    return [name for each in (value if isinstance(value, list) else [value]) if (name := words(each))]


def _parse(script: str) -> Any:
    script = _WRAPPED.sub("", script)
    for attempt in (script, _TRAILING_COMMA.sub("", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(parsed: Any) -> Iterator[dict[str, Any]]:
    waiting = [parsed]
    for node in waiting:  # which grows meanwhile: outermost first
        if len(waiting) > _MOST_NODES:
            return
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in _WITHIN if isinstance(node.get(key), dict | list)]


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return any(isinstance(each, str) and _ARTICLE.fullmatch(each) for each in listed)
