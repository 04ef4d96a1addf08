"""The response to a submitted page."""

from rest_framework import serializers

from articles.api.serializers import ArticleDetailSerializer, CaptureSerializer, ProposedStatementSerializer


class LoadedSerializer(serializers.Serializer):
    """The result of submitting a page."""

    action = serializers.ChoiceField(
        choices=["created", "updated", "unchanged"],
        help_text="created: its article is new; updated: the article was known, and something was added;"
        " unchanged: nothing is new.",
    )
    notes = serializers.ListField(
        child=serializers.CharField(),
        help_text="What needs your attention, such as an author whose name two actors have.",
    )
    article = ArticleDetailSerializer(help_text="The page's article.")
    capture = CaptureSerializer(help_text="The page as it was received.")
    proposals = ProposedStatementSerializer(
        many=True, help_text="The article's statements that await review, in the order of the page."
    )

    class Meta:
        example = {"action": "created", "notes": []}
