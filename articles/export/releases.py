"""The releases in a directory, by their own descriptions."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import orjson

from articles.export.package import PACKAGE

#: Releases listed at most.
LATEST = 100


@dataclass(frozen=True)
class StoredRelease:
    """A release: its directory, its version, when it was written, its description's SHA-256 (hex)."""

    name: str
    version: int
    created: str
    sha256: str


def releases_in(directory: Path) -> list[StoredRelease]:
    """The latest releases in ``directory``, newest first; those still being written are not among them."""
    found = []
    for path in directory.iterdir() if directory.is_dir() else ():
        package = path / PACKAGE
        if not path.name.startswith(".") and package.is_file():
            state = package.stat()
            if release := _read(package, state.st_mtime_ns, state.st_size):
                found.append(release)
    return sorted(found, key=lambda release: (release.created, release.version, release.name))[-LATEST:][::-1]


@lru_cache(maxsize=4 * LATEST)
def _read(package: Path, changed_at: int, size: int) -> StoredRelease | None:
    """What a description says, read again when it has changed; None if it is not one of ours."""
    content = package.read_bytes()
    try:
        said = orjson.loads(content)
        return StoredRelease(
            package.parent.name,
            int(said["version"]),
            str(said["created"]),
            hashlib.sha256(content).hexdigest(),
        )
    except (KeyError, TypeError, ValueError):
        return None
