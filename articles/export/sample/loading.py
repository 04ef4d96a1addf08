"""Loads the sample into an empty database, completely or not at all."""

from collections.abc import Iterable
from typing import Any

from articles.export.dataset import Public
from articles.export.instances import Numbered
from articles.export.loading import NotEmptyError, load_rows
from articles.export.release import Track, untracked
from articles.export.sample.making import STATEMENT_COUNT, Sample
from articles.models import Capture
from newsdb.fixtures import is_empty
from newsdb.ledger import attributed


def load_sample(seed: int, *, statements: int = STATEMENT_COUNT, track: Track = untracked) -> dict[str, int]:
    """Load the sample generated from ``seed``; returns the number of rows by table.

    Raises NotEmptyError: invented records are never mixed with real ones.
    """
    with attributed(by="", reason="Loaded as a sample: it is invented.", restoring=True):
        if not is_empty():
            raise NotEmptyError(
                "The dataset already has records. The sample is invented: it can only be loaded into an"
                " empty one."
            )
        sample = Sample(seed, statements)

        def read(public: Public) -> Iterable[Numbered]:
            rows = sample.rows[public.name]
            numbered: Any = track(enumerate(rows, 1), public.name, len(rows))
            return numbered

        counts = load_rows(read)
        captures = list(Capture.objects.all())
        for capture in captures:
            capture.text = sample.texts[capture.text_sha256]
        Capture.objects.bulk_update(captures, ["text"], batch_size=200)
    return counts
