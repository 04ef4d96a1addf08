"""docs/scaling.md gives figures only with the command that gives them, which can be given so."""

import re

import pytest

from tests.bench.options import read_options
from tests.docs.pages import PAGES

GUIDE = PAGES["docs/scaling.md"]
SECTIONS = GUIDE.split("\n## ")[1:]
TABLES = re.findall(r"(?:^\|.*\|\n)+", GUIDE, re.MULTILINE)
COMMANDS = re.findall(r"^\$ (.+)$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.partition("\n")[0])
def test_every_table_is_followed_by_its_command(section: str) -> None:
    tables = len(re.findall(r"^\| ?---", section, re.MULTILINE))
    assert tables
    for part in re.split(r"^\| ?---.*$", section, flags=re.MULTILINE)[1:]:
        rest = re.sub(r"^(?:\|.*\n?)+", "", part.lstrip("\n"))
        assert re.match(r"\n(?:[^|]+?\n\n)?```console\n\$ .*make bench|\nComputed ", rest), rest[:200]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.partition("\n")[0])
def test_no_cell_waits_for_its_figure(table: str) -> None:
    head, _, *rows = ([cell.strip() for cell in row[1:-1].split("|")] for row in table.splitlines())
    for _, *figures in rows:
        assert len(figures) == len(head) - 1
        assert any(figures)
        assert all(re.search(r"\d", figure) for figure in figures if figure)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_can_be_given_so(command: str) -> None:
    told, make, given = command.partition("make bench")
    assert make
    names = dict(pair.split("=") for pair in (told + given).split())
    options = read_options(names)
    assert names.keys() <= {*(name.upper() for name in vars(options)), "RESPONSE_CACHE_BYTES"}
