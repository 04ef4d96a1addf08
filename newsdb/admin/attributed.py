"""The base of every model admin that changes records."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from newsdb.admin.autocomplete import AutocompleteMixin
from newsdb.admin.conflicts import is_versioned, shown_version
from newsdb.admin.deletion import DeletionMixin
from newsdb.admin.forms import AttributedForm, stated_reason
from newsdb.admin.history import history_page
from newsdb.admin.links import address_of
from newsdb.admin.lists import ListMixin
from newsdb.admin.write_errors import explain_with_link
from newsdb.ledger import Part, Record, attributed
from newsdb.models.write_errors import WRITE_ERRORS


class AttributedAdmin(AutocompleteMixin, ListMixin, DeletionMixin, admin.ModelAdmin):
    """A model admin whose writes the ledger attributes to the user, with the reason given in the form.

    If a model or the database refuses a write, the error is shown on the form or as a message. It is also an
    error if somebody else changed the record after the form was opened; see ``newsdb.admin.conflicts``.
    """

    form = AttributedForm

    def attributed(self, request: HttpRequest) -> AbstractContextManager[None]:
        """A transaction whose changes the ledger attributes to the user."""
        return attributed(by=request.user.get_username(), reason=stated_reason(request))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        if request.method != "POST":
            if object_id and is_versioned(self.model):
                row = self.get_object(request, unquote(object_id))
                request.shown_version = row and shown_version(row)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with self.attributed(request):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except WRITE_ERRORS as error:
            _discard_messages(request)
            # Render the form again as it was filled in. ``refusal`` makes it invalid, so nothing is saved.
            request.refusal = explain_with_link(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        return self._run_attributed(request, super().changelist_view, request, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        return self._run_attributed(request, super().delete_view, request, object_id, extra_context)

    def _run_attributed(self, request: HttpRequest, view: Callable[..., Any], *args: Any) -> Any:
        """Run a view in a transaction; if its write is refused, show why and redirect to the same page."""
        try:
            with self.attributed(request):
                return view(*args)
        except WRITE_ERRORS as error:
            _discard_messages(request)
            for message in explain_with_link(error):
                self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", ())
        form.shown_version = getattr(request, "shown_version", None)
        form.versioned = bool(obj) and is_versioned(self.model) and self.has_change_permission(request, obj)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj and self.has_change_permission(request, obj):
            hidden = ("seen_version",) if is_versioned(self.model) else ()
            fieldsets.append((None, {"fields": ("reason", *hidden)}))
        return fieldsets

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        record = context.get("original")
        context["without_history"] = not hasattr(self.model, "record")
        if record:
            context["title"], context["subtitle"] = str(record), None
            context["tools"] = list(self.tools(request, record))
            context["notices"] = list(self.notices(request, record))
        return super().render_change_form(request, context, *args, **kwargs)

    def tools(self, request: HttpRequest, record: Any) -> Iterator[tuple[str, str]]:
        """The buttons on a record's page, as pairs of label and URL."""
        return iter(())

    def notices(self, request: HttpRequest, record: Any) -> Iterator[str]:
        """Notices shown at the top of a record's page, such as that it was merged."""
        return iter(())

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The record's address in the API, or None if the API does not have it."""
        described = getattr(self.model, "record", None)
        if obj is None or not isinstance(described, Record):
            return None
        try:
            return reverse(f"{described.type}-detail", args=[getattr(obj, "slug", obj.uid)])
        except NoReverseMatch:
            return None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.find(request, object_id)
        if not isinstance(record, self.model):
            return record
        if isinstance(getattr(record, "record", None), Part):  # only the whole record has a history
            return HttpResponseRedirect(address_of(getattr(record, record.record.of), "history"))
        if not isinstance(getattr(record, "record", None), Record):
            return super().history_view(request, object_id, extra_context)
        return self.page(
            request, "newsdb/admin/history.html", "History", record, history_page(request, record)
        )

    def find(self, request: HttpRequest, object_id: str, *, to_change: bool = False) -> Any:
        """The record with this id; if there is none, Django's redirect that says so.

        Raises ``PermissionDenied`` if the user may not view it or, with ``to_change``, may not change it.
        """
        record = self.get_object(request, unquote(object_id))
        allowed = self.has_change_permission if to_change else self.has_view_or_change_permission
        if not allowed(request, record):
            raise PermissionDenied
        return record or self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
            request, self.opts, object_id
        )

    def page(
        self, request: HttpRequest, template: str, title: str, record: Any, context: dict[str, Any]
    ) -> TemplateResponse:
        """Render a custom page about ``record``, or about the whole list if it is None."""
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "title": title,
                "subtitle": str(record) if record else None,
                "opts": self.opts,
                "object": record,
                "object_url": address_of(record) if record else "",
                "media": self.media,
                **context,
            },
        )


def _discard_messages(request: HttpRequest) -> None:
    """Drop the success messages that were queued before the write was refused."""
    list(messages.get_messages(request))
