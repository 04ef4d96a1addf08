"""Reduces two snapshots to the members that both have, so that they can be compared."""

from typing import Any


def comparable(before: Any, after: Any) -> tuple[Any, Any]:
    """Both snapshots without the members, at any depth, that only one of them has.

    Such members come from migrations that add, drop or rename fields, which is not a change of the record.
    """
    return _within(before, _names(after)), _within(after, _names(before))


def _names(value: Any) -> Any:
    """The names of an object's members, or of those of the objects in a list, with the names nested in each.

    None if there is no object.
    """
    if isinstance(value, list):
        merged: dict[str, Any] = {}
        for names in filter(None, map(_names, value)):
            merged |= {name: names[name] or merged.get(name) for name in names}
        return merged or None
    return {name: _names(member) for name, member in value.items()} if isinstance(value, dict) else None


def _within(value: Any, names: Any) -> Any:
    if names is None:
        return value
    if isinstance(value, list):
        return [_within(each, names) for each in value]
    if isinstance(value, dict):
        return {name: _within(member, names[name]) for name, member in value.items() if name in names}
    return value
