"""Statements of a list as they were written out before, so that a page of them is only put together."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, QuerySet, When

from articles.api.search import searching
from articles.api.serializers import StatementSerializer
from articles.models import Rendering, Statement
from newsdb import __version__
from newsdb.api.renderers import JSONRenderer
from newsdb.api.selection import read
from newsdb.models.bulk import write_rows

#: How many are made in one transaction.
BATCH = 1000
#: The one member that depends on what was asked; it is null in a rendering.
_SNIPPET: Any = StatementSerializer().fields["snippet"]


class RenderedStatementSerializer(StatementSerializer):
    """Statements in the same shape, only for JSON: those whose rendering is up to date as it stands."""

    @classmethod
    def rows_and_keys(cls, queryset: QuerySet, keys: tuple[str, ...]) -> tuple[list[Any], list[tuple]]:
        """The rows, ready for JSON, and the keys."""
        searched = _SNIPPET.columns if searching() else ()
        tuples = read(queryset, ("pk", _rendered(form(settings.PUBLIC_URL)), *keys, *searched))
        missing = [pk for pk, text, *_ in tuples if text is None]
        built = _built(missing) if missing else {}
        if len(built) < len(missing):  # one went between the two queries
            return super().rows_and_keys(queryset, keys)
        snippet_of = _SNIPPET.prepare()

        def written(text: str, *searched_in: str) -> orjson.Fragment:
            return orjson.Fragment(_with(snippet_of(*searched_in), text) if searched else text)

        rows = [
            built[pk] if text is None else written(text, *rest[len(keys) :]) for pk, text, *rest in tuples
        ]
        return rows, [tuple(values[2 : 2 + len(keys)]) for values in tuples]


def _with(snippet: Any, text: str) -> str:
    """The rendering ``text`` with a snippet, which it has none of."""
    # Within a string a backslash would stand before the second quotation mark.
    return text.replace('"snippet":null', f'"snippet":{orjson.dumps(snippet).decode()}', 1)


def _built(ids: list[int]) -> dict[int, Any]:
    rows, keys = StatementSerializer.rows_and_keys(
        Statement.objects.filter(pk__in=ids).order_by("pk"), ("id",)
    )
    return {key: row for (key,), row in zip(keys, rows, strict=True)}


@lru_cache(maxsize=8)
def form(public_url: str) -> str:
    """What a rendering of today's shape, on this address, is known by: 16 hexadecimal digits."""
    description = repr((__version__, public_url, StatementSerializer.plan().form))
    return sha256(description.encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _rendered(shape: str) -> Case:
    """The text of a statement's rendering, or null unless it is up to date."""
    current = When(rendering__shape=shape, rendering__updated_at=F("updated_at"), then=F("rendering__text"))
    return Case(current)


def render() -> Iterator[list[int]]:
    """Write out the public statements whose rendering is missing or out of date.

    Yields the ids of those looked at, in batches. While it runs others may write: what a rendering was made
    of is read together with its moment, or after it.
    """
    shape, last = form(settings.PUBLIC_URL), 0
    public = Statement.objects.public().order_by("pk")
    while looked_at := list(public.filter(pk__gt=last).values_list("pk", _rendered(shape))[:BATCH]):
        if stale := [pk for pk, text in looked_at if text is None]:
            _render(stale, shape)
        last = looked_at[-1][0]
        yield [pk for pk, _ in looked_at]
    Rendering.objects.filter(~Exists(Statement.objects.filter(pk=OuterRef("pk")))).delete()
    with connection.cursor() as cursor:  # else a store plans for an empty table after the first time
        cursor.execute(f"ANALYZE {Rendering._meta.db_table}")


def _render(ids: list[int], shape: str) -> None:
    statements = Statement.objects.filter(pk__in=ids).order_by("pk")
    rows, keys = StatementSerializer.rows_and_keys(statements, ("id", "updated_at"))
    written = [
        (pk, connection.ops.adapt_datetimefield_value(moment), shape, JSONRenderer().render(row).decode())
        for (pk, moment), row in zip(keys, rows, strict=True)
    ]
    table = Rendering._meta.db_table
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # two may run at once, and would write the same
                cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        Rendering.objects.filter(pk__in=ids).delete()
        write_rows(connection, table, ("statement_id", "updated_at", "shape", "text"), written)
