"""Actors as speakers and as authors, with counts."""

from rest_framework import serializers

from actors.api.serializers import ActorSerializer
from actors.models import Actor


class SpeakerSerializer(ActorSerializer):
    """An actor who is quoted, and how often."""

    statement_count = serializers.IntegerField(
        min_value=0, help_text="How many of its statements are public here."
    )

    class Meta(ActorSerializer.Meta):
        model = Actor
        fields = (*ActorSerializer.Meta.fields, "statement_count")
        example = {**ActorSerializer.Meta.example, "statement_count": 1}


class AuthorSerializer(ActorSerializer):
    """An actor with bylines, and how many."""

    article_count = serializers.IntegerField(
        min_value=0, help_text="How many of its articles are public here."
    )

    class Meta(ActorSerializer.Meta):
        model = Actor
        fields = (*ActorSerializer.Meta.fields, "article_count")
        example = {**ActorSerializer.Meta.example, "article_count": 1}
