"""Resolves the names by which rows of a release refer to each other to ids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

#: The identifying value of a row: of one column, or a tuple of several.
Name = Any
#: Names cached per model; others are looked up. Most references are to recent rows.
MAX_CACHED = 100_000


def name_in(row: Mapping[str, Any], columns: Sequence[str]) -> Name:
    """The name in ``columns`` of a row; None if one is null."""
    if len(columns) == 1:
        return row[columns[0]]
    name = tuple(row[column] for column in columns)
    return None if None in name else name


def names_in(cells: Mapping[str, Sequence[Any]], columns: Sequence[str]) -> Sequence[Name]:
    """The names in ``columns`` of many rows, given as values by column."""
    if len(columns) == 1:
        return cells[columns[0]]
    named = zip(*(cells[column] for column in columns), strict=True)
    return [None if None in name else name for name in named]


class Names:
    """Maps names to ids: from a cache of rows just written, else from the database."""

    def __init__(self) -> None:
        self._ids: defaultdict[Any, dict[Name, int]] = defaultdict(dict)

    def learn(self, model: Any, paths: tuple[str, ...], ids: Iterable[tuple[Name, int]]) -> None:
        """Cache the ids of rows of ``model``, by their values at ``paths``."""
        self._ids[model, paths].update(ids)

    def ids(self, model: Any, paths: tuple[str, ...], names: Iterable[Name]) -> dict[Name, int]:
        """A mapping from names to ids, by the values at ``paths``, that includes at least ``names``."""
        known = self._ids[model, paths]
        if len(known) > 2 * MAX_CACHED:
            known = self._ids[model, paths] = dict(islice(known.items(), len(known) - MAX_CACHED, None))
        if missing := set(names).difference(known, (None,)):
            known |= self._looked_up(model, paths, missing)
        return known

    def _looked_up(self, model: Any, paths: tuple[str, ...], names: set[Name]) -> dict[Name, int]:
        first = {name[0] for name in names} if len(paths) > 1 else names
        rows = model._base_manager.filter(**{f"{paths[0]}__in": first}).values_list("pk", *paths).order_by()
        found = ((pk, tuple(map(_as_in_json, name))) for pk, *name in rows)
        return {name if len(paths) > 1 else name[0]: pk for pk, name in found}


def _as_in_json(value: Any) -> Any:
    return value if isinstance(value, str | int) else str(value)
