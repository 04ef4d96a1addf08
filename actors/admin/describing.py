"""Descriptions that distinguish actors of the same name: address, role and number of statements."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from actors.models import Actor
from actors.querysets import ActorQuerySet


def count_of(relation: str) -> Any:
    """Subquery: how many rows of a relation each actor has. A join would multiply them."""
    field: Any = Actor._meta.get_field(relation).field  # type: ignore[union-attr]
    rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(field.name).annotate(n=Count("pk")).values("n")), 0)


def to_describe(actors: ActorQuerySet) -> ActorQuerySet:
    """The actors, annotated with what ``describe`` needs."""
    return actors.prefetch_related("roles").annotate(statement_count=count_of("statements"))


def describe(actor: Any) -> str:
    """Its address, its latest role and how many statements it has, as in: quay, harbour master, 3 statements.

    The actor is one of ``to_describe``.
    """
    latest = sorted(actor.roles.all(), key=lambda role: (role.ended_on is None, str(role.started_on or "")))
    count = actor.statement_count
    return ", ".join(
        [actor.slug, *(role.title for role in latest[-1:]), f"{count} statement{'s' * (count != 1)}"]
    )
