"""The base of every page in the admin that changes records."""

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
from newsdb.admin.conflicts import is_watched, shown_version
from newsdb.admin.deletion import DeletionMixin
from newsdb.admin.forms import AttributedForm, stated_reason
from newsdb.admin.history import history_page
from newsdb.admin.links import address_of
from newsdb.admin.lists import ListMixin
from newsdb.admin.write_errors import explain_with_link
from newsdb.ledger import Part, Record, attributed
from newsdb.models.write_errors import WRITE_ERRORS


class AttributedAdmin(AutocompleteMixin, ListMixin, DeletionMixin, admin.ModelAdmin):
    """Whatever is written here the ledger attributes to the user, with the reason that the form states.

    What the models or the database refuse comes back as an error of the form or as a message. What another
    has changed since a form was shown is an error of it too; see ``newsdb.admin.conflicts``.
    """

    form = AttributedForm

    def attributed(self, request: HttpRequest) -> AbstractContextManager[None]:
        """One transaction in the user's name."""
        return attributed(by=request.user.get_username(), reason=stated_reason(request))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        if request.method != "POST":
            if object_id and is_watched(self.model):
                row = self.get_object(request, unquote(object_id))
                request.shown_version = row and shown_version(row)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with self.attributed(request):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except WRITE_ERRORS as error:
            _take_back_messages(request)
            # The form again as it was filled in; it holds the refusal, so that nothing is saved this time.
            request.refusal = explain_with_link(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        return self._or_refusal(request, super().changelist_view, request, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        return self._or_refusal(request, super().delete_view, request, object_id, extra_context)

    def _or_refusal(self, request: HttpRequest, view: Callable[..., Any], *args: Any) -> Any:
        try:
            with self.attributed(request):
                return view(*args)
        except WRITE_ERRORS as error:
            _take_back_messages(request)
            for message in explain_with_link(error):
                self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", ())
        form.shown_version = getattr(request, "shown_version", None)
        form.versioned = bool(obj) and is_watched(self.model) and self.has_change_permission(request, obj)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj and self.has_change_permission(request, obj):
            hidden = ("seen_version",) if is_watched(self.model) else ()
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
        """Buttons on a record's page: what each says, and where it leads."""
        return iter(())

    def notices(self, request: HttpRequest, record: Any) -> Iterator[str]:
        """What to know about a record before changing it."""
        return iter(())

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where the API shows it: by slug where it has one, else by uid."""
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
        if isinstance(getattr(record, "record", None), Part):  # its history is that of the whole
            return HttpResponseRedirect(address_of(getattr(record, record.record.of), "history"))
        if not isinstance(getattr(record, "record", None), Record):
            return super().history_view(request, object_id, extra_context)
        return self.page(
            request, "newsdb/admin/history.html", "History", record, history_page(request, record)
        )

    def find(self, request: HttpRequest, object_id: str, *, to_change: bool = False) -> Any:
        """The record at an address, or the redirect that says there is none.

        Raises ``PermissionDenied`` where the user may not see it, or not change it.
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
        """A page about a record (or, with None, about the list) that is neither its form nor a list."""
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


def _take_back_messages(request: HttpRequest) -> None:
    """What was about to be called a success was none."""
    list(messages.get_messages(request))
