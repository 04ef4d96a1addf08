"""Duplicates that a merge would create, in any app: one of each pair is retracted."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError

from actors.models.actor import Actor

#: Two records of which only one may stay public once two actors are one.
Duplicate = tuple[Any, Any]

CHOOSE = (
    "The merge would publish the same words twice at the same place. Choose one of each pair to retract"
    " with the merge."
)


class DuplicateRule(Protocol):
    """How an app finds the duplicates among its records, and retracts one."""

    def find(self, *, survivor: Actor, merged: Actor) -> Sequence[Duplicate]: ...

    def retract(self, *, record: Any, reason: str, by: str) -> None: ...


#: Apps add theirs when they are ready.
duplicate_rules: list[DuplicateRule] = []


class UnresolvedDuplicatesError(ValidationError):
    """A merge needs a choice of which of ``duplicates`` it retracts."""

    def __init__(self, duplicates: Sequence[Duplicate], message: str = CHOOSE) -> None:
        super().__init__(message)
        self.duplicates = duplicates


def find_duplicates(*, survivor: Actor, merged: Actor) -> list[Duplicate]:
    """The pairs of public records that would be duplicates once ``merged`` is ``survivor``."""
    return [pair for rule in duplicate_rules for pair in rule.find(survivor=survivor, merged=merged)]


def retract_duplicates(
    *, survivor: Actor, merged: Actor, retract: Collection[UUID], reason: str, by: str
) -> None:
    """Retract these records, by uid; the other of each pair stays. Runs before the merge, in its transaction.

    Raises ``UnresolvedDuplicatesError`` unless ``retract`` names one record of each pair, and nothing else.
    """
    chosen = set(retract)
    for rule in duplicate_rules:
        pairs = rule.find(survivor=survivor, merged=merged)
        records = {record.uid: record for pair in pairs for record in pair}
        if not all(chosen & {one.uid, other.uid} for one, other in pairs):
            raise UnresolvedDuplicatesError(pairs)
        if any({one.uid, other.uid} <= chosen for one, other in pairs):
            raise UnresolvedDuplicatesError(pairs, "Choose one of each pair to retract; the other stays.")
        for uid in chosen & records.keys():
            rule.retract(record=records[uid], reason=reason, by=by)
        chosen -= records.keys()
    if chosen:
        raise ValidationError(
            f"A merge retracts only duplicates that it would create; {min(chosen)} is not one."
        )
