"""Finds the records, in any app, that a merge would make duplicates, and retracts one of each pair."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError

from actors.models.actor import Actor

#: Two records of which only one may stay public after a merge.
Duplicate = tuple[Any, Any]

_CHOOSE_MESSAGE = (
    "The merge would publish the same words twice at the same place. Choose one of each pair to retract"
    " with the merge."
)


class DuplicateRule(Protocol):
    """How an app finds the duplicates among its records, and retracts one."""

    def find(self, *, survivor: Actor, merged: Actor) -> Sequence[Duplicate]: ...

    def retract(self, *, record: Any, reason: str, by: str) -> None: ...


#: Apps register their rules in ``AppConfig.ready``.
duplicate_rules: list[DuplicateRule] = []


class UnresolvedDuplicatesError(ValidationError):
    """The caller must choose which record of each pair in ``duplicates`` the merge retracts."""

    def __init__(self, duplicates: Sequence[Duplicate], message: str = _CHOOSE_MESSAGE) -> None:
        super().__init__(message)
        self.duplicates = duplicates


def find_duplicates(*, survivor: Actor, merged: Actor) -> list[Duplicate]:
    """The pairs of public records that would be duplicates after merging ``merged`` into ``survivor``."""
    return [pair for rule in duplicate_rules for pair in rule.find(survivor=survivor, merged=merged)]


def retract_duplicates(
    *, survivor: Actor, merged: Actor, retract: Collection[UUID], reason: str, by: str
) -> None:
    """Retract the records with the uids in ``retract``, one of each pair; the other one stays public.

    Call it before the merge, in the same transaction. Raises ``UnresolvedDuplicatesError`` unless ``retract``
    names exactly one record of each pair, and ``ValidationError`` if it names any other record.
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
            f"A merge can only retract duplicates that it would create; {min(chosen)} is not one of them."
        )
