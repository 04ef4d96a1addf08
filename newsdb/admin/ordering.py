"""Formsets of rows with a position: new rows are appended, and rows can swap positions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F

from newsdb.admin.forms import RecordForm

#: Added to positions temporarily, so that rows can swap them. A small integer column ends at 32,767.
_OFFSET = 16_000


class PositionedForm(RecordForm):
    """A form for a row whose ``position`` may be left empty for the formset to fill."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields.get("position")
        if position:
            position.required = False
            position.widget.attrs["class"] = "position"
            if self.instance._state.adding:
                self.initial["position"] = None

    def has_row(self) -> bool:
        """Whether the form has a row: an existing one, or a new one that was filled in."""
        return bool(self.instance.pk) or self.has_changed()

    def _get_validation_exclusions(self) -> set[str]:
        # Only the formset can check uniqueness: another row may be about to give this position up.
        return super()._get_validation_exclusions() | {"position"}


class PositionedFormSet(forms.BaseInlineFormSet):
    """Gives new rows the next positions, and lets rows swap positions despite a unique constraint."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        forms: list[Any] = self.forms
        taken: set[int] = set()
        kept = [form for form in forms if form not in self.deleted_forms and form.has_row()]
        for form in kept:
            position = form.cleaned_data.get("position")
            if position in taken:
                raise ValidationError(f"Two rows cannot have the same position, {position}.")
            if position is not None:
                if position >= _OFFSET:
                    raise ValidationError(f"Positions run from 0 to {_OFFSET - 1}.")
                taken.add(position)
        for form in kept:
            if form.cleaned_data.get("position") is None:
                form.instance.position = max(taken, default=-1) + 1
                taken.add(form.instance.position)

    def save(self, commit: bool = True) -> Any:
        moved = [
            form.instance.pk
            for form in self.initial_forms
            if form.instance.pk and ("position" in form.changed_data or form in self.deleted_forms)
        ]
        if commit and moved:
            assert self.model  # noqa: S101 - an inline's formset has one
            rows = self.model._base_manager.filter(pk__in=moved)
            rows.update(position=F("position") + _OFFSET)
        return super().save(commit)
