"""Autocomplete fields: the user types part of a name to choose a related record."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

#: The largest id that both databases accept in a query.
MAX_ID = 2**63 - 1


def is_id(value: object) -> bool:
    """Whether ``value`` has the form of a row's id, as a number or as text."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= MAX_ID


class AutocompleteView(AutocompleteJsonView):
    """Django's view, which labels options with the model admin's ``option_label``, if it has one.

    The parameter ``leave_out`` is the id of a record that is not offered.
    """

    def get_queryset(self) -> Any:
        left_out = self.request.GET.get("leave_out", "")
        found = super().get_queryset()
        return found.exclude(pk=left_out) if is_id(left_out) else found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "option_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}


def autocomplete_view(request: HttpRequest) -> HttpResponse:
    """The JSON list of options that match what was typed."""
    answer: Any = AutocompleteView.as_view(admin_site=admin.site)(request)
    return answer


class Autocomplete(AutocompleteSelect):
    """Django's widget, but a value that cannot be an id selects nothing, where Django's would fail."""

    #: The record that is already selected, so that a page of many rows does not query each of them.
    chosen: Model | None = None
    #: A record that is not offered.
    left_out: Model | None = None

    def get_url(self) -> str:
        address: str = super().get_url()
        return f"{address}?leave_out={self.left_out.pk}" if self.left_out else address

    def optgroups(self, name: str, value: Sequence[Any], attr: dict[str, Any] | None = None) -> Any:
        if self.chosen and list(value) == [str(self.chosen.pk)]:
            blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
            return [(None, [*blank, self.create_option(name, self.chosen.pk, str(self.chosen), True, 1)], 0)]
        return super().optgroups(name, [v for v in value if not v or is_id(v)], attr)


def set_chosen(form: ModelForm) -> None:
    """Set ``chosen`` of a form's ``Autocomplete`` widgets to the related records loaded with its row."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, Autocomplete):
            widget.chosen = form.instance._state.fields_cache.get(name)


class AutocompleteMixin(BaseModelAdmin):
    """Uses ``Autocomplete`` for the ``autocomplete_fields`` of a page or an inline."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Deleting another record from here would be too easy; the edit link also serves for viewing it.
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field
