"""A captured text with the words of its statements marked."""

from django.utils.html import format_html, format_html_join

from articles.models import Capture
from newsdb.admin import link_to


def marked(capture: Capture) -> str:
    """The text as HTML; if anchors overlap, only the first is marked."""
    text = capture.text or ""
    pieces: list[tuple[str, str]] = []
    place = 0
    for anchor in capture.anchors.select_related("statement__speaker").order_by("start", "end"):
        if anchor.start < place or anchor.end > len(text):
            continue
        words = format_html("<mark>{}</mark>", text[anchor.start : anchor.end])
        pieces.append((text[place : anchor.start], link_to(anchor.statement, words)))
        place = anchor.end
    pieces.append((text[place:], ""))
    return format_html('<pre class="text">{}</pre>', format_html_join("", "{}{}", pieces))
