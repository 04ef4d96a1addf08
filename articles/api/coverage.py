"""What an empty list of statements says of the dataset, so that silence is not read as "never said"."""

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from actors.models import Actor
from articles.api.search import SearchPagination
from articles.models import Outlet, Statement
from articles.models.extent import extent_of, extents_by
from articles.querysets import StatementQuerySet
from newsdb.api.rows.serializers import Row

#: Filters of which each value has an index in the order of the list; how many values are worth a page each.
MERGED = ("speaker", "outlet")
MOST_MERGED = 20


class StatementPagination(SearchPagination):
    """Pages with ``coverage``: null, unless nothing is found where a speaker or an outlet was named."""

    def paginate_queryset(  # type: ignore[override]
        self, queryset: StatementQuerySet, request: Request, view: Any = None
    ) -> list[Row]:
        """One page. Raises ``ParameterError``."""
        rows = super().paginate_queryset(queryset, request, view)
        self.coverage = None
        given = view.parameters.keys()
        if not rows and given & {"speaker", "outlet"} and "cursor" not in given:
            self.coverage = coverage(view.resolved.get("speaker", ()), view.resolved.get("outlet", ()))
        return rows

    def first(self, view: Any, queryset: Any, ordering: tuple[str, ...], limit: int) -> QuerySet:
        """As of any list; of several speakers, or else outlets, a page of each is read."""
        for name in MERGED if "q" not in view.parameters else ():
            values = set(view.resolved.get(name, ()))
            if 1 < len(values) <= MOST_MERGED:
                page: QuerySet = queryset.first_of_each(name, values, ordering, limit)
                return page
        return super().first(view, queryset, ordering, limit)

    def get_paginated_response(self, data: list[Row]) -> Response:
        """The page as an answer."""
        response = super().get_paginated_response(data)
        response.data["coverage"] = self.coverage
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page's JSON Schema, given that of its rows."""
        page = super().get_paginated_response_schema(schema)
        page["required"] = [*page["required"], "coverage"]
        page["properties"]["coverage"] = SCHEMA
        return page


def coverage(speakers: tuple[int, ...], outlets: tuple[int, ...]) -> Row:
    """How much there is of these speakers, in these outlets, and of these speakers in these outlets (ids)."""
    statements = Statement.objects.public()
    both = statements.by_speaker(speakers).in_outlet(outlets)
    return {
        "speakers": _each(Actor, "speaker", statements.by_speaker(speakers), speakers),
        "outlets": _each(Outlet, "outlet", statements.in_outlet(outlets), outlets),
        "together": extent_of(both) if speakers and outlets else None,
    }


def _each(model: type[Model], key: str, statements: StatementQuerySet, ids: tuple[int, ...]) -> list[Row]:
    extents = extents_by(statements, key, statements.counts_by(key)) if ids else {}
    named = model._default_manager.filter(pk__in=ids).values_list("pk", "slug", "name")
    rows = {pk: {"slug": slug, "name": name, **extents.get(pk, NOTHING)} for pk, slug, name in named}
    return [rows[pk] for pk in ids]


NOTHING = {"statements": 0, "first_date": None, "last_date": None}


def _object(description: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


_DATE = {"type": ["string", "null"], "format": "date"}
_EXTENT: dict[str, Any] = {
    "statements": {"type": "integer", "minimum": 0, "description": "How many public ones there are."},
    "first_date": {**_DATE, "description": "The first day of their dates; null where they have none."},
    "last_date": {**_DATE, "description": "The last day of their dates; null where they have none."},
}
_NAMED = {
    "type": "array",
    "items": _object(
        "One that was asked for.",
        slug={"type": "string", "description": "Its address."},
        name={"type": "string", "description": "Its name."},
        **_EXTENT,
    ),
}
SCHEMA = _nullable(
    _object(
        "Where nothing is found for a speaker or an outlet: what there is of them, whatever else was asked;"
        " else null. That the dataset holds nothing does not mean that nothing was said.",
        speakers=_NAMED,
        outlets=_NAMED,
        together=_nullable(
            _object("These speakers in these outlets; null unless both were named.", **_EXTENT)
        ),
    )
)
