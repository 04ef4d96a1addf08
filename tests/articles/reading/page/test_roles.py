"""Roles that authors' notes tell of."""

from __future__ import annotations

import pytest

from articles.reading.page.roles import LONGEST_NOTE, read_roles


def told(note: str) -> list[tuple[str, str, str, str]]:
    return [
        (role.title, role.organisation, str(role.started or ""), str(role.ended or ""))
        for role in read_roles(note)
    ]


@pytest.mark.parametrize(
    ("note", "roles"),
    [
        (
            "Ada is an Assistant Professor at Lindle University.",
            [("Assistant Professor", "Lindle University", "", "")],
        ),
        ("She served as press officer from 1993 to 1999.", [("Press officer", "", "1993", "1999")]),
        ("He was deputy harbour master, 2005-2006.", [("Deputy harbour master", "", "2005", "2006")]),
        ("She was harbour master (2005–2006).", [("Harbour master", "", "2005", "2006")]),
        (
            "She was chair of the Ferry Society from March 2012 until May 2018.",
            [("Chair", "Ferry Society", "2012-03", "2018-05")],
        ),
        (
            "Ada has been a correspondent of The Lindle Observer since 2019.",
            [("Correspondent", "The Lindle Observer", "2019", "")],
        ),
        (
            "He is currently director of the Lindle Institute (LI) in Heronsea, Lindle.",
            [("Director", "Lindle Institute", "", "")],
        ),
        (
            "Ada Example is a fellow at the Institute for Boats and a member of the board of the Ark.",
            [("Fellow", "Institute for Boats", "", ""), ("Member of the board", "Ark", "", "")],
        ),
        (
            "She worked as an aide to the Mayor of Lindle and served as clerk at the Office, 2001–2003.",
            [("Aide to the Mayor of Lindle", "", "", ""), ("Clerk", "Office", "2001", "2003")],
        ),
        (
            "He is a professor of small boats at Lindle College.",
            [("Professor of small boats", "Lindle College", "", "")],
        ),
        (
            "He was founder and chief executive of The Boat Company until 2018.",
            [("Founder and chief executive", "The Boat Company", "", "2018")],
        ),
        ("Dr. Example was secretary of the Navy in 2010.", [("Secretary", "Navy", "2010", "2010")]),
    ],
)
def test_reads_title_organisation_and_dates(note: str, roles: list[tuple[str, str, str, str]]) -> None:
    assert told(note) == roles


@pytest.mark.parametrize(
    "note",
    [
        "She is writing a book on herons.",
        "He was born in 1971 and is married.",
        "Ada Example is the author of nine books on herons.",
        "Her op-eds have appeared in The Lindle Observer.",
        "He was awarded a bell.",
        "Follow her at the landing.",
        "",
    ],
)
def test_what_tells_of_no_office_is_no_role(note: str) -> None:
    assert told(note) == []


def test_a_role_stands_where_its_place_says() -> None:
    note = "Ada is a senior fellow at the Institute for Small Boats, in Lindle."
    (role,) = read_roles(note, offset=100)
    assert role.printed == "senior fellow at the Institute for Small Boats"
    assert role.place.of(" " * 100 + note) == role.printed


def test_a_paragraph_too_long_for_a_note_tells_none() -> None:
    note = "Ada is a fellow at the Institute for Small Boats. "
    assert told(note + "x" * LONGEST_NOTE) == []


@pytest.mark.parametrize(
    "piece", ["is a ", "of the A", " and a ", "from 1999 to ", "A. ", "(", "served as ", "at A, "]
)
def test_a_note_is_read_in_time(piece: str) -> None:
    assert read_roles((piece * LONGEST_NOTE)[:LONGEST_NOTE]) is not None
