"""What a page prints, as far as there is room for it: an oddity of print must not cost the page."""

from dataclasses import replace
from typing import Any

from django.db.models import Model

from articles.ingest.page import Page
from articles.ingest.printed_links import PrintedLink, PrintedList
from articles.models import Article, Outlet, RelatedLink, RelatedList


def fitting(model: type[Model], name: str, printed: str) -> str:
    """What is printed, or nothing where it is too long to be what it was taken for."""
    return printed if len(printed) <= _width(model, name) else ""


def shortened(model: type[Model], name: str, printed: str) -> str:
    """What is printed, or as much of it as there is room for, which then ends in “…”."""
    width = _width(model, name)
    return printed if len(printed) <= width else f"{printed[: width - 1].rstrip()}…"


def fitted(page: Page) -> Page:
    """The page with its lists' titles shortened, without what is too long to be a name, a section or a date.

    Its headline stays as it is: there is no article under a part of one.
    """
    return replace(
        page,
        outlet=fitting(Outlet, "name", page.outlet),
        section=fitting(Article, "section", page.section),
        language=fitting(Article, "language", page.language),
        lists=tuple(
            PrintedList(shortened(RelatedList, "title", printed.title), tuple(map(_link, printed.links)))
            for printed in page.lists
        ),
    )


def _link(link: PrintedLink) -> PrintedLink:
    return PrintedLink(
        shortened(RelatedLink, "title", link.title),
        fitting(RelatedLink, "section", link.section),
        fitting(RelatedLink, "outlet_label", link.outlet_label),
        fitting(RelatedLink, "printed_date", link.printed_date),
    )


def _width(model: type[Model], name: str) -> int:
    field: Any = model._meta.get_field(name)
    return int(field.max_length)
