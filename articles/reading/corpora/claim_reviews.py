"""Reads published checks in schema.org's ClaimReview, as in Google's Fact Check feed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.reading.corpora.records import LineError, day, member, record_in, words

#: Characters of a claim, the same as of a quotation sent to be checked.
MAX_CLAIM = 5_000
_QUOTED = re.compile(r'"([^"]+)"|[“„]([^“”]+)[“”]|«([^«»]+)»|»([^«»]+)«')


@dataclass(frozen=True, slots=True)
class PublishedReview:
    """A published check of a claim. ``speakers`` are those who are said to have made the claim."""

    url: str
    claim: str
    publisher: str
    speakers: tuple[str, ...] = ()
    rating: str = ""
    published_on: date | None = None

    @property
    def quoted(self) -> tuple[str, ...]:
        """The words that the claim quotes or, if it has no quotation marks, the whole claim."""
        found = tuple("".join(match.groups("")).strip() for match in _QUOTED.finditer(self.claim))
        return tuple(filter(None, found)) or (self.claim,)


def read_claim_reviews(record: bytes) -> list[PublishedReview]:
    """The checks in a ClaimReview or in an element of a DataFeed, whose ``item`` has them.

    Raises ``LineError``.
    """
    element = record_in(record)
    found = element.get("item", element)
    return [_read_review(each) for each in (found if isinstance(found, list) else [found])]


def _read_review(review: Any) -> PublishedReview:
    if not isinstance(review, dict) or "ClaimReview" not in _listed(review.get("@type")):
        raise LineError("It is not a ClaimReview.")
    publisher = " ".join(_names(review.get("author"), "author")[:1])
    if not publisher:
        raise LineError("author.name is missing.")
    claim = words(review, "claimReviewed")
    if len(claim) > MAX_CLAIM:
        raise LineError(f"claimReviewed is longer than {MAX_CLAIM:,} characters.")
    return PublishedReview(
        url=words(review, "url"),
        claim=claim,
        publisher=publisher,
        speakers=tuple(_speakers(review)),
        rating=_rating(review.get("reviewRating") or {}),
        published_on=day(member(review, "datePublished", str, ""), "datePublished"),
    )


def _speakers(review: Mapping[str, Any]) -> Iterator[str]:
    for item in _listed(review.get("itemReviewed")):
        if not isinstance(item, dict):
            raise LineError("itemReviewed is of the wrong type.")
        yield from _names(item.get("author"), "itemReviewed.author")


def _names(authors: Any, place: str) -> list[str]:
    found = []
    for author in _listed(authors):
        name = author.get("name") if isinstance(author, dict) else author
        if not isinstance(name, str | None):
            raise LineError(f"{place}.name is of the wrong type.")
        found.append(" ".join((name or "").split()))
    return [name for name in found if name]


def _rating(rating: Any) -> str:
    """The rating in words or, if there are none, as a number."""
    if not isinstance(rating, dict):
        raise LineError("reviewRating is of the wrong type.")
    for name in ("alternateName", "ratingValue"):
        value = rating.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            raise LineError(f"reviewRating.{name} is of the wrong type.")
        if value is not None and (text := " ".join(str(value).split())):
            return text
    return ""


def _listed(value: Any) -> list[Any]:
    """The values as a list, whether there is one, several or none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
