"""The base classes of the admin's forms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from newsdb.admin.autocomplete import set_chosen
from newsdb.admin.conflicts import ConflictError, refuse_conflict
from newsdb.admin.dates import partial_date

REASON_LENGTH = 2000


class RecordForm(forms.ModelForm):
    """A form for one row, in which one field fills two columns: a day and its precision.

    ``partial_dates`` maps each such field, a ``PartialDateField``, to its columns:
    ``{"published": ("published_on", "published_precision")}``.
    """

    partial_dates: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (day, precision) in self.partial_dates.items():
            known = partial_date(getattr(self.instance, day), getattr(self.instance, precision))
            self.initial.setdefault(name, known)
        set_chosen(self)

    def _post_clean(self) -> None:
        for name, (day, precision) in self.partial_dates.items():
            if name in self.cleaned_data:
                typed = self.cleaned_data[name]
                setattr(self.instance, day, typed.first if typed else None)
                setattr(self.instance, precision, typed.precision if typed else "")
        super()._post_clean()  # type: ignore[misc]

    def add_error(self, field: str | None, error: Any) -> None:
        """Add errors of the model, those of a column at the field that fills it."""
        if field is None and hasattr(error, "error_dict"):
            filled_by = {column: name for name, pair in self.partial_dates.items() for column in pair}
            error = ValidationError(
                {filled_by.get(name, name): said for name, said in error.error_dict.items()}
            )
        super().add_error(field, error)

    def _get_validation_exclusions(self) -> set[str]:
        # Validate the columns too, although the form has no fields of their names.
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {column for pair in self.partial_dates.values() for column in pair}


class VersionField(forms.IntegerField):
    """A hidden field with the version of the record that the form shows.

    A missing or invalid value counts as 0, not as an error, which would be at a field that nobody can see.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False  # it is not part of the record


class AttributedForm(RecordForm):
    """A record's form: asks for a reason, and shows the errors of a write refused after validation."""

    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        label="Reason for this change",
        help_text="Public in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    seen_version = VersionField(required=False, min_value=0)
    #: The errors of the model or the database when this form was saved; see ``AttributedAdmin``.
    refusal: Sequence[str] = ()
    #: Whether the form edits a record that the ledger has versions of, and the version that it shows.
    versioned = False
    shown_version: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.versioned:
            self.initial["seen_version"] = self.shown_version
        else:
            del self.fields["seen_version"]

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()
        if "seen_version" in self.cleaned_data:
            try:
                refuse_conflict(self.instance, self.cleaned_data["seen_version"])
            except ConflictError as conflict:
                # The user has now seen the conflict, so saving again may overwrite.
                self.data = self.data.copy()  # type: ignore[attr-defined]
                self.data["seen_version"] = conflict.version  # type: ignore[index]
                self.add_error(None, conflict)
        return cleaned

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            for message in self.refusal:
                self.add_error(None, message)


class ReasonForm(forms.Form):
    """Asks for a reason, which is required."""

    reason = forms.CharField(
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


def stated_reason(request: HttpRequest) -> str:
    """The reason in the submitted form, or "" if it has none. Raises ``ValidationError`` if it is invalid."""
    return AttributedForm.base_fields["reason"].clean(request.POST.get("reason", ""))
