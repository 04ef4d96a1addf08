"""Without a PostgreSQL the run says what it left out, and in CI that is an error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_PROGRAMS = """
import sys, pytest
from tests import postgresql
postgresql.find_programs = lambda: None
sys.exit(pytest.main(["--store", "postgresql", "tests/test_postgresql.py"]))
"""


@pytest.mark.parametrize(("ci", "succeeds"), [("", True), ("true", False)])
def test_run_without_a_server_says_so_in_one_line(checkout: Path, ci: str, succeeds: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PROGRAMS],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert (done.returncode == 0) is succeeds
    assert "NOT RUN: the tests on PostgreSQL." in said
    assert len(said.strip().splitlines()) == 1


def test_what_is_the_same_on_either_store_can_be_left_out(checkout: Path) -> None:
    left_out = ("tests/newsdb/test_text.py", "tests/articles/admin/test_browser.py")
    files = (*left_out, "tests/newsdb/models/test_querysets.py", "tests/articles/models")
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "--store", "sqlite", *files]
    every, some = (
        subprocess.run(
            [*command, *option], cwd=checkout, capture_output=True, text=True, check=False
        ).stdout.splitlines()
        for option in ((), ("--database-only",))
    )
    assert all(any(line.startswith(file) for line in every) for file in left_out)
    assert {line for line in some if "::" in line} == {
        line for line in every if "::" in line and not line.startswith(left_out)
    }
