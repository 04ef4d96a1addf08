"""Links published checks to the statements that they are about."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from articles.models import ClaimReview
from newsdb.addresses import canonical_url


def link_review(
    *,
    statements: Iterable[int],
    source_url: str,
    publisher: str,
    rating: str = "",
    published_on: date | None = None,
) -> int:
    """Link a check to the statements with these ids that have no link to it yet; returns how many got one.

    Raises ``ValidationError`` if a value is refused; then none is linked.
    """
    wanted = dict.fromkeys(statements)
    there = ClaimReview.objects.filter(statement__in=wanted, source_url_key=canonical_url(source_url))
    new = [pk for pk in wanted if pk not in set(there.values_list("statement", flat=True))]
    with transaction.atomic():
        for pk in new:
            review = ClaimReview(
                statement_id=pk,
                source_url=source_url,
                publisher=publisher,
                rating=rating,
                published_on=published_on,
                published_precision="day" if published_on else "",
            )
            review.full_clean()
            review.save()
    return len(new)
