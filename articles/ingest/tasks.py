"""The tasks of workers. It is imported without Django, which Dask does not set up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.ingest.material import Material
    from articles.reading.documents import Document
    from articles.reading.quotations.lines import Document as Text


def set_up() -> None:
    """Set up Django, unless that has been done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def read_document(document: Document, seconds: float) -> Material:
    """Read the material of a document, within this many seconds of processor time.

    Raises DocumentError and OverBudgetError.
    """
    set_up()
    from articles.ingest.material import read_material, receive
    from articles.reading.budget import Budget

    budget = Budget(seconds)
    return read_material(receive(document), budget=budget)


def extract_line(text: Text, seconds: float) -> tuple[str, str]:
    """A text's quotations as a line of JSON, and its language if it is not English, else "".

    Raises OverBudgetError.
    """
    from articles.reading.budget import Budget, check_length
    from articles.reading.language import foreign_language
    from articles.reading.quotations import extract
    from articles.reading.quotations.lines import write_line

    check_length(text.text)
    foreign = foreign_language(text.text)
    budget = Budget(seconds)
    return write_line(text, [] if foreign else extract(text.text, budget=budget)), foreign
