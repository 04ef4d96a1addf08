"""How far a long command has come, on the terminal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Track(Protocol):
    """Passes rows through and shows how it goes."""

    def __call__(self, rows: Iterable[Any], table: str, total: int | None) -> Iterable[Any]: ...


@contextmanager
def progress_bars(verbosity: int) -> Iterator[Track]:
    """A bar for each table on standard error, unless ``verbosity`` is 0."""
    columns = (TextColumn("{task.description:<15}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=verbosity == 0) as progress:

        def track(rows: Iterable[Any], table: str, total: int | None) -> Iterable[Any]:
            return progress.track(rows, total=total, description=table)

        yield track
