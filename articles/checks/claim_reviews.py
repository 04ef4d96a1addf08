"""Links published checks to the statements whose words they are about."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import BinaryIO

from articles.checks.checking import VERY_WORDS, Finding, Match, Quotation, check
from articles.checks.comparison import KINDS
from articles.reading.corpora import LineError, PublishedReview, read_claim_reviews, read_records
from articles.services.claim_reviews import link_review
from newsdb.ledger import attributed
from newsdb.models.write_errors import WRITE_ERRORS, explain


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A check that got no link: where its record is ("line 3"), and why."""

    place: str
    reason: str
    review: PublishedReview | None = None


def link_reviews(
    stream: BinaryIO, report: Callable[[Unlinked], None], track: Callable[[int], None] = lambda done: None
) -> Counter[str]:
    """Link the checks of a file, calling ``report`` for each without a link.

    ``track`` is called after each record, with the number of checks so far. Returns how many links were made
    ("linked"), and how many checks were linked before ("known"), match no statement ("unmatched"), or are
    wrong ("bad"). Raises ``DocumentError`` if the file is damaged.
    """
    counts: Counter[str] = Counter()
    for place, record in read_records(stream):
        try:
            reviews = read_claim_reviews(record)
        except LineError as error:
            counts["bad"] += 1
            report(Unlinked(place, str(error)))
            continue
        for review in reviews:
            outcome, reason = _link(review, counts)
            if reason:
                counts[outcome] += 1
                report(Unlinked(place, reason, review))
        track(counts.total())
    return counts


def _link(review: PublishedReview, counts: Counter[str]) -> tuple[str, str]:
    """Link a check; what became of it and, without a link, the reason."""
    quotations = [Quotation(*each) for each in product(review.quoted, review.speakers or ("",))]
    findings, not_reached = check(quotations)
    matches = [match for finding in findings for match in finding.matches if _is_meant(match)]
    if not matches:
        return "unmatched", "the search took too long" if not_reached else _why_not(findings)
    try:
        with attributed(by="", reason="A published check of it was imported."):
            linked = link_review(
                statements=[match.statement.pk for match in matches],
                source_url=review.url,
                publisher=review.publisher,
                rating=review.rating,
                published_on=review.published_on,
            )
    except WRITE_ERRORS as error:
        return "bad", " ".join(explain(error))
    counts["linked"] += linked
    return ("linked", "") if linked else ("known", "already attached")


def _is_meant(match: Match) -> bool:
    return match.comparison.kind in VERY_WORDS and match.speaker != "different"


def _why_not(findings: list[Finding]) -> str:
    """What the closest finding says."""
    if any(finding.words in VERY_WORDS for finding in findings):
        return "another speaker"
    order = (*KINDS, "not_found", "too_short")
    return min((finding.words for finding in findings), key=order.index).replace("_", " ")
