"""Creates a directory atomically: complete or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_directory(path: Path) -> Iterator[Path]:
    """Yield a directory to fill, which appears at ``path`` once it is complete and synced to disk.

    If the block raises, nothing is left at ``path``; if the process is killed, the hidden directory
    ``.NAME.….partial`` remains beside it and may be deleted. Raises FileExistsError if ``path`` exists, and
    FileNotFoundError if its parent does not.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow a link at its end
    if os.path.lexists(path):
        raise FileExistsError(f"{path} already exists: name a directory that does not.")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.parent} is not a directory: create it first.")
    partial = path.parent / f".{path.name}.{secrets.token_hex(4)}.partial"
    partial.mkdir()
    try:
        yield partial
        for file in (*partial.iterdir(), partial):
            _sync(file)
        partial.rename(path)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
