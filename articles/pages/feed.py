"""Lists of statements as Atom, to be followed in a feed reader (RFC 4287).

It is paged as in RFC 5005 and lists retractions as in RFC 6721.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.template.loader import render_to_string

from articles.models import Statement
from articles.models.choices import Status
from articles.pages.asking import Asked, page
from articles.pages.lists import OF_PAGING, joint_once
from articles.pages.statement import describe
from newsdb.api.endpoints.inprocess import query_of
from newsdb.api.links import absolute
from newsdb.api.response.pagination import MAX_LIMIT

#: What XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: How many retractions a feed names.
RETRACTIONS = 25
#: The time of the latest change of a list that never changed.
NEVER = "1970-01-01T00:00:00Z"


@page
def feed(asked: Asked) -> HttpResponse:
    """The list of statements at the same parameters, as a feed."""
    data = asked.here("/statements/", most=MAX_LIMIT)
    filters = [pair for pair in asked.pairs() if pair[0] not in OF_PAGING]
    query = query_of(filters)
    pairs = [pair for pair in asked.pairs() if pair[0] != "cursor"]
    first = len(pairs) == len(asked.pairs())
    retracted = list(_retracted()) if first else []
    changed = [row["updated_at"] for row in data["results"]] + [each["at"] for each in retracted]
    context = {
        "identity": _address("/statements.atom", query),
        "itself": absolute(asked.request.get_full_path()),
        "page": _address("/statements/", query),
        "first": _address("/statements.atom", query_of(pairs)),
        "next": data["next"] and _address("/statements.atom", urlsplit(data["next"]).query),
        "about": ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in filters),
        "updated": max(changed, default=NEVER),
        "retracted": retracted,
        "entries": [describe(row) for row in joint_once(data["results"])],
    }
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", render_to_string("articles/pages/atom.xml", context))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _retracted() -> Iterator[dict[str, Any]]:
    """The latest retractions of the whole dataset: a reader knows which of its entries are gone."""
    rows = Statement.objects.of_status(Status.RETRACTED).order_by("-retracted_at")[:RETRACTIONS]
    found: Iterable[Any] = rows.values_list("uid", "retracted_at", "retraction_reason")
    for uid, at, reason in found:
        yield {"uid": uid, "at": at.astimezone(UTC).isoformat().replace("+00:00", "Z"), "reason": reason}


def _address(path: str, query: str) -> str:
    return absolute(f"{path}?{query}" if query else path)
