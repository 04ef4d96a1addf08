"""Serializers for how statements were proposed, for editors."""

from rest_framework import serializers

from articles.models import Proposal
from newsdb.api.rows.fields import JSONColumn
from newsdb.api.rows.serializers import RowSerializer


class EvidenceSerializer(serializers.Serializer):
    """What one method found about who said it."""

    method = serializers.CharField(help_text="cue, discourse, or denial (words stating that nobody said it).")
    name = serializers.CharField(help_text="The speaker's fullest name in the text; may be empty.")
    start = serializers.IntegerField(
        allow_null=True,
        help_text="Offset of the first code point of the printed name, counted from 0, or null.",
    )
    end = serializers.IntegerField(
        allow_null=True, help_text="Offset just past its last code point, or null."
    )

    class Meta:
        example = {"method": "cue", "name": "Ada Example", "start": 26, "end": 37}


class ProposalSerializer(RowSerializer):
    """How an extractor came to propose the statement, and what a person decided."""

    evidence = JSONColumn(EvidenceSerializer(many=True), "evidence", help_text="What each method found.")

    class Meta:
        model = Proposal
        fields = ("name", "mention_start", "mention_end", "words", "evidence", "decision", "decided_at")
        blank_as_null = ("decision",)
        example = {
            "name": "Ada Example",
            "mention_start": 26,
            "mention_end": 37,
            "words": "The library stays.",
            "decision": None,
            "decided_at": None,
        }
