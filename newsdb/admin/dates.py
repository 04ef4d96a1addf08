"""Dates known to the day, the month or the year, typed into one field."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from newsdb.dates import PartialDate


def partial_date(day: date | None, precision: str) -> PartialDate | None:
    """The ``PartialDate`` in a model's two columns, or None if there is no day."""
    return PartialDate(day, precision) if day else None  # type: ignore[arg-type]


class PartialDateField(forms.CharField):
    """Takes ``2024-10-23``, ``2024-10`` or ``2024``. Its value is a ``PartialDate``, or None if empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", "As precisely as known: 2024-10-23, 2024-10 or 2024.")
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "partial-date", "size": 10, "placeholder": "2024-10-23"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text or isinstance(text, PartialDate):
            return text or None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> str:
        return "" if value is None else str(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()
