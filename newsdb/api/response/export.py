"""Exports: all records that match the filters, streamed with little memory."""

from collections.abc import Iterator

from django.db.models import QuerySet
from rest_framework.serializers import Serializer

from newsdb.api.response.renderers import CSVRenderer, JSONLinesRenderer, LinesRenderer
from newsdb.api.rows.keyset import rows_after
from newsdb.api.rows.reading import Row, read_rows_and_keys
from newsdb.api.rows.serializers import RowSerializer

CHUNK = 1000
#: The renderers of exports by the value of ``format``.
FORMATS = {renderer.format: renderer for renderer in (JSONLinesRenderer, CSVRenderer)}


def chunks_of(
    queryset: QuerySet, shape: type[RowSerializer], ordering: tuple[str, ...]
) -> Iterator[list[Row]]:
    """The rows of ``queryset`` in chunks, each read by its own query, which starts after the last key."""
    columns = tuple(name.removeprefix("-") for name in ordering)
    rest = queryset.order_by(*ordering)
    while True:
        rows, keys = read_rows_and_keys(shape, rest[:CHUNK], columns)
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        rest = rows_after(queryset, ordering, list(keys[-1])).order_by(*ordering)


def lines_of(
    chunks: Iterator[list[Row]], shape: type[Serializer], media: LinesRenderer, *, safe: bool
) -> Iterator[bytes]:
    """The bytes of each chunk. With ``safe``, a spreadsheet does not run any cell as a formula."""
    for number, rows in enumerate(chunks):
        yield media.lines(shape, rows, safe=safe, head=number == 0)
