"""Where the database is not migrated, or not there, every command says in one line what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from newsdb.management.migrated import MigratedCommand

OWN = sorted(name for name, app in get_commands().items() if app in ("newsdb", "articles", "actors"))


def run(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "DATABASE_URL": database, "DEBUG": "on", "ENV_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=root, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", OWN)
def test_all_commands_that_use_the_database_look_first(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert isinstance(command, MigratedCommand) == (name != "extract_statements")


@pytest.mark.parametrize(
    "arguments", [("ingest", "fixtures/sample_page.txt"), ("loaddata", "sample_page"), ("createsuperuser",)]
)
def test_a_database_that_is_not_migrated(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = run(f"sqlite:///{tmp_path}/empty.sqlite3", *arguments)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == "CommandError: The database is not migrated: run `manage.py migrate` first.\n"


@pytest.mark.parametrize(
    "database", ["sqlite:////nowhere/at/all.sqlite3", "postgres://nobody@127.0.0.1:9/nothing"]
)
def test_a_database_that_is_not_there(database: str) -> None:
    ended = run(database, "ingest", "fixtures/sample_page.txt")
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith("CommandError: The database cannot be reached: ")
    assert line.endswith("Check DATABASE_URL.")
