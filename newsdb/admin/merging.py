"""The form of the pages that merge one record into another, after a preview of what would move."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet

from newsdb.admin.autocomplete import Autocomplete
from newsdb.admin.forms import ReasonForm
from newsdb.models.write_errors import WRITE_ERRORS, explain


class MergeForm(ReasonForm):
    """Asks which record to merge into, and why.

    A subclass names a foreign key to the records (``reference``), whose widget finds them, and what stays.
    """

    field_order = ("survivor", "reason")
    reference: ForeignKey
    what_stays: str

    def __init__(self, data: Any, merged: Any, survivors: QuerySet) -> None:
        super().__init__(data)
        self.merged = merged
        widget = Autocomplete(self.reference, admin.site)
        widget.left_out = merged
        self.fields["survivor"] = forms.ModelChoiceField(
            survivors.exclude(pk=merged.pk), label="Merge into", help_text=self.what_stays, widget=widget
        )
        self.fields["reason"].help_text = "Why they are the same; public in the history."
        self.order_fields(self.field_order)

    def plan(self, survivor: Any) -> dict[str, int]:
        """The number of rows that would move, by plural name. Raises ``ValidationError``."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Add ``plan`` to the cleaned data."""
        cleaned = super().clean() or {}
        if survivor := cleaned.get("survivor"):
            try:
                cleaned["plan"] = self.plan(survivor)
            except WRITE_ERRORS as error:
                self.add_error("survivor", ValidationError(explain(error)))
        return cleaned
