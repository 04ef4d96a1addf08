"""Lists the releases in a directory, from their metadata."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import orjson

from articles.export.package import PACKAGE

#: The most releases listed.
LATEST = 100


@dataclass(frozen=True)
class StoredRelease:
    """A release: its directory name, version, creation time, and the SHA-256 (hex) of its metadata."""

    name: str
    version: int
    created: str
    sha256: str


def releases_in(directory: Path) -> list[StoredRelease]:
    """The latest releases in ``directory``, newest first, without those still being written."""
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
    """Parse a release's metadata, cached until the file changes; None if it is not a release."""
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
