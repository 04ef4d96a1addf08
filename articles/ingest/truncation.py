"""Fits printed text to column widths, so that an odd value does not reject the whole page."""

from dataclasses import replace
from typing import Any

from django.db.models import Model

from articles.models import Article, Outlet, RelatedLink, RelatedList
from articles.reading.page import Page
from articles.reading.printed_links import PrintedLink, PrintedList


def fitting(model: type[Model], name: str, printed: str) -> str:
    """The printed text, or "" if it is too long for the field."""
    return printed if len(printed) <= _width(model, name) else ""


def shortened(model: type[Model], name: str, printed: str) -> str:
    """The printed text, cut to the field's width with “…”."""
    width = _width(model, name)
    return printed if len(printed) <= width else f"{printed[: width - 1].rstrip()}…"


def fitted(page: Page) -> Page:
    """The page with long list titles shortened, and names, sections and dates that are too long left out.

    The headline stays unchanged: a truncated headline would name no article.
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
