"""A PostgreSQL server for one run of the tests: made in a temporary directory, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

PROGRAMS = ("initdb", "pg_ctl", "postgres")

# Nothing here must survive a crash, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def find_programs() -> Path | None:
    """Return the newest directory that holds the server's programs, or None where there is none.

    Debian keeps them off the PATH, in one directory a version.
    """
    on_path = [Path(program).resolve().parent for name in PROGRAMS if (program := shutil.which(name))]
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda directory: float(directory.parent.name),
        reverse=True,
    )
    configured = []
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        configured.append(Path(answer.stdout.strip()))
    for directory in [*on_path, *configured, *debian]:
        if all((directory / name).exists() for name in PROGRAMS):
            return directory
    return None


class Cluster:
    """A throwaway server. Only its socket leads to it, and only this user can reach the socket."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # Not under TMPDIR, which can be too long: a socket's path has at most 103 bytes.
        self.directory = Path(tempfile.mkdtemp(prefix="newsdb-postgresql-", dir="/tmp"))
        self.data = self.directory / "data"
        self.log = self.directory / "log"
        self.url = f"postgres://newsdb@/newsdb?host={quote(str(self.directory), safe='')}"

    def start(self) -> None:
        """Make the server and wait until it answers. Raises RuntimeError with what it said if it does not."""
        owner = self.owner()
        if owner:
            os.chown(self.directory, owner["user"], owner["group"])
        self._run(
            "initdb",
            "--username=newsdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            *self._locale(),
            **owner,
        )
        self.resume()

    def follow(self, command: Sequence[str]) -> None:
        """Make the server as a standby by this command of ``pg_basebackup``; as ``start``."""
        owner = self.owner()
        if owner:
            os.chown(self.directory, owner["user"], owner["group"])
        program, *options = command
        self._run(program, *options, "--checkpoint=fast", "--no-sync", **owner)
        self.resume()

    def promote(self, command: Sequence[str] = ("pg_ctl", "promote")) -> None:
        """Make a standby the primary."""
        program, *options = command
        self._run(program, *options, "--wait", **self.owner())

    def resume(self) -> None:
        """Start the server on what it has, and wait until it answers. Raises RuntimeError like ``start``."""
        settings = {**SETTINGS, "unix_socket_directories": self.directory}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "start", "--wait", f"--log={self.log}", f"--options={options}", **self.owner())

    def halt(self, mode: str = "fast") -> None:
        """End the server; what it has stays, for ``resume``. ``mode`` is that of ``pg_ctl stop``."""
        self._run("pg_ctl", "stop", f"--mode={mode}", **self.owner())

    def stop(self) -> None:
        """End the server and remove all it kept. Does nothing the second time."""
        if (self.data / "postmaster.pid").exists():
            self.halt("immediate")
        shutil.rmtree(self.directory, ignore_errors=True)

    def _run(self, program: str, *arguments: str, **owner: Any) -> None:
        # Into a file: the server inherits what pg_ctl writes to, so that a pipe would never come to its end.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [self.programs / program, f"--pgdata={self.data}", *arguments],
                cwd=self.directory,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **owner,
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if done.returncode:
            if self.log.exists():
                said += self.log.read_text(errors="replace")
            raise RuntimeError(f"{program} failed ({done.returncode}):\n{said}")

    @staticmethod
    def owner() -> dict[str, Any]:
        """Return whom to run the server as: PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return {}
        for name in ("postgres", "nobody"):
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody here.")

    def _locale(self) -> list[str]:
        """Return a collation that is not byte order, so that a test sees whoever relies on byte order."""
        ctype = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        offered = subprocess.check_output([self.programs / "initdb", "--help"], text=True)
        if "--icu-locale" in offered:
            return [f"--locale={ctype}", "--locale-provider=icu", "--icu-locale=en-US"]
        return [f"--locale={ctype}"]
