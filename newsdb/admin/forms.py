"""The form that every page of the admin builds on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from newsdb.admin.autocomplete import name_chosen
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


class AttributedForm(RecordForm):
    """A record's form: asks why, and shows what was refused after it had let it through."""

    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        label="Reason for this change",
        help_text="Public in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    #: What the model or the database said when this form was saved; see ``AttributedAdmin``.
    refusal: Sequence[str] = ()

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
