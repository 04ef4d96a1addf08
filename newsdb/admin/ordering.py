"""Rows in the order of the page, edited together: new ones go last, and any two may trade places."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F

from newsdb.admin.forms import RecordForm

#: Where rows wait while others take their places; a small integer column ends at 32,767.
ASIDE = 16_000


class PositionedForm(RecordForm):
    """A row with a ``position`` that may be left to the formset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields.get("position")
        if position:
            position.required = False
            position.widget.attrs["class"] = "position"
            if self.instance._state.adding:
                self.initial["position"] = None

    def stands(self) -> bool:
        """Whether there is a row in it: one that was there, or a new one that was filled in."""
        return bool(self.instance.pk) or self.has_changed()

    def _get_validation_exclusions(self) -> set[str]:
        # One row alone cannot tell: the place it asks for may be about to become free.
        return super()._get_validation_exclusions() | {"position"}


class PositionedFormSet(forms.BaseInlineFormSet):
    """Gives new rows the next places, and lets rows trade places under a unique constraint."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        forms: list[Any] = self.forms
        taken: set[int] = set()
        kept = [form for form in forms if form not in self.deleted_forms and form.stands()]
        for form in kept:
            position = form.cleaned_data.get("position")
            if position in taken:
                raise ValidationError(f"Two rows cannot both stand at position {position}.")
            if position is not None:
                if position >= ASIDE:
                    raise ValidationError(f"Positions run from 0 to {ASIDE - 1}.")
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
            rows.update(position=F("position") + ASIDE)
        return super().save(commit)
