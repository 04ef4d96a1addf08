"""Links between the admin's pages."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html


def address_of(record: Model, page: str = "change") -> str:
    """The URL of a record's form in the admin, or of its page ``delete``, ``history`` or ``retract``, say."""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[quote(record.pk)])


def list_of(model: type[Model], page: str = "changelist", **filters: Any) -> str:
    """The URL of the admin's list of a model or, with page ``add``, of the form for a new record.

    ``filters`` are its query parameters.
    """
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}")
    return f"{address}?{urlencode(filters)}" if filters else address


def link_to(record: Model | None, text: object = None) -> str:
    """An HTML link to a record's admin page, or "" if ``record`` is None."""
    if record is None:
        return ""
    return format_html('<a href="{}">{}</a>', address_of(record), record if text is None else text)
