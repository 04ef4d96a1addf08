"""Input of checks: a draft, or its quotations."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.checks.checking import Quotation
from newsdb.api.request.input_fields import PartialDateField, StrictCharField
from newsdb.api.request.strict_serializers import StrictSerializer

MAX_TEXT, MAX_QUOTATIONS, MAX_WORDS = 100_000, 250, 5_000


class QuotationInput(StrictSerializer):
    """A quotation to check."""

    words = StrictCharField(max_length=MAX_WORDS, help_text="The words, with or without quotation marks.")
    speaker = StrictCharField(
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="The claimed speaker: a name, slug or Wikidata id.",
    )
    date = PartialDateField(help_text="The claimed date: 2024, 2024-10 or 2024-10-23.")
    outlet = StrictCharField(
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="The claimed outlet: a name, slug, domain or Wikidata id.",
    )

    class Meta:
        example = {"words": "The ferries run again from Sunday", "speaker": "Ada Lind"}


class CheckInput(StrictSerializer):
    """A draft, or quotations; not both."""

    text = StrictCharField(
        required=False,
        max_length=MAX_TEXT,
        trim_whitespace=False,
        help_text="A draft in English. Its quotations are found, each with the speaker that the draft names.",
    )
    language = StrictCharField(
        required=False,
        max_length=35,
        help_text="The draft's language, for example: en. By default it is detected from the text; only"
        " English is"
        " supported.",
    )
    quotations = serializers.ListSerializer(
        child=QuotationInput(),
        required=False,
        allow_empty=False,
        min_length=1,
        max_length=MAX_QUOTATIONS,
        help_text="Quotations, in any language.",
    )

    class Meta:
        example = {"quotations": [QuotationInput.Meta.example]}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Require either a text or quotations. Raises ``ValidationError``."""
        if ("text" in attrs) == ("quotations" in attrs):
            raise serializers.ValidationError("Send either `text` or `quotations`.", code="conflict")
        if "language" in attrs and "text" not in attrs:
            raise ValidationError(
                {"language": [ErrorDetail("Only `text` can have a language.", code="conflict")]}
            )
        return attrs

    @property
    def quotations_given(self) -> list[Quotation]:
        """The quotations of a valid body."""
        return [
            Quotation(each["words"], each.get("speaker", ""), each.get("date"), each.get("outlet", ""))
            for each in self.validated_data["quotations"]
        ]
