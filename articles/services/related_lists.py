"""Saves printed lists of links, with the outlets and dates they refer to."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from articles.models import Article, Outlet, RelatedLink, RelatedList
from articles.reading.printed_dates import resolve
from articles.reading.printed_links import PrintedLink


def read_links(
    links: Sequence[PrintedLink], *, captured_at: datetime | None = None, year: int | None = None
) -> list[RelatedLink]:
    """Build unsaved links, in order, with the outlets of their labels and their resolved dates.

    ``year`` is for dates printed without one; see ``articles.reading.printed_dates.resolve``.
    """
    outlets = {label: _outlet(label) for label in {link.outlet_label for link in links}}
    rows = []
    for position, link in enumerate(links):
        date = resolve(link.printed_date, captured_at=captured_at, year=year)
        rows.append(
            RelatedLink(
                position=position,
                title=link.title,
                section=link.section,
                outlet_label=link.outlet_label,
                outlet=outlets[link.outlet_label],
                printed_date=link.printed_date,
                published_on=date.first if date else None,
                published_precision=date.precision if date else "",
            )
        )
    return rows


def save_list(*, article: Article, title: str, position: int, links: Sequence[RelatedLink]) -> RelatedList:
    """Save a new list with its links. Raises ``ValidationError`` if its position is taken."""
    with transaction.atomic():
        related_list = RelatedList(article=article, title=title, position=position)
        related_list.full_clean()
        related_list.save()
        for link in links:
            link.related_list = related_list
        RelatedLink.objects.bulk_create(links)
    return related_list


def _outlet(label: str) -> Outlet | None:
    found = list(Outlet.objects.found_by(label)[:2]) if label else []
    return found[0] if len(found) == 1 else None
