"""What lists have in common: the way to the next page, and alternatives with their counts."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from articles.pages.asking import API, Asked
from articles.pages.bounds import First
from newsdb.api.response.pagination import MAX_LIMIT

#: Parameters that select a page of a list without changing the list.
OF_PAGING = ("cursor", "limit")


def next_page(asked: Asked, data: Mapping[str, Any]) -> str:
    """The address of the next page; empty on the last."""
    return f"{asked.request.path}?{urlsplit(data['next']).query}" if data["next"] else ""


def options(
    asked: Asked, name: str, buckets: Iterable[Mapping[str, Any]], query: str | None = None
) -> list[dict[str, Any]]:
    """Values of a facet, each with the address of the list narrowed by it, or no longer so.

    ``query`` has the list's other parameters: by default the request's.
    """
    pairs = asked.pairs() if query is None else parse_qsl(query)
    others = [pair for pair in pairs if pair[0] not in (name, *OF_PAGING)]
    chosen = [text for parameter, text in pairs if parameter == name]
    found = []
    for bucket in buckets:
        selected = bucket["key"] in chosen
        narrowed = others if selected else [*others, (name, bucket["key"])]
        path = f"/statements/?{urlencode(narrowed)}" if narrowed else "/statements/"
        label = bucket.get("name", bucket["key"])
        found.append({"name": label, "count": f"{bucket['count']:,}", "selected": selected, "path": path})
    return found


def counts(facets: Mapping[str, Any], name: str, most: int, query: str, chosen: Iterable[str] = ()) -> First:
    """Up to ``most`` values of a facet: the ``chosen`` and the most frequent ones. The API has all."""
    facet, wanted = facets[name], set(chosen)
    buckets = facet["buckets"] if name != "year" else facet["buckets"][::-1]
    best = sorted(buckets, key=lambda bucket: bucket["key"] not in wanted)[:most]
    pairs = [*parse_qsl(query), ("by", name), ("distinct", "joint"), ("limit", str(MAX_LIMIT))]
    path = f"{API}/statements/facets/?{urlencode(pairs)}"
    return First([each for each in buckets if each in best], len(buckets), path, not facet["others"])


def joint_once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without those that repeat a joint statement: its first row names all speakers."""
    seen: set[str] = set()
    found = []
    for row in rows:
        if row["joint_uid"] not in seen:
            found.append(row)
        if row["joint_uid"]:
            seen.add(row["joint_uid"])
    return found
