"""Shows the progress of a long command on the terminal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from newsdb.ledger.rewriting import reported_rewrites


class Track(Protocol):
    """Passes rows through and shows the progress."""

    def __call__(self, rows: Iterable[Any], table: str, total: int | None) -> Iterable[Any]: ...


@contextmanager
def progress_bars(verbosity: int) -> Iterator[Track]:
    """A progress bar for each table on standard error, unless ``verbosity`` is 0."""
    columns = (TextColumn("{task.description:<15}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=verbosity == 0) as progress:

        def track(rows: Iterable[Any], table: str, total: int | None) -> Iterable[Any]:
            return progress.track(rows, total=total, description=table)

        yield track


@contextmanager
def bytes_progress(
    total: int | None, *, verbosity: int, of: str = "documents"
) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error for reading files, unless ``verbosity`` is 0.

    The function that it yields takes the number of bytes read so far and the number of items loaded; ``of``
    names the items. With a ``total`` of bytes, compressed if the files are, it also shows the time left.
    """
    columns = (
        TextColumn(f"{{task.fields[loaded]:,}} {of}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
        *((TextColumn("left:"), TimeRemainingColumn()) if total else ()),
    )
    with Progress(*columns, console=Console(stderr=True), disable=verbosity == 0) as progress:
        task = progress.add_task("", total=total, loaded=0)
        yield lambda done, loaded: progress.update(task, completed=done, loaded=loaded)


@contextmanager
def rewrite_progress(total: int, *, verbosity: int) -> Iterator[None]:
    """A progress bar, as above, for the records that a change inside the block rewrites."""
    columns = (
        TextColumn("rewriting records"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=verbosity == 0) as progress:
        task = progress.add_task("", total=total)
        with reported_rewrites(lambda rewritten: progress.advance(task, rewritten)):
            yield
