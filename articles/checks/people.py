"""Finds the people whom a name may mean that has more or fewer parts than theirs: "Ada Jane Pier III"."""

from collections.abc import Sequence

from actors.models import Actor, Kind
from newsdb.models.prepared import bound_rows
from newsdb.text import fold_name

_SUFFIXES = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
    "v": "v",
}
#: The most names that are compared.
_MAX_NAMES = 200


def people_like(name: str) -> tuple[int, ...]:
    """The ids of the people with a name that differs only in middle names and a suffix."""
    parts, _ = _split(name)
    if len(parts) < 2:
        return ()
    namesakes = Actor.objects.filter(kind=Kind.PERSON).with_words(f"{parts[0]} {parts[-1]}").order_by("pk")
    rows = bound_rows(namesakes.values_list("pk", "name", "names__name")[:_MAX_NAMES])
    found = [pk for pk, *names in rows if any(may_be_same_person(name, held) for held in names if held)]
    return tuple(dict.fromkeys(found))


def may_be_same_person(name: str, other: str) -> bool:
    """Whether two full names agree, apart from middle names or a suffix that only one of them has.

    >>> may_be_same_person("Ada J. Pier III", "Ada Jane Pier")
    True
    >>> may_be_same_person("Ada K. Pier", "Ada Jane Pier")
    False
    >>> may_be_same_person("Odo Pier Jr.", "Odo Pier"), may_be_same_person("Odo Pier Jr.", "Odo Pier Sr.")
    (True, False)
    """
    (parts, suffix), (others, another) = _split(name), _split(other)
    if min(len(parts), len(others)) < 2 or (suffix and another and suffix != another):
        return False
    if (parts[0], parts[-1]) != (others[0], others[-1]):
        return False
    fewer, more = sorted((parts[1:-1], others[1:-1]), key=len)
    rest = iter(more)
    return all(any(_agree(part, one) for one in rest) for part in fewer)


def _split(name: str) -> tuple[Sequence[str], str]:
    """The parts of a name, and its suffix."""
    *parts, last = fold_name(name).split() or [""]
    return (parts, _SUFFIXES[last]) if parts and last in _SUFFIXES else ([*parts, last], "")


def _agree(one: str, other: str) -> bool:
    """Whether two middle names are the same, or one is the other's initial."""
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])
