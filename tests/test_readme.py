"""The README tells what is so: its calls, commands and fixture are run, and what it names exists."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.test import Client

from actors.models import Actor
from articles.models import Statement
from newsdb.models import Change
from tests.fixtures.reading import FIXTURES
from tests.pristine import empty_database

ROOT = FIXTURES.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LEFT_OUT = "…"

CALLS = re.findall(r"\$ curl 'http://127\.0\.0\.1:8000(/[^']+)'\n```\n\n```json\n(.+?)```", README, re.DOTALL)


def blocks(language: str) -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.+?)^```$", README, re.DOTALL | re.MULTILINE)
    return [text for named, text in fenced if named == language]


def section(title: str) -> str:
    return re.split(r"^## ", README.split(f"\n## {title}\n")[1], flags=re.MULTILINE)[0]


def commands() -> list[tuple[str, str]]:
    """Every line to type, and what it prints."""
    return re.findall(r"^\$ (.+)\n((?:[^$\n].*\n)*)", "".join(blocks("console")), re.MULTILINE)


def manage(*arguments: str) -> str:
    """What a command of ours prints, its error included as manage.py prints it."""
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, no_color=True)
    except CommandError as error:
        out.write(f"CommandError: {error}\n")
    return out.getvalue()


def check(shown: Any, real: Any, place: str = "") -> None:
    """Hold what the README shows against the answer: only what it marks may be left out, and ids differ."""
    match shown, real:
        case dict(), dict():
            names = shown.keys() - {LEFT_OUT}
            assert names <= real.keys() if LEFT_OUT in shown else names == real.keys(), place
            for name in names - {"id"}:
                check(shown[name], real[name], f"{place}/{name}")
        case list(), list():
            assert len(shown) == len(real), place
            for index, pair in enumerate(zip(shown, real, strict=True)):
                check(*pair, f"{place}/{index}")
        case str(), str() if shown.endswith(LEFT_OUT):
            assert real.startswith(shown.removesuffix(LEFT_OUT)), place
        case _:
            assert shown == real, place


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "shown"), CALLS)
def test_a_call_answers_what_is_shown(client: Client, path: str, shown: str) -> None:
    manage("loaddata", "north_korea_russia")
    check(json.loads(shown), client.get(path).json())


def test_three_calls_are_shown() -> None:
    assert len(CALLS) == 3


@pytest.mark.django_db
def test_the_fixture_to_copy_loads_and_loading_it_again_changes_nothing(tmp_path: Path) -> None:
    (text,) = (block for block in blocks("json") if block.startswith("["))
    fixture = tmp_path / "library.json"
    fixture.write_text(text, encoding="utf-8")
    printed = dict(commands())[".venv/bin/python manage.py loaddata library.json"]
    assert manage("loaddata", str(fixture)) == printed
    rows, changes = manage("dumpdata", "actors", "articles"), Change.objects.count()
    manage("loaddata", str(fixture))
    assert manage("dumpdata", "actors", "articles") == rows
    assert Change.objects.count() == changes
    assert Statement.objects.public().get().speaker == Actor.objects.get()


@pytest.mark.django_db
def test_the_evidence_is_checked_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    changed = tmp_path / "changed.txt"
    page = Path("fixtures/sample_page.txt").read_text(encoding="utf-8")
    changed.write_text(page.replace("cello", "viola"), encoding="utf-8")
    sample = [
        (command.split()[2:], printed)
        for command, printed in commands()
        if re.search(r"manage\.py .*(sample_page|changed)", command)
    ]
    assert [arguments[0] for arguments, _ in sample] == ["loaddata", "verify_anchors", "verify_anchors"]
    for arguments, printed in sample:
        given = [argument.replace("/tmp/changed.txt", str(changed)) for argument in arguments]
        assert manage(*given).replace(str(changed), "/tmp/changed.txt") == printed


def test_a_text_is_read_as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    ((command, printed),) = [shown for shown in commands() if "extract_statements" in shown[0]]
    written = re.findall("printf '(.+)' [|]", command)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("".join(written).encode())))
    assert manage(command.split()[-1]) == printed


@pytest.mark.django_db(transaction=True)
def test_a_release_is_written_and_loaded_as_shown(tmp_path: Path) -> None:
    manage("loaddata", "north_korea_russia")
    shown = {command.split()[2]: (command.split()[2:], printed) for command, printed in commands()
             if "newsdb-release" in command}  # fmt: skip
    for name in ("export_dataset", "import_dataset"):
        arguments, printed = shown[name]
        given = [argument.replace("/tmp", str(tmp_path)) for argument in arguments]
        assert manage(*given).replace(str(tmp_path), "/tmp") == printed
        empty_database()


@pytest.mark.django_db
def test_the_numbers_of_the_dataset_are_those_that_ship(client: Client) -> None:
    printed = dict(commands())[".venv/bin/python manage.py loaddata north_korea_russia"]
    assert manage("loaddata", "north_korea_russia") == printed
    told = re.search(r"(\d+) statements\s+by (\d+) speakers, (\d+) articles, (\d+) printed links", README)
    assert told
    for number, name in zip(
        told.groups(), ("statements", "speakers", "articles", "related-links"), strict=True
    ):
        assert len(client.get(f"/api/v1/{name}/?limit=100").json()["results"]) == int(number)


def test_every_resource_is_listed_and_no_other(client: Client) -> None:
    rows = re.findall(r"^\| (`.+?) \|", section("What can be asked"), re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`([^`]+)/`", row)}
    assert listed == client.get("/api/v1/").json().keys()


@pytest.mark.django_db
def test_every_parameter_of_statements_is_named_and_no_other(client: Client) -> None:
    paragraph = section("What can be asked").split("Search the words of statements with")[1].split("\n\n")[0]
    named = set(re.findall(r"`([a-z_]+)(?:=[^`]+)?`", paragraph)) - {"next"}
    allowed = client.get("/api/v1/statements/?speeker=x").json()["errors"][0]["allowed"]
    assert named == set(allowed) - {"cursor"}


def test_every_path_of_the_tree_exists() -> None:
    (tree,) = (block for block in blocks("") if block.startswith("manage.py"))
    folders: list[str] = []
    for line in tree.splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 2
        folders[depth:] = [name]
        path = ROOT.joinpath(*folders)
        assert path.is_dir() if name.endswith("/") else path.is_file(), path


def test_every_link_within_the_project_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^a-z ]", "", line.lower()).replace(" ", "-")
        for line in re.findall(r"^## (.+)", README, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in headings
        elif not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_every_command_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z-]+)(?=[`\n])", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for name in re.findall(r"manage\.py ([a-z_]+)", README):
        assert name in get_commands(), name


def test_every_setting_is_listed_and_no_other() -> None:
    rows = re.findall(r"^\| (`[A-Z].+?) \|", section("In production"), re.MULTILINE)
    source = (ROOT / "newsdb/settings.py").read_text(encoding="utf-8")
    limits = {f"RATE_LIMIT_{scope.upper()}" for scope in settings.RATE_LIMITS}
    read = re.findall(r"\benv\.[a-z_]+\(\s*\"([A-Z_]+)\"|environ\.get\(\"([A-Z_]+)\"", source)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == {
        a or b for a, b in read
    } | limits
