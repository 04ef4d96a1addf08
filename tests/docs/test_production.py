"""docs/how-to/production.md names files, commands and settings that there are, and what ships fits it."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.docs.pages import PAGES, ROOT

GUIDE = PAGES["docs/how-to/production.md"]
SHIPPED = [path for path in (ROOT / "deploy").iterdir() if path.is_file()]
CONSOLE = "".join(re.findall(r"^```console\n(.+?)^```$", GUIDE, re.DOTALL | re.MULTILINE))


def test_every_command_exists() -> None:
    named = re.findall(r"^# newsdb (\w+)|manage\.py (\w+)", CONSOLE, re.MULTILINE)
    assert len(named) > 5
    assert {a or b for a, b in named} <= get_commands().keys()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_file_that_ships_is_installed(path: Path) -> None:
    assert f"deploy/{path.name}" in CONSOLE


def test_every_setting_that_ships_is_one() -> None:
    shipped = re.findall(r"^([A-Z_]+)=", (ROOT / "deploy/environment").read_text(), re.MULTILINE)
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"} <= set(shipped)
    assert all(
        f"`{name}`" in PAGES["docs/reference/settings.md"] for name in set(shipped) - {"WEB_CONCURRENCY"}
    )
    assert 'os.environ.get("WEB_CONCURRENCY"' in (ROOT / "gunicorn.conf.py").read_text()


def test_all_stand_on_the_same_paths() -> None:
    """What is made by the guide is what the files name."""
    made = {"/srv/newsdb", "/etc/newsdb/environment", "/var/lib/newsdb", "/run/newsdb.socket"}
    for path in SHIPPED:
        for named in re.findall(r"(?<![\w.])/(?:srv|etc/newsdb|var/lib|run)/[\w./]*\w", path.read_text()):
            assert any(named.startswith(each) for each in made) or named == "/run/postgresql", named
