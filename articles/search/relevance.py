"""Ranks search results by relevance, among the newest."""

from typing import Any

from django.db import connections

from articles.search.index import Relevance
from articles.search.query import Query

#: How many of the newest matching rows are ranked. They are scattered over the table, and each may have to be
#: read from disk.
MAX_RANKED = 2_000


def most_relevant(found: Any, query: Query, count: int) -> list[int]:
    """The ids of the ``count`` most relevant of ``found``, a search for ``query``; best first.

    The store computes the relevance. Equally relevant rows are ordered newest first. If more than
    ``MAX_RANKED`` rows match, only the newest are ranked.
    """
    in_index = bool(found.query.extra_tables)  # SQLite's index is joined
    reading = not in_index and connections[found.db].vendor == "sqlite"
    if reading:
        weighed = found
    elif in_index:  # filtering by ids would search the index again for each row
        newest = found.order_by(*found.newest_found).values_list("rank", flat=True)
        last = newest[MAX_RANKED - 1 : MAX_RANKED].first()
        weighed = found if last is None else found.filter(rank__gte=last)
    else:
        weighed = found.newest(MAX_RANKED)
    relevance = Relevance("tokens", query=query, reading=reading).desc()
    return list(weighed.order_by(relevance, "-sort_date", "-id").values_list("pk", flat=True)[:count])
