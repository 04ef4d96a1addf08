"""Someone who has newsdb on their machine, with the dataset that ships, and follows a page to the letter."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

from tests.docs.comparing import compare
from tests.docs.pages import ROOT, Step

PATIENCE = 120  # seconds, for one step
END = "\x1e"
IN_BROWSER = {"js", "browser"}

#: What is not typed here: it has been done already, it serves forever, or it takes a server or the network.
NOT_TYPED = re.compile(
    r"git clone|cd newsdb$|\bmake (serve|lint|test|bench|torture)\b|^createuser |^createdb "
    r"|DATABASE_URL=postgres|\bpip install |python -m gunicorn |manage\.py collectstatic "
    r"|\bdask (scheduler|worker) | --scheduler "
)


@contextmanager
def serving(directory: Path, database: Path) -> Iterator[int]:
    """Serve as `make serve` does, on some port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = directory / "log"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "newsdb.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
    ]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=_environment(database, port), stdout=out, stderr=out)
    try:
        until = time.monotonic() + PATIENCE
        while not _is_ready(port):
            if time.monotonic() > until or server.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


def _is_ready(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
        return True
    return False


def _environment(database: Path, port: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {
        **kept,
        "DATABASE_URL": f"sqlite:///{database}",
        "ENV_FILE": os.devnull,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",  # what is printed and what is complained of, in order
        "PYTHONUTF8": "1",
    }


class Newcomer:
    """A shell in a directory that looks like the checkout; a server may run at ``port``."""

    def __init__(self, directory: Path, database: Path, port: int) -> None:
        self.directory, self.tmp, self.port = directory, directory / "tmp", port
        self.tmp.mkdir()
        self._lay_out_checkout()
        self.shell = subprocess.Popen(
            ["bash"],
            cwd=directory,
            env={**_environment(database, port), "HOME": str(directory)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            bufsize=1,
            start_new_session=True,
        )

    def _lay_out_checkout(self) -> None:
        """What commands write stays out of the checkout, and curl draws no progress."""
        for path in ROOT.iterdir():
            if not path.name.startswith(".") and not path.name.endswith(".sqlite3"):
                (self.directory / path.name).symlink_to(path)
        python = self.directory / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        (self.directory / ".curlrc").write_text("silent\nshow-error\n")

    def leave(self) -> None:
        """Close the shell."""
        self.shell.communicate()

    def follow(self, steps: list[Step], browse: Callable[[str, str], str] | None = None) -> None:
        """Take every step; raise AssertionError where it fails, or its output is not the one that is shown.

        ``browse`` takes the steps of the kinds ``IN_BROWSER``.
        """
        cells = [step.text for step in steps if step.kind == "python"]
        outputs: list[str] = []
        for step in steps:
            match step.kind.split():
                case ["command"]:
                    if not NOT_TYPED.search(step.text):
                        self._type(step)
                case ["file", name]:
                    (self.directory / name).write_text(self._as_here(step.text), encoding="utf-8")
                case ["python"]:
                    outputs = outputs or self._run_cells(cells)
                    compare(step.printed, step.printed_as, outputs.pop(0))
                case [kind]:
                    assert browse is not None
                    printed = self._as_shown(browse(kind, self._as_here(step.text)))
                    compare(step.printed, step.printed_as, printed)

    def _type(self, step: Step) -> None:
        output, status = self._run(step.text)
        fails = "CommandError" in step.printed
        assert (status != 0) == fails, f"{step.text} ended with {status}:\n{output}"
        if step.printed:
            compare(step.printed, step.printed_as, output)

    def _run_cells(self, cells: list[str]) -> list[str]:
        """Run a page's Python as a notebook does: all cells in one process."""
        program = f"\nprint({END + '!'!r})\n".join(cells)
        (self.directory / "notebook.py").write_text(self._as_here(program), encoding="utf-8")
        output, status = self._run(".venv/bin/python notebook.py")
        assert status == 0, output
        return output.split(f"{END}!\n")

    def _run(self, command: str) -> tuple[str, int]:
        """What a command prints, and how it ends. What it exports is there for the next."""
        assert self.shell.stdin
        assert self.shell.stdout
        self.shell.stdin.write(f"{{ {self._as_here(command)}\n}} </dev/null; echo {END}$?{END}\n")
        self.shell.stdin.flush()
        # Whatever the command has started ends with it.
        timer = Timer(PATIENCE, os.killpg, (self.shell.pid, signal.SIGKILL))
        timer.start()
        output = ""
        while not (ended := re.search(f"{END}(\\d+){END}\n$", output)):
            line = self.shell.stdout.readline()
            assert line, f"{command} did not end:\n{output}"
            output += line
        timer.cancel()
        return self._as_shown(output[: ended.start()]), int(ended[1])

    def _as_here(self, text: str) -> str:
        return text.replace("/tmp/", f"{self.tmp}/").replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")

    def _as_shown(self, text: str) -> str:
        return text.replace(f"{self.tmp}/", "/tmp/").replace(f"127.0.0.1:{self.port}", "127.0.0.1:8000")
