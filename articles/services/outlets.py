"""Sets an article's outlet, and merges two outlets."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from articles.models import Article, Outlet, OutletDomain, OutletName, OutletSlug, Statement
from newsdb.ledger import attributed
from newsdb.ledger.rewriting import batches, refuse_large_rewrite
from newsdb.text import fold


def set_outlet(*, article: Article, outlet: Outlet, by: str, reason: str = "") -> None:
    """Set the outlet of an article and, with it, of its statements. Raises ``ValidationError``."""
    with attributed(by=by, reason=reason):
        row = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        row.outlet = outlet
        row.full_clean()
        row.save(update_fields=["outlet"])


def plan_outlet_merge(*, survivor: Outlet, merged: Outlet) -> dict[str, int]:
    """Count the rows that a merge would move to ``survivor``, by plural name (``articles``, …).

    Raises ``ValidationError`` if the two cannot be merged.
    """
    _check(survivor, merged)
    models: list[tuple[Any, str]] = [*_references(), (OutletName, "outlet"), (OutletDomain, "outlet")]
    counts = {
        str(model._meta.verbose_name_plural): model._base_manager.filter(**{name: merged}).count()
        for model, name in models
    }
    return {name: count for name, count in counts.items() if count}


def merge_outlets(*, survivor: Outlet, merged: Outlet, by: str, reason: str) -> None:
    """Merge ``merged`` into ``survivor``: its references, names and domains are moved.

    Its addresses lead to the survivor, which keeps its own name and text policy. The merged record is
    deleted, and the ledger's changes say what it was merged into. Raises ``ValidationError`` if the two
    cannot be merged.
    """
    note = f"{merged.name} ({merged.slug}) is merged into {survivor.name} ({survivor.slug}): {reason}"
    with attributed(by=by, reason=note):
        keys = sorted((survivor.pk, merged.pk))
        rows = {row.pk: row for row in Outlet.objects.select_for_update(of=("self",)).filter(pk__in=keys)}
        if len(rows) < len(set(keys)):
            raise ValidationError("One of these outlets has been merged or deleted in the meantime.")
        survivor, merged = rows[survivor.pk], rows[merged.pk]
        _check(survivor, merged)
        for model, name in _references():
            moving = model._base_manager.filter(**{name: merged}).order_by("pk")
            for part in batches(list(moving.values_list("pk", flat=True))):
                model._base_manager.filter(pk__in=part).update(**{name: survivor})
        OutletDomain.objects.filter(outlet=merged).update(outlet=survivor)
        OutletSlug.objects.filter(outlet=merged).update(outlet=survivor)
        _move_names(survivor, merged)
        wikidata_id = merged.wikidata_id
        merged.delete()
        if wikidata_id:
            survivor.wikidata_id = wikidata_id
            survivor.save(update_fields=["wikidata_id"])


def _check(survivor: Outlet, merged: Outlet) -> None:
    if survivor == merged:
        raise ValidationError("An outlet cannot be merged into itself.")
    ids = [outlet.wikidata_id for outlet in (survivor, merged) if outlet.wikidata_id]
    if len(ids) > 1:
        raise ValidationError(
            f"The outlets have different Wikidata ids, {ids[0]} and {ids[1]}: correct that first."
        )
    refuse_large_rewrite(merged, "--merge-into", survivor.slug)


def _references() -> Iterator[tuple[type[Model], str]]:
    """Yield the models with a foreign key to an outlet, and its name; a statement's follows its article."""
    for relation in Outlet._meta.related_objects:
        field: Any = relation.field
        if field.model not in (OutletName, OutletDomain, OutletSlug, Statement):
            yield field.model, field.name


def _move_names(survivor: Outlet, merged: Outlet) -> None:
    known = {survivor.name, *survivor.names.values_list("name", flat=True)}
    rows = OutletName.objects.filter(outlet=merged)
    rows.exclude(name__in=known).update(outlet=survivor)
    if fold(merged.name) not in {fold(name) for name in known}:
        OutletName.objects.get_or_create(outlet=survivor, name=merged.name)
