from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from actors.models.actor import Actor
from actors.models.duplicates import retract_duplicates
from newsdb.ledger import attributed
from newsdb.models.merging import Merge, merge_records


class ActorMerge(Merge):
    """A merge of two actors."""

    # Neither actor can be deleted while the merge exists: undoing it needs both.
    survivor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges_away")

    @classmethod
    def check_mergeable(cls, survivor: Any, merged: Any) -> None:
        """Raise ``ValidationError`` if the two cannot be merged, or are of different kinds."""
        super().check_mergeable(survivor, merged)
        if survivor.kind != merged.kind:
            raise ValidationError("A person and an organisation cannot be the same actor.")


def merge_actors(
    *, survivor: Actor, merged: Actor, reason: str, by: str, retract: Collection[UUID] = ()
) -> ActorMerge:
    """Merge ``merged`` into ``survivor``, as ``merge_records`` does.

    ``retract`` has the uid of one record of each pair of duplicates; those are retracted for the same reason,
    which ``undo_merge`` does not undo. Raises ``ValidationError`` if the two cannot be merged, and
    ``UnresolvedDuplicatesError`` if ``retract`` does not settle each pair.
    """
    with attributed(by=by, reason=reason):
        ActorMerge.check_mergeable(survivor, merged)
        retract_duplicates(survivor=survivor, merged=merged, retract=retract, reason=reason, by=by)
        merge: ActorMerge = merge_records(survivor=survivor, merged=merged, reason=reason, by=by)
    return merge
