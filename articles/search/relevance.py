"""The most relevant of what was searched, among the newest of it."""

from typing import Any

from django.db import connections

from articles.search.index import Relevance
from articles.search.query import Query

#: How many of the newest rows that are found are put in order of relevance. They lie scattered in the table,
#: and where it is not in memory each is read from the disk.
WEIGHED = 2_000


def most_relevant(found: Any, query: Query, count: int) -> list[int]:
    """The ids of the best ``count`` of ``found``, which was searched for ``query``; best first.

    What is better is for the store to say. Equals stand newest first. Of more than ``WEIGHED`` rows the
    newest are taken.
    """
    in_index = bool(found.query.extra_tables)  # SQLite's, beside the rows
    reading = not in_index and connections[found.db].vendor == "sqlite"
    if reading:
        weighed = found
    elif in_index:  # it would be asked again for each row, were they taken by their ids
        newest = found.order_by(*found.newest_found).values_list("rank", flat=True)
        last = newest[WEIGHED - 1 : WEIGHED].first()
        weighed = found if last is None else found.filter(rank__gte=last)
    else:
        weighed = found.newest(WEIGHED)
    relevance = Relevance("tokens", query=query, reading=reading).desc()
    return list(weighed.order_by(relevance, "-sort_date", "-id").values_list("pk", flat=True)[:count])
