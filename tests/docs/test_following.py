"""Every command, program and call of the documentation is run, page by page, and prints what is shown."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.docs.browsing import browsing
from tests.docs.newcomer import IN_BROWSER, NOT_TYPED, Newcomer, serving
from tests.docs.pages import PAGES, ROOT, Step, steps

#: Pages on which something is written that others would see: each has a server and a database to itself.
WRITING = {
    "docs/tutorial.md",
    "docs/how-to/write.md",
    "docs/how-to/follow-changes.md",
    "docs/how-to/erasure.md",
}

STEPS = {name: found for name, page in PAGES.items() if (found := steps(page))}


def is_served(taken: list[Step]) -> bool:
    return any("127.0.0.1:8000" in step.text for step in taken if not NOT_TYPED.search(step.text))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the dataset that ships."""
    path = tmp_path_factory.mktemp("dataset") / "db.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{path}"}
    for command in (["migrate", "--verbosity", "0"], ["loaddata", "north_korea_russia"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    return path


@pytest.fixture(scope="module")
def shared_port(tmp_path_factory: pytest.TempPathFactory, dataset: Path) -> Iterator[int]:
    """The server of the pages on which nothing is written."""
    directory = tmp_path_factory.mktemp("server")
    shutil.copy(dataset, directory / "db.sqlite3")
    with serving(directory, directory / "db.sqlite3") as port:
        yield port


@pytest.mark.parametrize("name", STEPS)
def test_a_page_can_be_followed_to_the_letter(
    name: str, dataset: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if shutil.which("curl") is None:
        pytest.fail("curl is not on this machine (Debian: apt-get install curl)")
    taken, database = STEPS[name], tmp_path / "db.sqlite3"
    shutil.copy(dataset, database)
    with ExitStack() as stack:
        port = 0
        if is_served(taken):
            own = name in WRITING
            port = (
                stack.enter_context(serving(tmp_path, database))
                if own
                else request.getfixturevalue("shared_port")
            )
        newcomer = Newcomer(tmp_path, database, port)
        stack.callback(newcomer.leave)
        in_browser = IN_BROWSER & {step.kind for step in taken}
        newcomer.follow(
            taken,
            browsing(request.getfixturevalue("browser"), f"http://127.0.0.1:{port}") if in_browser else None,
        )
