"""The machine that measures: what it is, and which core does what."""

import os
import platform
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django


def cores() -> list[int]:
    """The numbers of the cores that this process may use; empty where the system does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def pinned(place: str) -> Callable[[], None] | None:
    """For ``preexec_fn``: keeps a process to one core: ``"server"`` to the first, ``"client"`` to the last.

    None where there is only one core, or the system does not let us choose.
    """
    at_hand = cores()
    if len(at_hand) < 2:
        return None
    core = at_hand[0] if place == "server" else at_hand[-1]
    return lambda: os.sched_setaffinity(0, {core})


def pinning() -> str:
    """How servers and clients share the cores, in one line."""
    at_hand = cores()
    if len(at_hand) < 2:
        return "One core, or none that can be chosen: servers and clients share it, and ratios say less."
    return f"Servers and PostgreSQL on core {at_hand[0]}, clients on core {at_hand[-1]}."


def description(**versions: str) -> dict[str, Any]:
    """What ran where: processor, memory, system and versions."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory": _field("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "pinning": pinning(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "sqlite": sqlite3.sqlite_version,
        **versions,
    }


def resident(pid: int) -> int:
    """The resident memory of a process in bytes. Raises OSError where there is no /proc."""
    kilobytes, _, _ = _field(f"/proc/{pid}/status", "VmRSS").partition(" ")
    return int(kilobytes) * 1024


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _field(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
