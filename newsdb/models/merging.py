"""Merging two records that turn out to be one, and undoing it.

A model that can be merged has ``merged_into``, a Wikidata id, other names (``names``), addresses (``slugs``),
a ``MergeableQuerySet``, and a subclass of ``Merge`` for its merges.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsdb.ledger import attributed
from newsdb.ledger.rewriting import batches, refuse_large_rewrite
from newsdb.models.fields import CharField, TextField
from newsdb.models.querysets import QuerySet
from newsdb.models.slugs import Address


class MergeableQuerySet(QuerySet):
    """Records that may be merged into each other."""

    def not_merged(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def named(self, keys: Collection[str]) -> Self:
        """Those that have one of these folded names, their own or another."""
        # One condition over both tables would read the whole table: no index has both names.
        own = self.model._base_manager.order_by().filter(name_key__in=keys)
        names: Any = self.model._meta.get_field("names")
        others = names.related_model._base_manager.order_by().filter(key__in=keys)
        return self.filter(pk__in=own.values("pk").union(others.values(names.field.attname)))

    def at_address(self, address: str) -> Self:
        """The record that has this slug, a former one included, or this Wikidata id (``Q…``).

        The id of a merged record finds the one that it was merged into.
        """
        if address[:1] in "qQ" and address[1:].isdecimal():
            holder = self.filter(wikidata_id=address.upper())
            return self.filter(pk__in=holder.values(survivor=Coalesce("merged_into", "pk")))
        return self.filter(slugs__slug=address.lower())


class Merge(models.Model):
    """A merge, with the ids of the rows that it moved, so that it can be undone.

    A subclass declares ``survivor`` and ``merged``, with the related names ``merges`` and ``merges_away``.
    """

    editors_may = ("view",)
    #: Foreign keys to the records that follow from other rows, as "articles.Statement.outlet".
    left_alone: tuple[str, ...] = ()
    #: Fields that the survivor takes from the merged record if it has none.
    inherited: tuple[str, ...] = ()
    survivor: Any
    merged: Any

    reason = TextField(help_text="Why they are the same; public in the history.")
    by = CharField(max_length=150, help_text="Who merged them.")
    at = models.DateTimeField(default=timezone.now)
    moved = models.JSONField(
        help_text="Ids of the moved rows, by model and field, such as articles.Statement.speaker."
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at=None),
                name="%(app_label)s_%(class)s_one_at_a_time",
                violation_error_message="It has already been merged.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reasoned",
                condition=~models.Q(reason=""),
                violation_error_message="A merge needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} into {self.survivor}"

    @classmethod
    def check_mergeable(cls, survivor: Any, merged: Any) -> None:
        """Raise ``ValidationError`` if the two cannot be merged."""
        if survivor == merged:
            raise ValidationError(f"An {survivor._meta.verbose_name} cannot be merged into itself.")
        for record in (survivor, merged):
            if record.merged_into_id:
                raise ValidationError(f"{record} has already been merged into {record.merged_into}.")
        refuse_large_rewrite(merged, "--merge-into", survivor.slug)


def plan_merge(*, survivor: Any, merged: Any) -> dict[str, int]:
    """How many rows a merge would move to ``survivor``, by the plural name of the model (``statements``, …).

    Raises ``ValidationError`` if the two cannot be merged.
    """
    _merges_of(survivor).check_mergeable(survivor, merged)
    plan: dict[str, int] = defaultdict(int)
    for field in _references(survivor):
        if count := len(_movable(field, survivor, merged)):
            plan[str(field.model._meta.verbose_name_plural)] += count
    return dict(plan)


def merge_records(*, survivor: Any, merged: Any, reason: str, by: str) -> Any:
    """Merge ``merged`` into ``survivor``: move all references to it, and its names and addresses.

    A row stays with ``merged`` if the survivor already has an equivalent one (the same name, a byline on the
    same article). ``undo_merge`` undoes the merge. Raises ``ValidationError`` if the two cannot be merged.
    """
    merges = _merges_of(survivor)
    with attributed(by=by, reason=reason):
        _lock(survivor, merged)
        merges.check_mergeable(survivor, merged)
        moved: dict[str, list[Any]] = {}
        for field in _references(survivor):
            if ids := _movable(field, survivor, merged):
                for part in batches(ids):
                    field.model._base_manager.filter(pk__in=part).update(**{field.name: survivor})
                moved[f"{field.model._meta.label}.{field.name}"] = ids
        # Searches skip merged records: without this, nobody would find the survivor by the merged one's name.
        if merged.name_key not in {survivor.name_key, *survivor.names.values_list("key", flat=True)}:
            moved["added_name"] = [survivor.names.create(name=merged.name).pk]
        taken = [name for name in merges.inherited if getattr(merged, name) and not getattr(survivor, name)]
        for name in taken:
            moved[name] = [getattr(merged, name)]
        merged.merged_into = survivor
        _hand_over(merged, survivor, taken, "merged_into")
        merge = merges(survivor=survivor, merged=merged, reason=reason, by=by, moved=moved)
        merge.full_clean(exclude=["moved"])
        merge.save()
    return merge


def undo_merge(*, merge: Any, reason: str, by: str) -> None:
    """Give back to the merged record what the merge moved, if it still belongs to the survivor.

    Raises ``ValidationError`` if the merge was undone already, or if its survivor has been merged since.
    """
    survivor, merged = merge.survivor, merge.merged
    if merge.undone_at:
        raise ValidationError("This merge has already been undone.")
    if survivor.merged_into_id:
        raise ValidationError(f"Undo the merge of {survivor} first.")
    with attributed(by=by, reason=reason):
        refuse_large_rewrite(merged, "--unmerge", rows=sum(map(len, merge.moved.values())))
        merged.merged_into = None
        merged.save(update_fields=["merged_into"])
        taken = [name for name in merge.inherited if merge.moved.get(name) == [getattr(survivor, name)]]
        _hand_over(survivor, merged, taken)
        survivor.names.filter(pk__in=merge.moved.get("added_name", ())).delete()
        for label, ids in merge.moved.items():
            model, _, name = label.rpartition(".")
            for part in batches(ids) if model else ():
                rows = apps.get_model(model)._base_manager.filter(pk__in=part, **{name: survivor})
                rows.update(**{name: merged})
        merge.undone_at = timezone.now()
        merge.save(update_fields=["undone_at"])


def final_survivor(record: Any) -> Any:
    """The record that the addresses of this one lead to: the last survivor of its merges."""
    while record.merged_into:
        record = record.merged_into
    return record


def _merges_of(record: Any) -> Any:
    """The model of the merges of such records."""
    return record._meta.get_field("merges").related_model


def _lock(*records: Any) -> None:
    """Lock the records and read them again. Raises ``ValidationError`` if one is gone."""
    for record in sorted(records, key=lambda record: record.pk or 0):
        rows = type(record)._base_manager.select_for_update(of=("self",))
        try:
            record.refresh_from_db(from_queryset=rows)
        except ObjectDoesNotExist:
            raise ValidationError(f"{record} has been deleted in the meantime.") from None


def _hand_over(giver: Any, taker: Any, names: Sequence[str], *changed: str) -> None:
    """Move the values of these fields, and save them; and what else was ``changed`` of the giver."""
    for name in names:
        setattr(taker, name, getattr(giver, name))
        setattr(giver, name, None)
    # First the giver: the values may be unique.
    for record, fields in ((giver, [*names, *changed]), (taker, names)):
        if fields:
            record.save(update_fields=fields)


def _references(record: Any) -> Iterator[Any]:
    """Every foreign key to such a record, in any app, except those of its merges and those left alone."""
    merges = _merges_of(record)
    for relation in record._meta.related_objects:
        field: Any = relation.field
        if field.model is not merges and f"{field.model._meta.label}.{field.name}" not in merges.left_alone:
            yield field


def _movable(field: Any, survivor: Any, merged: Any) -> list[int]:
    """The ids of the rows of ``merged``, except those that would collide with a row of the survivor."""
    rows = field.model._base_manager.filter(**{field.name: merged}).order_by("pk")
    if issubclass(field.model, Address):
        # All addresses move, even the one that fixtures use for the merged record: it then redirects.
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
