"""How many functions of the project, in how many files, a request passes: `python -m tests.bench.functions`.

The request is one for a speaker's statements, of the dataset that ships, in a process that has answered it
before: once from the response cache, and once with that emptied. With `--list` the functions are named.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = tuple(f"{ROOT / name}{os.sep}" for name in ("newsdb", "actors", "articles"))
FIXTURE = ROOT / "fixtures/north_korea_russia.json"
ADDRESS = "/api/v1/statements/?speaker=john-kirby"


class Passage:
    """The calls of project functions in one thread, in order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    @property
    def functions(self) -> set[tuple[str, str]]:
        """Each function by its file and its name, a comprehension as a part of the function it is in."""
        return set(self.calls)

    @property
    def files(self) -> set[str]:
        """The files of the functions."""
        return {file for file, _ in self.calls}

    @property
    def returns(self) -> int:
        """How often a call enters a file that had been left for another."""
        seen: set[str] = set()
        returns, last = 0, ""
        for file, _ in self.calls:
            returns += file != last and file in seen
            seen.add(file)
            last = file
        return returns

    def note(self, frame: FrameType, event: str, argument: Any) -> None:
        """A profile function, as ``sys.setprofile`` takes it."""
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGES):
            self.calls.append(name_of(frame.f_code))


def name_of(code: CodeType) -> tuple[str, str]:
    """The file and the function that ``code`` is of."""
    name = code.co_qualname
    for part in ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"):
        name = name.split(f".<locals>.{part}")[0]
    return str(Path(code.co_filename).relative_to(ROOT)), name


def passage_of(call: Callable[[], Any]) -> Passage:
    """What ``call`` passes."""
    passage = Passage()
    sys.setprofile(passage.note)
    try:
        call()
    finally:
        sys.setprofile(None)
    return passage


@contextmanager
def shipped_dataset() -> Iterator[None]:
    """Django, with the dataset that ships in a database of its own."""
    with tempfile.TemporaryDirectory() as directory:
        os.environ |= {"DATABASE_URL": f"sqlite:///{directory}/db.sqlite3", "DEBUG": "true"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("loaddata", FIXTURE, verbosity=0)
        yield
        connections.close_all()


def main() -> None:
    """Print both figures, and the functions if they are asked for."""
    with shipped_dataset():
        from django.test import Client

        from newsdb.api.response.cache import response_cache

        client = Client()

        def get() -> None:
            response = client.get(ADDRESS, HTTP_HOST="localhost")
            if response.status_code != 200 or b'"results":[{' not in response.content:
                raise SystemExit(f"{ADDRESS} answers {response.status_code}: {response.content[:200]!r}")

        for _ in range(3):
            get()
        found = {"from the response cache": passage_of(get)}
        response_cache.clear()
        found["made anew"] = passage_of(get)
    for name, passage in found.items():
        sys.stdout.write(
            f"{name}: {len(passage.functions)} functions in {len(passage.files)} files,"
            f" {len(passage.calls)} calls, {passage.returns} returns to a file\n"
        )
        if "--list" in sys.argv:
            for file, function in dict.fromkeys(passage.calls):
                sys.stdout.write(f"  {file}: {function}\n")


if __name__ == "__main__":
    main()
