"""Who the speaker was on the day of a statement, as far as known."""

from datetime import date
from typing import Any

import pytest

from actors.models import Actor
from tests.factories import ActorFactory, RoleFactory, StatementFactory
from tests.reader import Reader


def roles_on(reader: Reader, speaker: Actor, day: date, precision: str = "day") -> list[str]:
    statement = StatementFactory(speaker=speaker, said_on=day, said_precision=precision)
    return [role["title"] for role in reader.one(f"statements/{statement.uid}/")["speaker_roles"]]


def test_role_in_full(reader: Reader) -> None:
    port = ActorFactory(kind="organisation", name="Port of Elsewhere", slug="port-of-elsewhere")
    role = RoleFactory(
        title="Harbour master",
        organisation=port,
        started_on=date(2021, 3, 1),
        started_precision="month",
        ended_on=date(2025, 1, 1),
        ended_precision="year",
    )
    RoleFactory(actor=role.actor, title="Diver")
    statement = StatementFactory(speaker=role.actor, said_on=date(2024, 10, 23), said_precision="day")
    assert reader.one(f"statements/{statement.uid}/")["speaker_roles"] == [
        {
            "title": "Harbour master",
            "organisation": {"slug": "port-of-elsewhere", "name": "Port of Elsewhere"},
            "started_on": "2021-03-01",
            "started_precision": "month",
            "ended_on": "2025-01-01",
            "ended_precision": "year",
        },
        {
            "title": "Diver",
            "organisation": None,
            "started_on": None,
            "started_precision": None,
            "ended_on": None,
            "ended_precision": None,
        },
    ]


@pytest.mark.parametrize(
    ("held", "on", "precision", "shown"),
    [
        # from a day to a day, both included
        ({"started_on": date(2024, 10, 23)}, date(2024, 10, 22), "day", False),
        ({"started_on": date(2024, 10, 23)}, date(2024, 10, 23), "day", True),
        ({"ended_on": date(2024, 10, 23)}, date(2024, 10, 23), "day", True),
        ({"ended_on": date(2024, 10, 23)}, date(2024, 10, 24), "day", False),
        # what ended in a month or a year may have been held to the last day of it
        ({"ended_on": date(2024, 2, 1), "ended_precision": "month"}, date(2024, 2, 29), "day", True),
        ({"ended_on": date(2024, 2, 1), "ended_precision": "month"}, date(2024, 3, 1), "day", False),
        ({"ended_on": date(2024, 1, 1), "ended_precision": "year"}, date(2024, 12, 31), "day", True),
        ({"ended_on": date(2024, 1, 1), "ended_precision": "year"}, date(2025, 1, 1), "day", False),
        # what was said some day in a month or a year may have been said while it was held
        ({"started_on": date(2024, 10, 23)}, date(2024, 10, 1), "month", True),
        ({"started_on": date(2024, 11, 1)}, date(2024, 10, 1), "month", False),
        ({"ended_on": date(2024, 1, 2)}, date(2024, 1, 1), "year", True),
        ({"ended_on": date(2023, 12, 31)}, date(2024, 1, 1), "year", False),
    ],
)
def test_only_roles_that_may_have_been_held_then(
    reader: Reader, held: dict[str, Any], on: date, precision: str, shown: bool
) -> None:
    for name in list(held):
        held.setdefault(name.replace("_on", "_precision"), "day")
    role = RoleFactory(title="Harbour master", **held)
    assert roles_on(reader, role.actor, on, precision) == (["Harbour master"] if shown else [])


def test_roles_are_the_speakers_own(reader: Reader) -> None:
    role = RoleFactory()
    RoleFactory(organisation=role.actor, title="Pilot")
    assert roles_on(reader, role.actor, date(2024, 10, 23)) == ["Harbour master"]


def test_without_a_day_or_a_speaker_there_are_none(reader: Reader) -> None:
    undated = StatementFactory(speaker=RoleFactory().actor)
    unnamed = StatementFactory(speaker=None, said_on=date(2024, 10, 23), said_precision="day")
    for statement in (undated, unnamed):
        assert reader.one(f"statements/{statement.uid}/")["speaker_roles"] == []


def test_lists_leave_them_out(reader: Reader) -> None:
    StatementFactory()
    assert "speaker_roles" not in reader.rows("statements/")[0]
