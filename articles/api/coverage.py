"""Coverage for an empty list of statements, so that an empty result is not read as "never said"."""

from typing import Any

from django.db.models import Model

from actors.models import Actor
from articles.models import Outlet, Statement
from articles.models.extent import extent_of, extents_by
from articles.querysets import StatementQuerySet
from newsdb.api.rows.reading import Row


def coverage(speakers: tuple[int, ...], outlets: tuple[int, ...]) -> Row:
    """The extent of these speakers, of these outlets, and of both together (by id)."""
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
    "statements": {"type": "integer", "minimum": 0, "description": "How many public statements there are."},
    "first_date": {**_DATE, "description": "The first day of their dates; null if they have none."},
    "last_date": {**_DATE, "description": "The last day of their dates; null if they have none."},
}
_NAMED = {
    "type": "array",
    "items": _object(
        "One of those requested.",
        slug={"type": "string", "description": "Its address."},
        name={"type": "string", "description": "Its name."},
        **_EXTENT,
    ),
}
SCHEMA = _nullable(
    _object(
        "If nothing is found for a speaker or an outlet: how much there is of them without the other"
        " filters; otherwise null. That the dataset has nothing does not mean that nothing was said.",
        speakers=_NAMED,
        outlets=_NAMED,
        together=_nullable(
            _object("These speakers in these outlets; null unless both were named.", **_EXTENT)
        ),
    )
)
