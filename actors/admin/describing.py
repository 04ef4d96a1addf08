"""Descriptions that distinguish actors with the same name: slug, role and number of statements."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from actors.models import Actor
from actors.querysets import ActorQuerySet


def count_of(relation: str) -> Any:
    """A subquery that counts each actor's rows in a relation. Joins of several relations would overcount."""
    field: Any = Actor._meta.get_field(relation).field  # type: ignore[union-attr]
    rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(field.name).annotate(n=Count("pk")).values("n")), 0)


def to_describe(actors: ActorQuerySet) -> ActorQuerySet:
    """Annotate a queryset of actors with what ``describe`` needs."""
    return actors.prefetch_related("roles").annotate(statement_count=count_of("statements"))


def describe(actor: Any) -> str:
    """An actor's slug, latest role and number of statements, as in "quay, harbour master, 3 statements".

    The actor must come from a queryset that ``to_describe`` returned.
    """
    latest = sorted(actor.roles.all(), key=lambda role: (role.ended_on is None, str(role.started_on or "")))
    count = actor.statement_count
    return ", ".join(
        [actor.slug, *(role.title for role in latest[-1:]), f"{count} statement{'s' * (count != 1)}"]
    )
