"""Input of statements: by words or by anchors."""

from collections.abc import Iterator
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.serializers import ListSerializer

from actors.api.inputs import ActorField
from articles.api.inputs.fields import ArticleField, CaptureField
from articles.api.inputs.joint import JointInput
from articles.api.inputs.words import anchoring_errors, refuse_marks
from articles.models import Anchor, ClaimReview, Statement
from articles.models.choices import AttributedBy, Status
from articles.reading.anchors import Anchored
from articles.services.anchoring import AnchoredWords, KnownStarts, Words
from articles.services.corrections import REASON_FOR_SPEAKER, needs_reason_for
from articles.services.review import change_statement
from articles.services.statements import record_statement
from newsdb.api.request.batches import MAX_RECORDS, BatchInput
from newsdb.api.request.input_fields import (
    BoundedListField,
    PartialDateField,
    StrictCharField,
    StrictChoiceField,
    StrictIntegerField,
)
from newsdb.api.request.inputs import MAX_ROWS
from newsdb.api.request.strict_serializers import NestedRowSerializer, StrictModelSerializer

#: The most parts of a quotation.
MAX_PARTS = 20
#: Characters of one part.
MAX_WORDS = 10_000


class AnchorInput(NestedRowSerializer):
    """Where a part of the words is in the capture, in code points from 0; `end` is exclusive."""

    class Meta:
        model = Anchor
        fields = ("exact", "prefix", "suffix", "start", "end")
        extra_kwargs = {
            "exact": {"trim_whitespace": False, "max_length": MAX_WORDS},
            "prefix": {"trim_whitespace": False},
            "suffix": {"trim_whitespace": False},
        }

    def validate(self, attrs: dict[str, Any]) -> Any:
        """Return the anchor as a position. Raises ``ValidationError``."""
        if attrs["end"] != attrs["start"] + len(attrs["exact"]):
            detail = f"end minus start must be the length of the words, {len(attrs['exact'])}."
            raise ValidationError({"end": [ErrorDetail(detail, code="conflict")]})
        return Anchored(**{"prefix": "", "suffix": "", **attrs})


class AttributionInput(StrictModelSerializer):
    """Who attributed the words to the speaker, and with what confidence."""

    by = StrictChoiceField(
        source="attributed_by",
        choices=AttributedBy.choices,
        required=False,
        help_text="curator or extractor.",
    )

    class Meta:
        model = Statement
        fields = ("by", "extractor", "extractor_version", "confidence", "reviewed")
        blank_as_null = ("extractor", "extractor_version")
        extra_kwargs = {"confidence": {"min_value": 0, "max_value": 1}}


class ClaimReviewInput(NestedRowSerializer):
    """A link to somebody's published check of the statement."""

    published_on = PartialDateField(
        help_text="The day, month or year in which the review was published, or null if unknown."
    )

    class Meta:
        model = ClaimReview
        fields = ("source_url", "publisher", "rating", "published_on", "published_precision")
        blank_as_null = ("published_precision",)
        partial_dates = {"published_on": "published_precision"}


class StatementInput(JointInput):
    """Words attributed to one speaker in one article, as input.

    Give `words`, the parts of the quotation in order: their places are found in the captures. Where a text
    has a part more than once, the error `ambiguous` lists the `places` and the `capture` they are in:
    send the words again with that `capture` and the `start` of the place that is meant, in `starts`.

    Or give `anchors` and the `capture` they refer to; they are checked if its text is available.

    What you change of a statement that an extractor attributed is attributed to a curator, unless you give an
    `attribution`. Another `speaker` then requires a `speaker_label`, and clears `cue`, `audience` and
    `said_on` unless you give them.
    """

    article = ArticleField(help_text="The `uid` of the article it is printed in.")
    words = BoundedListField(
        child=StrictCharField(trim_whitespace=False, max_length=MAX_WORDS),
        required=False,
        min_length=1,
        max_length=MAX_PARTS,
        help_text="The words without quotation marks; an interrupted quotation has several parts.",
    )
    starts = BoundedListField(
        child=StrictIntegerField(allow_null=True),
        required=False,
        min_length=1,
        max_length=MAX_PARTS,
        help_text="With `words`: where each part starts in `capture`, in code points; null for a part that"
        " occurs only once.",
    )
    capture = CaptureField(
        required=False,
        max_length=64,
        help_text="The SHA-256 of the capture that `anchors` or `starts` refer to.",
    )
    anchors = AnchorInput.list_of(
        min_length=1, max_length=MAX_PARTS, help_text="Where the words are, instead of `words`; one per part."
    )
    speaker = ActorField(
        required=False, allow_null=True, help_text="The slug of the actor who said it; null if unnamed."
    )
    said_on = PartialDateField(help_text="The day, month or year in which it was said, or null if unknown.")
    attribution = AttributionInput(
        source="*", required=False, help_text="Who attributed the words; a curator if omitted."
    )
    claim_reviews = ClaimReviewInput.list_of(
        max_length=MAX_ROWS, help_text="Links to checks of the statement that others published."
    )
    status = StrictChoiceField(
        choices=[status for status in Status.values if status != Status.RETRACTED],
        required=False,
        help_text="Only published statements are public. A proposed one can be published or rejected, a"
        " rejected one proposed again or published, and a published one only retracted.",
    )

    class Meta:
        model = Statement
        fields = (
            *("uid", "article", "kind", "words", "starts", "capture", "anchors", "speaker", "speaker_label"),
            *("speakers", "cue", "audience", "language", "translated", "said_on", "said_precision"),
            *("said_on_source_url", "place", "attribution", "claim_reviews", "status", "reason"),
        )
        creation_only = ("uid", "article", "speakers")
        blank_as_null = ("said_precision", "said_on_source_url")
        partial_dates = {"said_on": "said_precision"}
        identities = {"uid": "uid"}
        extra_kwargs = {"said_precision": {"help_text": "Follows from how `said_on` is written if omitted."}}
        pointers = {
            "text": ("words",),
            "attributed_by": ("attribution", "by"),
            "extractor": ("attribution", "extractor"),
            "extractor_version": ("attribution", "extractor_version"),
            "confidence": ("attribution", "confidence"),
        }
        example = {
            "article": "5b0a4f6e-2a43-4f0c-9a67-9d7c2f1b8e32",
            "kind": "direct",
            "words": ["The library stays."],
            "speaker": "ada-example",
            "speaker_label": "Ada Example, who chairs the council",
            "cue": "said",
            "language": "en",
            "said_on": "2025-02-28",
            "place": "Example Hall",
        }
        patch_example = {"speaker": "ada-example", "reason": "Her name is on page 2."}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check the fields together. Raises ``ValidationError``."""
        errors = {name: [ErrorDetail(*error)] for name, error in self._contradictions(attrs)}
        if errors:
            raise ValidationError(errors)
        if attrs.get("attributed_by") == AttributedBy.EXTRACTOR and self.instance is None:
            attrs.setdefault("reviewed", False)  # default for extracted statements
        if self._publishes(attrs):
            attrs.setdefault("reviewed", True)
        return attrs

    def _publishes(self, attrs: dict[str, Any]) -> bool:
        """Whether this publishes a statement that was not public."""
        unpublished = self.instance is not None and self.instance.status in (Status.PROPOSED, Status.REJECTED)
        return unpublished and attrs.get("status") == Status.PUBLISHED

    def _contradictions(self, attrs: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
        if {"anchors", "starts"} & set(attrs) and "capture" not in attrs:
            yield "capture", ("Name the capture that `anchors` or `starts` refer to.", "required")
        if "capture" in attrs and not {"anchors", "starts"} & set(attrs):
            yield "anchors", ("Give anchors, or words and their starts, in this capture.", "required")
        if "starts" in attrs and len(attrs["starts"]) != len(attrs.get("words", ())):
            yield "starts", ("Give one start, or null, for each part of `words`.", "conflict")
        if "words" in attrs and "anchors" in attrs:
            yield "words", ("The words are those of the anchors: give one or the other.", "conflict")
        if "words" not in attrs and "anchors" not in attrs and self.instance is None:
            yield "words", ("Give the words, or anchors and their capture.", "required")
        article: Any = attrs.get("article") or getattr(self.instance, "article", None)
        if "capture" in attrs and attrs["capture"].article_id != article.pk:
            yield "capture", ("It is a capture of another article.", "conflict")
        if self.instance is None:
            if attrs.get("status") == Status.REJECTED:
                yield "status", ("A new statement must be proposed or published.", "conflict")
            yield from self.joint_contradictions(attrs)
            return
        speaker = attrs.get("speaker", self.instance.speaker)
        if not attrs.get("reason") and needs_reason_for(statement=self.instance, speaker=speaker):
            yield "reason", (REASON_FOR_SPEAKER, "required")
        if self._publishes(attrs) and self.instance.speaker is None and "speaker" not in attrs:
            yield "speaker", ("Say who said it, or null if unknown.", "required")
        published = self.instance.status == Status.PUBLISHED
        if published and attrs.get("status", Status.PUBLISHED) != Status.PUBLISHED:
            yield "status", ("A published statement can only be retracted, with a reason.", "conflict")

    def write(self, record: Statement, values: dict[str, Any]) -> Statement:
        """Create or update the statement, and anchor its words."""
        by, reason = values.pop("by"), values.pop("reason", "")
        reviews = values.pop("claim_reviews", None)
        words, anchors = values.pop("words", None), values.pop("anchors", None)
        capture, starts = values.pop("capture", None), values.pop("starts", None)
        wording: Any = None
        if anchors is not None:
            wording = AnchoredWords(capture, anchors)
        elif words:
            wording = Words(words, KnownStarts(capture, starts) if starts else None)
        refuse_marks(words or (), values.get("kind", record.kind))
        with self.map_model_errors(), anchoring_errors(words, anchors):
            if record._state.adding:
                record = record_statement(wording=wording, **values)
            else:
                change_statement(statement=record, wording=wording, changes=values, by=by, reason=reason)
        if reviews is not None:
            rows = [ClaimReview(statement=record, **each) for each in reviews]
            self.replace_rows(record, "claim_reviews", rows)
        return record


class StatementsInput(BatchInput):
    """New statements, all of which are created, or none."""

    statements = ListSerializer(
        child=StatementInput(),
        allow_empty=False,
        min_length=1,
        max_length=MAX_RECORDS,
        help_text="Each in the form that `statements/` takes.",
    )

    class Meta:
        rows = "statements"
        example = {"statements": [StatementInput.Meta.example]}
