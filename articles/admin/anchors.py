from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from articles.admin.inlines import ReadOnlyInline
from articles.models import Anchor
from newsdb.admin import link_to


class AnchorInline(ReadOnlyInline):
    """The positions of the words; found from the words, not typed."""

    model = Anchor
    fields = readonly_fields = (
        "position",
        "in_context",
        "start",
        "end",
        "capture_link",
        "match",
        "checked_at",
    )
    verbose_name_plural = "anchors: where the words stand in the captured text"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("capture").defer("capture__text")

    @admin.display(description="Words in context")
    def in_context(self, anchor: Anchor) -> str:
        return format_html(
            '<span class="quote"><span class="context">{}</span>{}<span class="context">{}</span></span>',
            anchor.prefix,
            anchor.exact,
            anchor.suffix,
        )

    @admin.display(description="Capture")
    def capture_link(self, anchor: Anchor) -> str:
        return link_to(anchor.capture, f"{anchor.capture.sha256[:12]}…")
