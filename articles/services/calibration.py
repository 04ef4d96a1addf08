"""Compares reviewers' decisions with the confidence of the proposals."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models.functions import Coalesce

from actors.models import Actor
from articles.models import Proposal, Statement
from articles.models.proposal import Decision
from articles.reading.quotations.calibration import Calibration, bucket
from articles.services.corrections import changes_speaker

#: The 97.5th percentile of the normal distribution, for 95% intervals.
_Z_95 = 1.959964
#: The weight of the shipped confidence, in decisions.
_WEIGHT_OF_SHIPPED = 20


@dataclass(frozen=True, slots=True)
class Bucket:
    """The decided proposals of one confidence, and how many had the right words and speaker."""

    confidence: str
    decided: int
    right: int

    @property
    def share(self) -> float:
        return self.right / self.decided

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% Wilson interval of the share."""
        n, share = self.decided, self.share
        middle = (share + _Z_95**2 / (2 * n)) / (1 + _Z_95**2 / n)
        half = _Z_95 / (1 + _Z_95**2 / n) * sqrt(share * (1 - share) / n + _Z_95**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def is_true(self) -> bool:
        """Whether the confidence is within the interval."""
        low, high = self.interval
        return low <= float(self.confidence) <= high


def count_decisions(*, extractor: str, reader: str | None = None) -> list[Bucket]:
    """Count an extractor's proposals that a person reviewed individually, highest confidence first.

    ``reader`` limits it to one version of the reader, with any confidence table. A proposal was right if it
    was accepted, or corrected in neither words nor speaker. Joined proposals are not counted.
    """
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for confidence, right in _decisions(extractor, reader):
        counts[bucket(confidence)][0] += 1
        counts[bucket(confidence)][1] += right
    return [Bucket(name, *counts[name]) for name in sorted(counts, key=float, reverse=True)]


def calibration_error(buckets: list[Bucket]) -> float:
    """The expected calibration error: how far confidence and share differ, averaged over the decisions."""
    off = sum(row.decided * abs(row.share - float(row.confidence)) for row in buckets)
    return off / sum(row.decided for row in buckets)


def calibrate(buckets: list[Bucket], *, reader: str) -> Calibration:
    """Fit a table to the decisions; few decisions change it little."""
    table = {}
    for row in buckets:
        shipped = float(row.confidence)
        share = (row.right + _WEIGHT_OF_SHIPPED * shipped) / (row.decided + _WEIGHT_OF_SHIPPED)
        table[row.confidence] = round(share, 3)
    return Calibration(reader, table)


def _decisions(extractor: str, reader: str | None) -> Iterator[tuple[float, bool]]:
    """The shipped confidence of each decided proposal, and whether it was right."""
    rows = Proposal.objects.undoable().select_related("statement__speaker")
    for proposal in rows.order_by("pk").iterator(chunk_size=500):
        before: dict[str, Any] = proposal.replaced or {}
        if proposal.accepted_unread or "joined" in before or before.get("extractor") != extractor:
            continue
        if reader is not None and str(before.get("extractor_version")).partition("+")[0] != reader:
            continue
        confidence = proposal.shipped_confidence
        yield (before["confidence"] if confidence is None else confidence), _is_right(proposal, before)


def _survivor(actor: int | None) -> int | None:
    """The id of the actor, or of the one that it was merged into."""
    found = Actor.objects.filter(pk=actor) if actor else Actor.objects.none()
    return found.values_list(Coalesce("merged_into", "pk"), flat=True).first()


def _is_right(proposal: Proposal, before: dict[str, Any]) -> bool:
    if proposal.decision != Decision.CORRECTED:
        return proposal.decision == Decision.ACCEPTED
    after = proposal.statement
    read = Statement(speaker_id=_survivor(before["speaker_id"]))
    return after.text == before["text"] and not changes_speaker(
        statement=read, speaker=after.speaker, name=proposal.name
    )
