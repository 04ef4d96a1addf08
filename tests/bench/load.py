"""Generating load: `wrk` asks over HTTP, `pgbench` asks PostgreSQL. Eight clients, one thread, kept alive."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.machine import pinned

CLIENTS = 8
#: Debian's names of packages, by program.
PACKAGES = {"wrk": "wrk", "pgbench": "postgresql-contrib"}

#: Goes through a file of paths in turn, and says at the end how many were answered, and how, as JSON.
_CYCLE = r"""
local requests, place = {}, 0
function init(args)
  if args[2] then wrk.headers["If-None-Match"] = args[2] end
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path) end
end
function request()
  place = place % #requests + 1
  return requests[place]
end
function done(summary)
  local errors = summary.errors
  io.write(string.format('{"requests": %d, "microseconds": %d, "refused": %d, "lost": %d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
"""


class LoadError(RuntimeError):
    """Requests that were not answered, or not as they should; the message is for who reads the report."""


def missing() -> list[str]:
    """What to install, one line for each program that is not there."""
    return [
        f"{program} is not on this machine (Debian: apt-get install {PACKAGES[program]})"
        for program in ("wrk", "pgbench")
        if not shutil.which(program)
    ]


def ask_http(address: str, paths: list[str], seconds: int, held: str = "") -> tuple[float, int]:
    """Ask for ``paths`` in turn; ``held`` is the ETag that the client has.

    Returns requests a second, and how many there were. Raises LoadError where one was answered by an error.
    """
    with TemporaryDirectory() as name:
        script, list_ = Path(name) / "cycle.lua", Path(name) / "paths"
        script.write_text(_CYCLE)
        list_.write_text("".join(f"{path}\n" for path in paths))
        command = [
            "wrk",
            "-t1",
            f"-c{CLIENTS}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "-s",
            str(script),
            address,
        ]
        said = _run([*command, "--", str(list_), *([held] if held else [])])
    counted = json.loads(said.splitlines()[-1])
    if counted["refused"] or counted["lost"] or not counted["requests"]:
        raise LoadError(
            f"{counted['requests']} answers, {counted['refused']} of them errors, {counted['lost']} lost"
        )
    return counted["requests"] / counted["microseconds"] * 1e6, counted["requests"]


def ask_postgresql(url: str, script: str, seconds: int) -> float:
    """Run a pgbench script again and again. Returns how often a second. Raises LoadError."""
    with TemporaryDirectory() as name:
        file = Path(name) / "script.sql"
        file.write_text(script)
        command = [
            "pgbench",
            "-n",
            "-M",
            "prepared",
            f"-c{CLIENTS}",
            "-j1",
            f"-T{seconds}",
            "-f",
            str(file),
            url,
        ]
        said = _run(command)
    if failed := re.search(r"number of failed transactions: ([1-9]\d*)", said):
        raise LoadError(f"{failed[1]} transactions failed")
    rate = re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)
    if not rate:
        raise LoadError(f"pgbench said: {said}")
    return float(rate[1])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=pinned("client"))
    if done.returncode:
        raise LoadError(
            f"{command[0]} failed ({done.returncode}): {(done.stderr or done.stdout).strip()[-500:]}"
        )
    return done.stdout
