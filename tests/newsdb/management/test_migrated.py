"""Where the database is not migrated, too old, or not there, every command says in one line what to do."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
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
    assert isinstance(command, MigratedCommand) == (name not in ("extract_statements", "migrate"))


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
@pytest.mark.parametrize("arguments", [("ingest", "fixtures/sample_page.txt"), ("migrate",)])
def test_a_database_that_is_not_there(database: str, arguments: tuple[str, ...]) -> None:
    ended = run(database, *arguments)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith("CommandError: The database cannot be reached: ")
    assert line.endswith("Check DATABASE_URL.")


def test_a_database_of_the_first_release(tmp_path: Path) -> None:
    database = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(database)) as old:
        old.execute(
            "CREATE TABLE django_migrations"
            " (id INTEGER PRIMARY KEY, app varchar(255), name varchar(255), applied datetime)"
        )
        old.execute("INSERT INTO django_migrations VALUES (1, 'articles', '0001_initial', '2026-11-22')")
        old.commit()
    ended = run(f"sqlite:///{database}", "migrate")
    assert ended.returncode == 1
    assert ended.stderr == (
        "CommandError: The database is of newsdb 0.1.0, which this release cannot upgrade:"
        " run `manage.py migrate` of newsdb 0.2.0 first.\n"
    )
    with closing(sqlite3.connect(database)) as old:
        assert old.execute("SELECT name FROM sqlite_master").fetchall() == [("django_migrations",)]
