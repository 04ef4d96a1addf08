"""What the documentation names exists: links, commands, settings, resources, parameters, statuses."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command, get_commands
from django.test import Client

from tests.docs.pages import PAGES, ROOT, steps

README = PAGES["README.md"]
TYPED = [step.text for page in PAGES.values() for step in steps(page) if step.kind == "command"]


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)", prose, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def first_column(page: str, pattern: str) -> set[str]:
    """The names in code in the first cells of a page's tables."""
    cells = re.findall(r"^\| (`.+?) \|", PAGES[page], re.MULTILINE)
    return {name for cell in cells for name in re.findall(f"`({pattern})`", cell)}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[name]):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent.joinpath(path).resolve() if path else ROOT / name
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


def test_every_page_is_in_the_index() -> None:
    index = Path("docs/README.md")
    linked = {
        (ROOT / "docs" / target).resolve().relative_to(ROOT).as_posix()
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGES[index.as_posix()])
    }
    assert {name for name in PAGES if name.startswith("docs/")} - {index.as_posix()} <= linked


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 180
    assert len(re.findall(r"^\$ curl ", README, re.MULTILINE)) == 3


@pytest.mark.parametrize("name", PAGES)
def test_every_command_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(
        r"\bmake ([a-z-]+)(?=[`\n ,])", "\n".join(re.findall(r"`make .+?`", PAGES[name]))
    ):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for command in re.findall(r"manage\.py\s([a-z_]+)", PAGES[name]):
        assert command in get_commands(), command


def test_every_command_and_target_of_the_project_is_listed() -> None:
    ours = {"actors", "articles", "newsdb"}
    listed = first_column("docs/reference/commands.md", "[a-z_]+")
    assert {name for name, app in get_commands().items() if app in ours} <= listed <= get_commands().keys()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert {
        name.removeprefix("make ") for name in first_column("docs/reference/commands.md", "make .+?")
    } == targets


def test_every_setting_is_listed_and_no_other() -> None:
    files = ("newsdb/settings.py", "newsdb/environment.py", "newsdb/databases/configuration.py")
    source = "".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    limits = {f"RATE_LIMIT_{scope.upper()}" for scope in settings.RATE_LIMITS}
    read = re.findall(r"\benv\.[a-z_]+\(\s*\"([A-Z_]+)\"|environ\.get\(\"([A-Z_]+)\"", source)
    assert first_column("docs/reference/settings.md", "[A-Z_]+") == {a or b for a, b in read} | limits


def test_every_resource_is_listed_and_no_other(client: Client) -> None:
    assert first_column("docs/reference/parameters.md", "[a-z-]+/") == {
        f"{name}/" for name in client.get("/api/v1/").json()
    }


@pytest.mark.django_db
def test_every_parameter_of_statements_is_named_and_no_other(client: Client) -> None:
    page = PAGES["docs/reference/parameters.md"]
    paragraph = page.split("Search the words of statements with")[1].split("\n\n")[0]
    named = set(re.findall(r"`([a-z_]+)(?:=[^`]+)?`", paragraph)) - {"next"}
    allowed = client.get("/api/v1/statements/?speeker=x").json()["errors"][0]["allowed"]
    assert named == set(allowed) - {"cursor"}


def test_every_status_of_an_error_is_listed() -> None:
    described = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))["paths"]
    statuses = {
        status for path in described.values() for method in path.values() if isinstance(method, dict)
        for status in method.get("responses", {}) if status[0] in "345"
    }  # fmt: skip
    listed = set(re.findall(r"^\| (\d{3}) \|", PAGES["docs/reference/errors.md"], re.MULTILINE))
    # No operation is described as one that does not exist, or fails.
    assert listed == statuses - {"304"} | {"405", "500"}


@pytest.mark.django_db
def test_the_numbers_of_the_dataset_are_those_that_ship(client: Client) -> None:
    call_command("loaddata", "north_korea_russia", verbosity=0)
    told = re.search(
        r"(\d+) statements by (\d+) speakers, (\d+) articles, (\d+) printed links", " ".join(README.split())
    )
    assert told
    for number, name in zip(
        told.groups(), ("statements", "speakers", "articles", "related-links"), strict=True
    ):
        assert len(client.get(f"/api/v1/{name}/?limit=100").json()["results"]) == int(number)


def test_every_path_of_a_tree_exists() -> None:
    blocks = re.findall(r"^```\n(.+?)^```$", "\n".join(PAGES.values()), re.DOTALL | re.MULTILINE)
    trees = [block for block in blocks if block.startswith("manage.py")]
    assert trees
    for tree in trees:
        folders: list[str] = []
        for line in tree.splitlines():
            name = line.split()[0]
            folders[(len(line) - len(line.lstrip())) // 2 :] = [name]
            path = ROOT.joinpath(*folders)
            assert path.is_dir() if name.endswith("/") else path.is_file(), path
