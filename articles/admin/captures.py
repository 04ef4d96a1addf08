from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path

from articles.admin.captured_text import AttachForm, CaptureForm
from articles.admin.checks import check_capture
from articles.admin.inlines import with_has_text
from articles.admin.marked_text import marked
from articles.admin.receiving import receive_page
from articles.models import Capture
from articles.services.captures import attach_text
from newsdb.admin import AttributedAdmin, Section, address_of
from newsdb.admin.write_errors import explain_with_link
from newsdb.ledger import attributed
from newsdb.models.write_errors import WRITE_ERRORS


@admin.register(Capture)
class CaptureAdmin(AttributedAdmin):
    """Added by pasting or uploading; what was received never changes."""

    section, place = Section.EVIDENCE, 3
    form = CaptureForm
    list_display = ("short_hash", "article", "media_type", "length", "captured_at", "has_text")
    list_filter = ("media_type", ("text", admin.EmptyFieldListFilter))
    list_select_related = ("article",)
    search_fields = ("sha256", "article__headline", "source_url")
    search_help_text = "A hash, words of the article’s headline, or an address."
    date_hierarchy = "captured_at"
    autocomplete_fields = ("article",)
    fields = ("article", "pasted", "file", "source_url", "captured_at")
    facts = ("article", "source_url", "captured_at", "media_type", "length", "sha256", "text_sha256")
    instead_of_deleting = (
        "A capture cannot be deleted while statements are anchored in it. Retract the statements instead."
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.facts, "extractor", "captured_text") if obj else self.fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_has_text(super().get_queryset(request))

    def get_urls(self) -> Any:
        attach, receive = (self.admin_site.admin_view(view) for view in (self.attach, self.receive))
        return [
            path("receive/", receive, name="articles_capture_receive"),
            path("<path:object_id>/attach/", attach, name="articles_capture_attach"),
            *super().get_urls(),
        ]

    def receive(self, request: HttpRequest) -> Any:
        """The form for submitting a page."""
        if not (self.has_add_permission(request) and request.user.has_perm("articles.add_article")):
            raise PermissionDenied
        return receive_page(self, request)

    def attach(self, request: HttpRequest, object_id: str) -> Any:
        """The form for adding the text of a capture later."""
        capture = self.find(request, object_id)
        if not isinstance(capture, Capture):
            return capture
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AttachForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                with attributed(by=request.user.get_username()):
                    attach_text(capture=capture, text=form.content.decode())
                    self._report(request, capture)
            except WRITE_ERRORS as error:
                for message in explain_with_link(error):
                    form.add_error(None, message)
            else:
                return HttpResponseRedirect(address_of(capture))
        return self.page(request, "articles/admin/attach.html", "Add its text", capture, {"form": form})

    def save_model(self, request: HttpRequest, obj: Capture, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._report(request, obj)

    def _report(self, request: HttpRequest, capture: Capture) -> None:
        for level, message in check_capture(capture):
            self.message_user(request, message, level)

    def tools(self, request: HttpRequest, record: Capture) -> Iterator[tuple[str, str]]:
        if record.text is None and self.has_add_permission(request):
            yield "Add its text", address_of(record, "attach")

    @admin.display(description="SHA-256")
    def short_hash(self, capture: Capture) -> str:
        return f"{capture.sha256[:12]}…"

    @admin.display(description="Text stored", boolean=True)
    def has_text(self, capture: Any) -> bool:
        return capture.has_text

    @admin.display(description="Text")
    def captured_text(self, capture: Capture) -> str:
        if capture.text is None:
            return "Not stored; its hashes and anchors are. Anyone who has the text can add it."
        return marked(capture)
