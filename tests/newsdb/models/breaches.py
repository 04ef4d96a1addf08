"""Rows that break a rule of the database: what the tables of breaches are made of."""

import datetime
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import BaseConstraint, UniqueConstraint

from newsdb.ledger import attributed


@dataclass(frozen=True)
class Breach:
    """Giving a valid row of ``factory`` the values ``wrong`` breaks ``constraint`` and no other rule.

    ``given`` are facts of the valid row. With ``rival`` there is a second valid row, made from the
    first, and the values that collide are its own (``same`` names the columns). ``by`` are the writes
    that get as far as the constraint: a trigger refuses some before.
    """

    constraint: str
    factory: Any
    wrong: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    rival: Callable[[Any], Mapping[str, Any]] | None = None
    same: tuple[str, ...] = ()
    by: tuple[str, ...] = ("update", "bulk_create")

    def __str__(self) -> str:
        values = self.wrong or dict.fromkeys(self.same, "as another's")
        return f"{self.constraint}-" + "-".join(
            f"{name}={str(value)[:30]!r}" for name, value in values.items()
        )

    @property
    def model(self) -> Any:
        return self.factory._meta.model

    @property
    def declared(self) -> BaseConstraint:
        return next(c for c in self.model._meta.constraints if c.name == self.constraint)

    def row(self) -> Any:
        """A valid row that is saved."""
        return self.factory(**self.given)

    def values(self, row: Any) -> dict[str, Any]:
        """What breaks the rule in this row."""
        wrong = {name: row if value is ITSELF else value for name, value in self.wrong.items()}
        if self.rival:
            rival = self.factory(**self.rival(row))
            wrong |= {name: getattr(rival, name) for name in self.same}
        return wrong

    def named_in(self, said: str) -> bool:
        """Whether the store's message names the constraint; SQLite names the columns of a unique one."""
        if connection.vendor == "sqlite" and isinstance(self.declared, UniqueConstraint):
            meta = self.model._meta
            columns = (f"{meta.db_table}.{meta.get_field(name).column}" for name in self.declared.fields)
            if self.declared.fields:
                return ", ".join(columns) in said
        return self.constraint in said


#: In ``wrong``: the row itself.
class _Itself:
    """Stands for the row itself; named, so that every worker gives the case the same name."""

    def __repr__(self) -> str:
        return "ITSELF"


ITSELF: Any = _Itself()


def unsaved(row: Any) -> Any:
    """The same row once more, after it is gone from the database (as far as the database lets it go)."""
    again = copy(row)
    with suppress(IntegrityError), attributed(by="", erasing=True):
        row.delete()
    again.pk, again._state.adding = None, True
    return again


def wrongly_dated(constraint: str, factory: Any, day: str, precision: str, **given: Any) -> list[Breach]:
    """A date and its precision that do not go together."""
    wrong = [
        (None, "day"),
        (datetime.date(2024, 10, 23), ""),
        (datetime.date(2024, 10, 23), "week"),
        (datetime.date(2024, 10, 23), "month"),
        (datetime.date(2024, 1, 23), "year"),
        (datetime.date(2024, 10, 1), "year"),
        (datetime.date(999, 12, 31), "day"),
        (datetime.date(9999, 1, 1), "day"),
    ]
    return [Breach(constraint, factory, {day: d, precision: p}, given) for d, p in wrong]


def unsafe_addresses(constraint: str, factory: Any, name: str, **given: Any) -> list[Breach]:
    """What is no address of the web, or would be cut in two where it is shown."""
    wrong = [
        "javascript:alert(1)",
        "ftp://example.org/",
        "//example.org/",
        "https://",
        " https://example.org/",
        "https://example.org/\n",
        'https://example.org"onload=1',
        "https://example.org'onload=1",
        "https://example.org/<script>",
        "https://ines:secret@example.org/",
        "https://example.org/a b",
        "https://example.org/\njavascript:alert(1)",
        "https://example.org/\x1f",
        "https://example.org/\u0085",
        "https://example.org/\u00a0",
        "https://example.org/\u2028",
        "https://example.org/\u3000",
    ]
    return [Breach(constraint, factory, {name: address}, given) for address in wrong]


def with_nul(constraint: str, factory: Any, *names: str, **options: Any) -> list[Breach]:
    return [Breach(constraint, factory, {name: "a\x00b"}, **options) for name in names]
