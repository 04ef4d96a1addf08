"""Input of captured pages."""

from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.models import Capture
from articles.reading.documents import Document, hash_of
from articles.reading.page import DeclaredMetadata
from articles.reading.page.organisations import author_called
from articles.reading.page.parts import MAX_AUTHORS
from newsdb.api.request.input_fields import (
    BoundedListField,
    PartialDateField,
    StrictCharField,
    StrictDateTimeField,
)
from newsdb.api.request.inputs import MAX_REASON
from newsdb.api.request.strict_serializers import StrictModelSerializer
from newsdb.dates import PartialDate, latest_day


class CaptureInput(StrictModelSerializer):
    """A captured page and its metadata, which override what the page prints."""

    never_empty = True  # although no single field is required

    text = StrictCharField(
        required=False, trim_whitespace=False, help_text="The page as plain text; or give `html`."
    )
    html = StrictCharField(
        required=False, trim_whitespace=False, help_text="The page as HTML; or give `text`."
    )
    captured_at = StrictDateTimeField(
        required=False, allow_null=True, help_text="When it was captured, or null if unknown."
    )
    outlet = StrictCharField(required=False, max_length=200, help_text="The outlet's name.")
    headline = StrictCharField(required=False, max_length=500, help_text="As printed.")
    authors = BoundedListField(
        child=StrictCharField(max_length=200),
        required=False,
        max_length=MAX_AUTHORS,
        help_text="The authors' names as printed.",
    )
    language = StrictCharField(required=False, max_length=35, help_text="BCP 47 tag, for example: en.")
    published_on = PartialDateField(
        help_text="The day, month or year in which it was published, or null if unknown."
    )
    reason = StrictCharField(
        required=False,
        allow_blank=True,
        max_length=MAX_REASON,
        help_text="The reason; public in the history of each record that it changes.",
    )

    class Meta:
        model = Capture
        fields = (
            *("text", "html", "source_url", "captured_at", "outlet", "headline", "authors", "language"),
            *("published_on", "reason"),
        )
        blank_as_null = ("source_url",)
        example = {
            "text": "The Example Gazette\nMarch 1, 2025\nCouncil keeps the library open\n“The library stays,”"
            " …",
            "source_url": "https://gazette.example/library",
            "captured_at": "2025-03-05T10:00:00Z",
        }

    def validate_published_on(self, day: PartialDate | None) -> PartialDate | None:
        """Refuse a date in the future."""
        if day and day.first > latest_day():
            raise ValidationError("This is in the future.")
        return day

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Require exactly one of text and html. Raises ``ValidationError``."""
        if ("text" in attrs) == ("html" in attrs):
            raise ValidationError([ErrorDetail("Give either text or html.", code="required")])
        return attrs

    @property
    def document(self) -> Document:
        """The page as a document for loading."""
        values = self.validated_data
        decoded = values.get("text") or values["html"]
        return Document(
            id="the page",
            sha256=hash_of(decoded.encode()),
            decoded=decoded,
            media_type="text/plain" if "text" in values else "text/html",
            source_url=values.get("source_url", ""),
            captured_at=values.get("captured_at"),
            declared=DeclaredMetadata(
                outlet=values.get("outlet", ""),
                headline=values.get("headline", ""),
                language=values.get("language", ""),
                published=values.get("published_on"),
                authors=tuple(map(author_called, values.get("authors", ()))),
            ),
        )
