"""Paging by key: a page begins where the last one ended, so the ten-thousandth costs what the first does."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.lookups import GreaterThan, LessThan
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.exceptions import ParameterError
from newsdb.api.links import absolute
from newsdb.api.request import cursors
from newsdb.api.request.parameters import IntegerParameter, Parameter, TextParameter
from newsdb.api.rows.serializers import Row, RowSerializer, Values

#: Parameters that do not decide which rows a list has, nor in which order.
PRESENTATION = {"limit", "cursor", "count", "format", "fields", "omit", "spreadsheet"}


# On SQLite Django would write a < x OR (a = x AND b < y), for which no index serves both columns. SQLite
# has known row values since 3.15.


class RowLessThan(TupleLessThan):
    """``(a, b) < (x, y)`` on every store."""

    def get_fallback_sql(self, compiler: Any, connection: Any) -> Any:
        return LessThan.as_sql(self, compiler, connection)


class RowGreaterThan(TupleGreaterThan):
    """``(a, b) > (x, y)`` on every store."""

    def get_fallback_sql(self, compiler: Any, connection: Any) -> Any:
        return GreaterThan.as_sql(self, compiler, connection)


class KeysetPagination(BasePagination):
    """``{"next": …, "results": […]}`` and a ``Link`` header (RFC 8288).

    The view's ``get_ordering()`` names the columns, as in ``("-sort_date", "-id")``: never null, all in
    one direction, the last one unique.
    """

    default_limit = 25
    max_limit = 100
    #: Annotations of which an ordering may end in one, since each is unlike in every row.
    unique_annotations: frozenset[str] = frozenset()

    def parameters(self) -> dict[str, Parameter]:
        """The parameters it reads."""
        return {
            # Not as its schema's default, which generated clients would send along with count=on.
            "limit": IntegerParameter(
                minimum=1,
                maximum=self.max_limit,
                help_text=f"Rows in a page, {self.default_limit} by itself.",
            ),
            "cursor": TextParameter(
                max_length=1000,
                help_text="Where the page begins, as the address in `next` of the page before has it.",
            ),
        }

    def paginate_queryset(  # type: ignore[override]  # the stubs want instances
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Row]:
        """One page of ``queryset`` as the rows of the view's serializer. Raises ``ParameterError``."""
        ordering: tuple[str, ...] = view.get_ordering()
        columns = columns_of(queryset.model, ordering, self.unique_annotations)
        limit: int = view.parameters.get("limit", self.default_limit)
        scope = self._scope(request, ordering)
        if cursor := view.parameters.get("cursor"):
            queryset = after(queryset, ordering, self._position(cursor, scope))

        rows, keys = self.read(view, self.first(view, queryset, ordering, limit + 1), columns)
        self.next: str | None = None
        if len(rows) > limit:
            rows = rows[:limit]
            self.next = self._address(request, cursors.encode(scope, keys[limit - 1]))
        return rows

    def first(self, view: Any, queryset: Any, ordering: tuple[str, ...], limit: int) -> QuerySet:
        """The first ``limit`` rows of ``queryset`` in this order. Override where there is a better way."""
        rows: QuerySet = queryset.order_by(*ordering)[:limit]
        return rows

    def read(self, view: Any, queryset: Any, keys: tuple[str, ...]) -> tuple[list[Any], list[Values]]:
        """The rows of ``queryset`` as the view's renderer takes them, and their keys."""
        shape: type[RowSerializer] = view.get_serializer_class()
        is_json = view.request.accepted_renderer.format == "json"
        return (shape.fragments_and_keys if is_json else shape.rows_and_keys)(queryset, keys)

    def get_paginated_response(self, data: list[Row]) -> Response:
        """The page as an answer; ``data`` is what ``paginate_queryset`` returned."""
        headers = {"Link": f'<{self.next}>; rel="next"'} if self.next else None
        return Response({"next": self.next, "results": data}, headers=headers)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page's JSON Schema, given that of its rows."""
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "The next page's address; null on the last page.",
                },
                "results": schema,
            },
        }

    def _scope(self, request: Request, ordering: tuple[str, ...]) -> str:
        filters = sorted(
            (name, sorted(set(texts)))
            for name, texts in request.query_params.lists()
            if name not in PRESENTATION
        )
        return cursors.scope_of(request.path_info, ordering, filters)

    def _position(self, cursor: str, scope: str) -> list[Any]:
        try:
            cursor_scope, values = cursors.decode(cursor)
        except ValueError:
            raise ParameterError(
                "cursor", "invalid", "cursor: take it from `next` of a page, as it stands there."
            ) from None
        if cursor_scope != scope:
            raise ParameterError(
                "cursor", "other_list", "cursor: it belongs to a list with other filters or in another order."
            )
        return values

    def _address(self, request: Request, cursor: str) -> str:
        pairs = [(name, texts) for name, texts in request.query_params.lists() if name != "cursor"]
        return absolute(f"{request.path}?{urlencode([*pairs, ('cursor', cursor)], doseq=True)}")


def after(queryset: QuerySet, ordering: tuple[str, ...], position: list[Any]) -> QuerySet:
    """The rows that come after ``position``: ``(a, b) < (…, …)``, which an index on (a, b) answers."""
    compare = RowLessThan if ordering[0].startswith("-") else RowGreaterThan
    columns = (F(name.removeprefix("-")) for name in ordering)
    return queryset.filter(compare(Tuple(*columns), position))


@lru_cache(maxsize=256)
def columns_of(
    model: type[Model], ordering: tuple[str, ...], unique: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The columns of the ordering: of the model, of what it refers to, or annotated by the queryset.

    ``unique`` names annotations that are.

    Raises ``ImproperlyConfigured`` for an order in which rows could be lost or listed twice.
    """
    if len({name.startswith("-") for name in ordering}) != 1:
        raise ImproperlyConfigured(f"An ordering has one direction, unlike {ordering}.")
    columns = tuple(name.removeprefix("-") for name in ordering)
    paths = [_path(model, column) for column in columns]
    if any(field.null for path in paths for field in path):
        raise ImproperlyConfigured(
            f"A column that may be null would lose rows of {model.__name__}: {ordering}."
        )
    if columns[-1] not in unique and not (paths[-1] and paths[-1][-1].unique):
        raise ImproperlyConfigured(f"An ordering ends in a unique column, unlike {ordering}.")
    return columns


def _path(model: Any, column: str) -> list[Any]:
    """The model's fields on the way to ``column``; none for an annotation."""
    path: list[Any] = []
    for name in column.split("__"):
        try:
            path.append(model._meta.get_field(name))
        except FieldDoesNotExist:
            return []
        model = path[-1].related_model
    return path
