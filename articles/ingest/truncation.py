"""Fits printed text to the lengths of columns, so that one odd value does not reject the page."""

from dataclasses import replace
from typing import Any

from django.db.models import Model

from articles.models import Article, Outlet, RelatedLink, RelatedList
from articles.reading.page import Page
from articles.reading.printed_links import PrintedLink, PrintedList


def blank_if_too_long(model: type[Model], name: str, printed: str) -> str:
    """The printed text, or "" if it is too long for the field."""
    return printed if len(printed) <= _width(model, name) else ""


def truncate(model: type[Model], name: str, printed: str) -> str:
    """The printed text, cut to the field's width with “…”."""
    width = _width(model, name)
    return printed if len(printed) <= width else f"{printed[: width - 1].rstrip()}…"


def fit_to_columns(page: Page) -> Page:
    """Shorten the titles of lists, and blank names, sections and dates that are too long.

    The headline stays unchanged: a truncated one would not identify the article.
    """
    return replace(
        page,
        outlet=blank_if_too_long(Outlet, "name", page.outlet),
        section=blank_if_too_long(Article, "section", page.section),
        language=blank_if_too_long(Article, "language", page.language),
        lists=tuple(
            PrintedList(truncate(RelatedList, "title", printed.title), tuple(map(_link, printed.links)))
            for printed in page.lists
        ),
    )


def _link(link: PrintedLink) -> PrintedLink:
    return replace(
        link,
        title=truncate(RelatedLink, "title", link.title),
        section=blank_if_too_long(RelatedLink, "section", link.section),
        outlet_label=blank_if_too_long(RelatedLink, "outlet_label", link.outlet_label),
        printed_date=blank_if_too_long(RelatedLink, "printed_date", link.printed_date),
    )


def _width(model: type[Model], name: str) -> int:
    field: Any = model._meta.get_field(name)
    return int(field.max_length)
