"""The constraints of statements."""

from django.db.models import BaseConstraint, CheckConstraint, Q

from articles.models.choices import AttributedBy, Kind, Match, Status
from newsdb.models.constraints import clean_text, dated, one_of, web_address

CONSTRAINTS: list[BaseConstraint] = [
    clean_text(
        "articles_statement_clean_text",
        *("text", "speaker_label", "cue", "audience", "place", "retraction_reason"),
        *("extractor", "extractor_version"),
    ),
    one_of("articles_statement_kind", "kind", Kind),
    one_of("articles_statement_status", "status", Status),
    one_of("articles_statement_attributed_by", "attributed_by", AttributedBy),
    one_of("articles_statement_text_match", "text_match", Match),
    dated("articles_statement_said_precision", "said_on", "said_precision"),
    web_address("articles_statement_said_on_source_url", "said_on_source_url"),
    CheckConstraint(
        name="articles_statement_worded",
        condition=~Q(text=""),
        violation_error_message="A statement needs words.",
    ),
    CheckConstraint(
        name="articles_statement_matched_in_a_capture",
        condition=~Q(text_match=Match.MATCHED) | Q(capture__isnull=False, text_checked_at__isnull=False),
        violation_error_message="Only words that were checked against a capture can be matched.",
    ),
    CheckConstraint(
        name="articles_statement_latest_capture_named",
        condition=Q(in_latest_capture=None, latest_capture=None)
        | Q(in_latest_capture__isnull=False, latest_capture__isnull=False),
        violation_error_message="Set in_latest_capture and latest_capture, or leave both null.",
    ),
    CheckConstraint(
        name="articles_statement_source_of_a_day",
        condition=Q(said_on_source_url="") | Q(said_on__isnull=False),
        violation_error_message="said_on_source_url needs a date in said_on.",
    ),
    CheckConstraint(
        name="articles_statement_extractor_named",
        condition=Q(attributed_by="curator", extractor="", confidence=None)
        | Q(attributed_by="extractor", confidence__isnull=False, confidence__range=(0, 1)) & ~Q(extractor=""),
        violation_error_message="An extractor needs a name and a confidence from 0 to 1; a curator"
        " has neither.",
    ),
    CheckConstraint(
        name="articles_statement_retraction_explained",
        condition=Q(status="retracted", retracted_at__isnull=False) & ~Q(retraction_reason="")
        | ~Q(status="retracted") & Q(retracted_at=None, retraction_reason=""),
        violation_error_message="A retraction needs a time and a reason; nothing else may have them.",
    ),
]
