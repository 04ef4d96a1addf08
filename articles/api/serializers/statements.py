"""Statements in lists, in full, and for editors."""

from datetime import date
from typing import Any

from django.db import connection
from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer, RoleSerializer
from actors.models import Role
from articles.api.proposals import ProposalSerializer
from articles.api.search import Snippet
from articles.api.serializers.captures import CaptureReferenceSerializer, LatestCaptureSerializer
from articles.api.serializers.references import ArticleReferenceSerializer
from articles.models import Anchor, ClaimReview, Statement
from articles.models.choices import AttributedBy, Status
from newsdb.api.rows.fields import Computed, Siblings, Url
from newsdb.api.rows.reading import prepare_rows
from newsdb.api.rows.serializers import RowSerializer
from newsdb.models.prepared import Placeholder


class AnchorSerializer(RowSerializer):
    """Where a part of the words is: W3C TextQuoteSelector and TextPositionSelector, in code points."""

    class Meta:
        model = Anchor
        fields = ("exact", "prefix", "suffix", "start", "end")
        same_as_parent = ("capture",)  # the statement's own capture
        example = {"exact": "The library stays.", "prefix": "“", "suffix": "” she", "start": 1, "end": 19}


class AttributionSerializer(RowSerializer):
    """Who attributed the words to the speaker, and with what confidence."""

    by = serializers.ChoiceField(
        source="attributed_by", choices=AttributedBy.choices, help_text="curator or extractor."
    )

    class Meta:
        model = Statement
        fields = ("by", "extractor", "extractor_version", "confidence", "reviewed")
        blank_as_null = ("extractor", "extractor_version")
        example = {
            "by": "curator",
            "extractor": None,
            "extractor_version": None,
            "confidence": None,
            "reviewed": True,
        }


class JointSerializer(RowSerializer):
    """Another row of the same joint statement, for another of its speakers."""

    speaker = ActorReferenceSerializer()

    class Meta:
        model = Statement
        fields = ("uid", "speaker")
        example = {"uid": "8f2d3c4b-1a5e-4d6f-9b7a-2c3d4e5f6a70"}


class ClaimReviewSerializer(RowSerializer):
    """A link to a check of the statement that somebody published: newsdb itself judges nothing."""

    class Meta:
        model = ClaimReview
        fields = ("source_url", "publisher", "rating", "published_on", "published_precision")
        blank_as_null = ("published_precision",)
        example = {
            "source_url": "https://checks.example/library",
            "publisher": "Example Checks",
            "rating": "Mostly true",
            "published_on": "2025-03-03",
            "published_precision": "day",
        }


class StatementSerializer(RowSerializer):
    """Words attributed to one speaker in one article, and the evidence for it."""

    url = Url("statement-detail", "uid")
    speaker = ActorReferenceSerializer()
    joint_with = Siblings(
        JointSerializer(many=True),
        "joint_uid",
        visible_if={"status": Status.PUBLISHED.value},
        help_text="The other rows of a joint statement, one per speaker; empty if nobody else said it.",
    )
    article = ArticleReferenceSerializer()
    anchors = AnchorSerializer(many=True, help_text="Where the words are in the capture; one per part.")
    capture = CaptureReferenceSerializer()
    latest_capture = LatestCaptureSerializer()
    attribution = AttributionSerializer(source="*")
    claim_reviews = ClaimReviewSerializer(
        many=True,
        help_text="Links to checks of the statement that others published, with their ratings as printed.",
    )
    snippet = Snippet("text", help_text="In a list with `q`, where the words were found; otherwise null.")

    class Meta:
        model = Statement
        fields = (
            "id",
            "uid",
            "url",
            "kind",
            "text",
            "speaker",
            "speaker_label",
            "cue",
            "audience",
            "language",
            "translated",
            "date",
            "date_precision",
            "date_basis",
            "said_on_source_url",
            "place",
            "joint_uid",
            "joint_with",
            "article",
            "anchors",
            "capture",
            "text_match",
            "text_checked_at",
            "in_latest_capture",
            "latest_capture",
            "attribution",
            "claim_reviews",
            "status",
            "updated_at",
            "snippet",
        )
        blank_as_null = ("date_precision", "date_basis", "said_on_source_url")
        example = {
            "id": 3,
            "uid": "c3f5e0b8-7a5e-4c57-8f0e-6d1f4a2b9c43",
            "kind": "direct",
            "text": "The library stays.",
            "speaker_label": "Ada Example, who chairs the council",
            "cue": "said",
            "audience": "",
            "language": "en",
            "translated": False,
            "date": "2025-02-28",
            "date_precision": "day",
            "date_basis": "said_on",
            "said_on_source_url": None,
            "place": "Example Hall",
            "joint_uid": None,
            "joint_with": [],
            "text_match": "matched",
            "text_checked_at": "2025-03-05T10:00:00Z",
            "in_latest_capture": True,
            "status": "published",
            "updated_at": "2025-03-05T10:00:00Z",
            "snippet": None,
        }


_read_roles = prepare_rows(
    RoleSerializer,
    lambda: (
        Role.objects.filter(actor=Placeholder("speaker"))
        .during(Placeholder("first"), Placeholder("last"))
        .order_by("id")
    ),
)


def _roles_on(speaker: int | None, first: date | None, last: date | None) -> list[dict[str, Any]]:
    if speaker is None or first is None or last is None:
        return []
    as_stored = connection.ops.adapt_datefield_value
    return _read_roles(speaker=speaker, first=as_stored(first), last=as_stored(last))


class StatementDetailSerializer(StatementSerializer):
    """Words attributed to one speaker in one article, the evidence for it, and who the speaker then was."""

    speaker_roles = Computed(
        RoleSerializer(many=True),
        "speaker_id",
        "date",
        "date_last",
        compute=_roles_on,
        help_text="The titles the speaker held on that day, as far as known; empty without a date.",
    )

    proposal = Computed(
        ProposalSerializer(),
        compute=None,
        allow_null=True,
        help_text="For editors: how an extractor came to propose it. Null for others, or if a person"
        " recorded it.",
    )

    class Meta(StatementSerializer.Meta):
        fields = (*StatementSerializer.Meta.fields, "speaker_roles", "proposal")
        example = {**StatementSerializer.Meta.example, "proposal": None}


class ProposedStatementSerializer(StatementDetailSerializer):
    """A statement as editors see it: with how it came to be proposed."""

    proposal = ProposalSerializer()

    class Meta(StatementDetailSerializer.Meta):
        example = {
            **StatementSerializer.Meta.example,
            "status": "proposed",
            "attribution": {
                "by": "extractor",
                "extractor": "newsdb",
                "extractor_version": "0.1.0",
                "confidence": 0.97,
                "reviewed": False,
            },
            "speaker_roles": [],
        }
