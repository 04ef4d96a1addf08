"""The form that every page of the admin builds on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from newsdb.admin.autocomplete import name_chosen
from newsdb.admin.conflicts import ConflictError, refuse_conflict
from newsdb.admin.dates import partial_date

REASON_LENGTH = 2000


class RecordForm(forms.ModelForm):
    """A form of one row that fills pairs of columns, a day and its precision, from one field each.

    ``partial_dates`` names them: ``{"published": ("published_on", "published_precision")}``, where
    ``published`` is a ``PartialDateField``.
    """

    partial_dates: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (day, precision) in self.partial_dates.items():
            known = partial_date(getattr(self.instance, day), getattr(self.instance, precision))
            self.initial.setdefault(name, known)
        name_chosen(self)

    def _post_clean(self) -> None:
        for name, (day, precision) in self.partial_dates.items():
            if name in self.cleaned_data:
                typed = self.cleaned_data[name]
                setattr(self.instance, day, typed.first if typed else None)
                setattr(self.instance, precision, typed.precision if typed else "")
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        # What rules say about the columns applies to the field that fills them.
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {column for pair in self.partial_dates.values() for column in pair}


class VersionField(forms.IntegerField):
    """The version of a record that its form shows, which comes back with what was typed.

    Where it does not, nothing was seen: 0. An error would stand at a field that nobody can see.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False  # it is no fact of the record


class AttributedForm(RecordForm):
    """A record's form: asks why, and shows what was refused after it had let it through."""

    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        label="Reason for this change",
        help_text="Public in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    seen_version = VersionField(required=False, min_value=0)
    #: What the model or the database said when this form was saved; see ``AttributedAdmin``.
    refusal: Sequence[str] = ()
    #: Whether a record is changed that the ledger has versions of, and which of them is shown.
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
                # Once it is told, saving again is done knowingly.
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
    """A reason that must be given."""

    reason = forms.CharField(
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


def stated_reason(request: HttpRequest) -> str:
    """The reason in the submitted form, "" where none is given. Raises ``ValidationError`` for a bad one."""
    return AttributedForm.base_fields["reason"].clean(request.POST.get("reason", ""))
