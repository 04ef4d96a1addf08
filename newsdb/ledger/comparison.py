"""The comparable part of two snapshots: the members that both have."""

from typing import Any


def comparable(before: Any, after: Any) -> tuple[Any, Any]:
    """Both snapshots less the members, at any depth, that only one of them has.

    A migration adds, drops and renames fields; that is nobody's change of the record.
    """
    return _within(before, _names(after)), _within(after, _names(before))


def _names(value: Any) -> Any:
    """The members of an object, or of the objects in a list, by name; None where nothing tells."""
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
