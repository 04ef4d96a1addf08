from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from actors.models.actor import Actor, ActorName, ActorSlug
from actors.models.duplicates import retract_duplicates
from newsdb.ledger import attributed
from newsdb.ledger.rewriting import batches, refuse_large_rewrite
from newsdb.models.fields import CharField, TextField


class ActorMerge(models.Model):
    """A merge, with the ids of the rows that it moved, so that it can be undone."""

    editors_may = ("view",)

    # Neither actor can be deleted while the merge exists: undoing it needs both.
    survivor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges_away")
    reason = TextField(help_text="Why they are the same; public in the history.")
    by = CharField(max_length=150, help_text="Who merged them.")
    at = models.DateTimeField(default=timezone.now)
    moved = models.JSONField(
        help_text="Ids of the moved rows, by model and field, such as articles.Statement.speaker."
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at=None),
                name="actors_actormerge_one_at_a_time",
                violation_error_message="This actor has already been merged.",
            ),
            models.CheckConstraint(
                name="actors_actormerge_reasoned",
                condition=~models.Q(reason=""),
                violation_error_message="A merge needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} into {self.survivor}"


def plan_merge(*, survivor: Actor, merged: Actor) -> dict[str, int]:
    """How many rows a merge would move to ``survivor``, by the plural name of the model (``statements``, …).

    Raises ``ValidationError`` if the two actors cannot be merged.
    """
    _check_mergeable(survivor, merged)
    plan: dict[str, int] = defaultdict(int)
    for field in _references():
        count = len(_movable(field, survivor, merged))
        if count:
            plan[str(field.model._meta.verbose_name_plural)] += count
    return dict(plan)


def merge_actors(
    *, survivor: Actor, merged: Actor, reason: str, by: str, retract: Collection[UUID] = ()
) -> ActorMerge:
    """Merge ``merged`` into ``survivor``: move all references to it, and its names and addresses.

    A row stays with ``merged`` if the survivor already has an equivalent one (the same name, a byline on the
    same article). ``retract`` has the uid of one record of each pair of duplicates; those are retracted for
    the same reason. ``undo_merge`` undoes the merge, but not the retractions. Raises ``ValidationError`` if
    the two cannot be merged, and ``UnresolvedDuplicatesError`` if ``retract`` does not settle each pair.
    """
    with attributed(by=by, reason=reason):
        _check_mergeable(survivor, merged)
        retract_duplicates(survivor=survivor, merged=merged, retract=retract, reason=reason, by=by)
        moved = {}
        for field in _references():
            if ids := _movable(field, survivor, merged):
                for part in batches(ids):
                    field.model._base_manager.filter(pk__in=part).update(**{field.name: survivor})
                moved[f"{field.model._meta.label}.{field.name}"] = ids
        # Searches skip merged actors: without this, nobody would find the survivor by the merged one's name.
        name, new = ActorName.objects.get_or_create(actor=survivor, name=merged.name)
        if new:
            moved["added_name"] = [name.pk]
        merged.merged_into = survivor
        merged.save(update_fields=["merged_into"])
        merge = ActorMerge(survivor=survivor, merged=merged, reason=reason, by=by, moved=moved)
        merge.full_clean(exclude=["moved"])
        merge.save()
    return merge


def undo_merge(*, merge: ActorMerge, reason: str, by: str) -> None:
    """Give back to the merged actor the rows that the merge moved, if they still belong to the survivor.

    Raises ``ValidationError`` if the merge was undone already, or if its survivor has been merged since.
    """
    if merge.undone_at:
        raise ValidationError("This merge has already been undone.")
    if merge.survivor.merged_into_id:
        raise ValidationError(f"Undo the merge of {merge.survivor} first.")
    with attributed(by=by, reason=reason):
        refuse_large_rewrite(merge.merged, "--unmerge", rows=sum(map(len, merge.moved.values())))
        merge.merged.merged_into = None
        merge.merged.save(update_fields=["merged_into"])
        for label, ids in merge.moved.items():
            if label == "added_name":
                ActorName.objects.filter(pk__in=ids).delete()
                continue
            model, _, name = label.rpartition(".")
            for part in batches(ids):
                rows = apps.get_model(model)._base_manager.filter(pk__in=part, **{name: merge.survivor})
                rows.update(**{name: merge.merged})
        merge.undone_at = timezone.now()
        merge.save(update_fields=["undone_at"])


def _check_mergeable(survivor: Actor, merged: Actor) -> None:
    if survivor == merged:
        raise ValidationError("An actor cannot be merged into itself.")
    for actor in (survivor, merged):
        if actor.merged_into_id:
            raise ValidationError(f"{actor} has already been merged into {actor.merged_into}.")
    if survivor.kind != merged.kind:
        raise ValidationError("A person and an organisation cannot be the same actor.")
    refuse_large_rewrite(merged, "--merge-into", survivor.slug)


def _references() -> Iterator[Any]:
    """Every foreign key to an actor, in any app, except those of ``ActorMerge``."""
    for relation in Actor._meta.related_objects:
        field: Any = relation.field
        if field.model is not ActorMerge:
            yield field


def _movable(field: Any, survivor: Actor, merged: Actor) -> list[int]:
    """The ids of the rows of ``merged``, except those that would collide with a row of the survivor."""
    rows = field.model._base_manager.filter(**{field.name: merged}).order_by("pk")
    if field.model is ActorSlug:
        # All addresses move, even the one that fixtures use for the merged actor: it then redirects.
        return list(rows.values_list("pk", flat=True))
    taken = [
        (columns, set(field.model._base_manager.filter(**{field.name: survivor}).values_list(*columns)))
        for columns in _other_unique_columns(field)
    ]
    names = {"pk", *(name for columns, _ in taken for name in columns)}
    return [
        row["pk"]
        for row in rows.values(*names)
        if all(tuple(row[name] for name in columns) not in theirs for columns, theirs in taken)
    ]


def _other_unique_columns(field: Any) -> Iterator[list[str]]:
    """For each unique constraint or natural key that ``field`` is part of: the names of its other columns."""
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            yield [name for name in constraint.fields if name != field.name]
    key = field.model.natural_key_fields
    if f"{field.name}__slug" in key:
        yield [name for name in key if name != f"{field.name}__slug"]
