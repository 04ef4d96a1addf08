"""Saves printed lists of links, with the outlets and dates they refer to."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.db import transaction

from articles.models import Article, Outlet, RelatedLink, RelatedList
from articles.reading.printed_dates import resolve
from articles.reading.printed_links import PrintedLink
from newsdb.addresses import WEB_ADDRESS
from newsdb.models.any_of import AnyOf
from newsdb.page_versions import unwrap


def read_links(
    links: Sequence[PrintedLink],
    *,
    page_url: str = "",
    captured_at: datetime | None = None,
    year: int | None = None,
) -> list[RelatedLink]:
    """Build unsaved links, in order, with the outlets of their labels and their resolved dates and URLs.

    ``page_url`` is the URL of the page that they are printed on, which theirs may be relative to. ``year`` is
    for dates printed without one; see ``articles.reading.printed_dates.resolve``.
    """
    outlets = {label: _outlet(label) for label in {link.outlet_label for link in links}}
    rows = []
    for position, link in enumerate(links):
        date = resolve(link.printed_date, captured_at=captured_at, year=year)
        rows.append(
            RelatedLink(
                position=position,
                title=link.title,
                source_url=_web_address(link.url, page_url),
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


def set_targets(articles: Mapping[str, int]) -> None:
    """Point printed links without a target to new articles, given as ids by ``source_url_key``.

    The database does so by itself, except for articles that were written while its triggers were disabled.
    """
    links = RelatedLink.objects.exclude(source_url_key="").filter(
        AnyOf("source_url_key", values=list(articles)), target=None
    )
    for link in links.only("source_url_key"):
        RelatedLink.objects.filter(pk=link.pk).update(target=articles[link.source_url_key])


def _outlet(label: str) -> Outlet | None:
    found = list(Outlet.objects.found_by(label)[:2]) if label else []
    return found[0] if len(found) == 1 else None


def _web_address(url: str, page_url: str) -> str:
    """Where a link on a page leads; "" if that is not a web address. An archived page's is its original's."""
    try:
        address = unwrap(urljoin(unwrap(page_url), url)) if url else ""
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    field: Any = RelatedLink._meta.get_field("source_url")
    return address if len(address) <= field.max_length and re.match(WEB_ADDRESS, address) else ""
