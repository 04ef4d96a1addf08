"""The long form is the short one with other seeds, and a failure says which."""

import subprocess
import sys
from pathlib import Path

TOYS = """
import pytest

@pytest.mark.torture(times=3)
@pytest.mark.parametrize("word", ["a", "b"])
def test_toy(word, seed):
    assert (word, seed) != ("b", 9)

def test_without_a_long_form():
    raise AssertionError
"""


def run(checkout: Path, toys: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--store", "sqlite", "--verbose"]
    done = subprocess.run(
        [*command, "--config-file", checkout / "pyproject.toml", "--rootdir", toys.parent, *options, toys],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_long_form_is_repeated_and_a_failure_says_how(checkout: Path, tmp_path: Path) -> None:
    toys = tmp_path / "test_toys.py"
    toys.write_text(TOYS)
    said = run(checkout, toys, "--torture", "--seed", "7")
    assert "1 failed, 5 passed, 1 deselected" in said
    (command,) = (line for line in said.splitlines() if line.startswith("pytest --numprocesses 0"))
    assert command == "pytest --numprocesses 0 --store sqlite --seed 9 'test_toys.py::test_toy[b]'"


def test_the_short_form_runs_once_with_the_seed_given(checkout: Path, tmp_path: Path) -> None:
    toys = tmp_path / "test_toys.py"
    toys.write_text(TOYS)
    said = run(checkout, toys, "--seed", "9")
    assert "2 failed, 1 passed" in said
    assert "test_toy[a] PASSED" in said
    assert "test_toy[b] FAILED" in said
