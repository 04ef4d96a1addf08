"""Finds prefixes and suffixes of anchors that overlap given spans of a captured text."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q

from articles.models import Anchor

Span = tuple[int, int]


def contexts_around(
    spans: Mapping[int, Sequence[Span]], *, excluding: Q | None = None
) -> Iterator[tuple[int, str]]:
    """Yield the id of each anchor and ``prefix`` or ``suffix`` if that overlaps a span of its capture.

    ``spans`` are keyed by capture id; anchors that match ``excluding`` are skipped.
    """
    anchors = Anchor.objects.filter(capture__in=spans)
    for anchor in anchors.exclude(excluding) if excluding else anchors:
        for name, start, end in (
            ("prefix", anchor.start - len(anchor.prefix), anchor.start),
            ("suffix", anchor.end, anchor.end + len(anchor.suffix)),
        ):
            if any(start < last and first < end for first, last in spans[anchor.capture_id]):
                yield anchor.pk, name
