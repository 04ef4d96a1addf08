from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from articles.models.capture import Capture
from articles.models.choices import Match
from articles.models.statement import Statement
from newsdb.ledger import Part
from newsdb.models.constraints import clean_text, one_of
from newsdb.models.fields import CharField, TextField
from newsdb.models.querysets import NaturalKey, QuerySet

#: Code points of context on either side of an anchor; always public.
CONTEXT = 32


class Anchor(NaturalKey):
    """Where a statement's words are in a capture: W3C TextQuoteSelector and TextPositionSelector.

    Offsets count Unicode code points of the decoded text from 0; ``end`` is exclusive. One row per part.
    """

    record = Part(of="statement", name="anchors")

    # An anchor is meaningless without its statement.
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="anchors")
    capture = models.ForeignKey(
        Capture,
        # Captures are evidence: they cannot be deleted while they have anchors.
        on_delete=models.PROTECT,
        related_name="anchors",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="0 for the first part of the quotation.")
    exact = TextField(help_text="The words, without quotation marks.")
    prefix = CharField(
        max_length=CONTEXT, blank=True, default="", help_text="Up to 32 code points before them."
    )
    suffix = CharField(
        max_length=CONTEXT, blank=True, default="", help_text="Up to 32 code points after them."
    )
    start = models.PositiveIntegerField(help_text="Offset of the first code point, counted from 0.")
    end = models.PositiveIntegerField(help_text="Offset just past the last code point.")
    match = CharField(max_length=10, choices=Match, default=Match.UNCHECKED, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)

    objects = QuerySet.as_manager()
    natural_key_fields = ("statement__uid", "capture__sha256", "position")

    class Meta:
        ordering = ["capture_id", "position", "id"]
        constraints = [
            clean_text("articles_anchor_clean_text", "exact", "prefix", "suffix"),
            one_of("articles_anchor_match", "match", Match),
            models.UniqueConstraint(
                fields=["statement", "capture", "position"],
                name="articles_anchor_position_once",
                violation_error_message="Two parts cannot have the same position.",
            ),
            models.CheckConstraint(
                name="articles_anchor_start_before_end",
                condition=Q(start__lt=F("end")),
                violation_error_message="An anchor must start before it ends.",
            ),
            models.CheckConstraint(
                name="articles_anchor_spans_its_words",
                condition=Q(end=F("start") + Length("exact")),
                violation_error_message="end minus start must be the length of the words in code points.",
            ),
            models.CheckConstraint(
                name="articles_anchor_context_length",
                condition=Q(prefix__length__lte=CONTEXT) & Q(suffix__length__lte=CONTEXT),
                violation_error_message=f"prefix and suffix can have at most {CONTEXT} code points each.",
            ),
            models.CheckConstraint(
                name="articles_anchor_checked_when",
                condition=Q(match="unchecked", checked_at=None)
                | ~Q(match="unchecked") & Q(checked_at__isnull=False),
                violation_error_message="A match or mismatch needs the time of the check.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"
