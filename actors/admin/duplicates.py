"""The choice of which of two records to retract, if a merge of actors would make them duplicates."""

from typing import Any
from uuid import UUID

from actors.models import Actor, find_duplicates
from newsdb.admin import link_to


class Pair:
    """Two records that the merge would make duplicates, and the choice of which one to retract."""

    def __init__(self, one: Any, other: Any) -> None:
        self.records = (one, other)
        self.name = f"retract_{one.pk}_{other.pk}"

    def chosen(self, data: Any) -> UUID | None:
        """The uid of the record that the form data says to retract, or None."""
        return next((each.uid for each in self.records if data.get(self.name) == str(each.uid)), None)

    def choices(self, data: Any) -> list[tuple[Any, str, bool]]:
        """For each of the two records: the record, a link to it, and whether it is chosen."""
        chosen = self.chosen(data)
        return [(each, link_to(each, "Its page"), each.uid == chosen) for each in self.records]


def find_pairs(survivor: Actor, merged: Actor) -> list[Pair]:
    """The pairs of records that would be duplicates after merging ``merged`` into ``survivor``."""
    return [Pair(one, other) for one, other in find_duplicates(survivor=survivor, merged=merged)]
