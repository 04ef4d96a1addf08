"""Finds copies of an article in other outlets by the paragraphs that two texts share."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q

from articles.models import Capture, Fingerprint, Syndication
from newsdb.models.any_of import AnyOf
from newsdb.models.prepared import Placeholder, Prepared
from newsdb.text import fold

#: Shorter paragraphs ("Read more", "He said so.") may be the same by chance.
MIN_WORDS = 8
#: Two articles count as copies if they share this many paragraphs, and this share of the shorter text's.
MIN_SHARED, MIN_SHARE = 2, 0.5
#: A paragraph in this many captures of one outlet is boilerplate of its site, such as how to subscribe.
MAX_REPEATED = 10
# Without a join, since PostgreSQL keeps the plan: one made while tables are small would read them all.
_captures_with = Prepared(
    lambda: (
        Fingerprint.objects.order_by()
        .filter(AnyOf("digest", values=Placeholder("digests")))
        .values_list("digest", "capture")
    )
)


class Shared(NamedTuple):
    """A paragraph that a capture has, too."""

    digest: int
    capture: int
    article: int
    outlet: int


def fingerprints(paragraphs: Iterable[str]) -> set[int]:
    """Hash each paragraph that is long enough to a signed 64-bit number, ignoring typography."""
    folded = (fold(paragraph) for paragraph in paragraphs)
    return {
        int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], signed=True)
        for words in folded
        if words.count(" ") >= MIN_WORDS - 1
    }


def find_shared(digests: set[int]) -> list[Shared]:
    """Where the paragraphs with these fingerprints occur already."""
    found = _captures_with.rows(digests=list(digests)) if digests else []
    if not found:
        return []
    captures = Capture.objects.filter(AnyOf("pk", values={capture for _, capture in found}))
    owners = {pk: owner for pk, *owner in captures.values_list("pk", "article", "article__outlet")}
    # A capture may have been erased in between.
    return [Shared(digest, capture, *owners[capture]) for digest, capture in found if capture in owners]


def without_repeated(digests: set[int], shared: Sequence[Shared]) -> set[int]:
    """The fingerprints of a story alone, without those of paragraphs that an outlet prints on every page.

    Otherwise looking for copies would take longer with each page of the outlet.
    """
    counts = Counter((each.digest, each.outlet) for each in shared)
    return digests - {digest for (digest, _), count in counts.items() if count >= MAX_REPEATED}


def save_fingerprints(*, capture: Capture, digests: set[int]) -> None:
    """Save the fingerprints of the text of ``capture``."""
    rows = [Fingerprint(capture=capture, digest=digest) for digest in sorted(digests)]
    Fingerprint.objects.bulk_create(rows, ignore_conflicts=True)


def shares_a_paragraph(article: int, digests: set[int]) -> bool:
    """Whether a text with these fingerprints shares a paragraph with a capture of the article (its id)."""
    return Fingerprint.objects.filter(capture__article=article, digest__in=digests).exists()


def propose_copies(*, capture: Capture, digests: set[int], shared: Sequence[Shared]) -> int:
    """Propose articles of other outlets as copies of this one, unless they were proposed before.

    Returns the number of new proposals.
    """
    article = capture.article
    counts = Counter(
        (each.capture, each.article)
        for each in shared
        if each.digest in digests and each.outlet != article.outlet_id
    )
    found: dict[int, float] = {}
    for (other_capture, other), count in counts.items():
        if count < MIN_SHARED:
            continue
        size = min(len(digests), Fingerprint.objects.filter(capture=other_capture).count())
        if count >= MIN_SHARE * size:
            found[other] = max(found.get(other, 0), count / size)
    if not found:
        return 0
    known = Syndication.objects.filter(
        Q(article=article, other__in=found) | Q(article__in=found, other=article)
    ).values_list("article", "other")
    there = {other if mine == article.pk else mine for mine, other in known}
    new = [
        Syndication(article=article, other_id=other, shared=share)
        for other, share in found.items()
        if other not in there
    ]
    Syndication.objects.bulk_create(new)
    return len(new)
