"""Exports: every record that passes the filters, as one stream that takes little memory."""

from collections.abc import Iterator

from django.db.models import QuerySet
from rest_framework.serializers import Serializer

from newsdb.api.response.renderers import CSVRenderer, JSONLinesRenderer, LinesRenderer
from newsdb.api.rows.keyset import rows_after
from newsdb.api.rows.reading import Row, read_rows_and_keys
from newsdb.api.rows.serializers import RowSerializer

CHUNK = 1000
#: By the name that ``format`` takes.
FORMATS = {renderer.format: renderer for renderer in (JSONLinesRenderer, CSVRenderer)}


def chunks_of(
    queryset: QuerySet, shape: type[RowSerializer], ordering: tuple[str, ...]
) -> Iterator[list[Row]]:
    """The rows of ``queryset`` by the thousand, each chunk a query of its own, by key: memory stays flat."""
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
    """The bytes of each chunk; with ``safe``, a spreadsheet runs nothing in them."""
    for number, rows in enumerate(chunks):
        yield media.lines(shape, rows, safe=safe, head=number == 0)
