"""Lists of statements as Atom, to be followed in a feed reader (RFC 4287, paged as in RFC 5005)."""

import re
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.template.loader import render_to_string

from articles.pages.asking import Asked, page
from articles.pages.lists import OF_PAGING
from articles.pages.statement import describe
from newsdb.api.endpoints.inprocess import query_of
from newsdb.api.links import absolute

#: What XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Of a list in which nothing was ever changed.
NEVER = "1970-01-01T00:00:00Z"


@page
def feed(asked: Asked) -> HttpResponse:
    """The list of statements at the same parameters, as a feed."""
    data = asked.here("/statements/")
    filters = [pair for pair in asked.pairs() if pair[0] not in OF_PAGING]
    query = query_of(filters)
    context = {
        "identity": _address("/statements.atom", query),
        "itself": absolute(asked.request.get_full_path()),
        "page": _address("/statements/", query),
        "next": data["next"] and _address("/statements.atom", urlsplit(data["next"]).query),
        "about": ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in filters),
        "updated": max((row["updated_at"] for row in data["results"]), default=NEVER),
        "entries": [describe(row) for row in data["results"]],
    }
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", render_to_string("articles/pages/atom.xml", context))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _address(path: str, query: str) -> str:
    return absolute(f"{path}?{query}" if query else path)
