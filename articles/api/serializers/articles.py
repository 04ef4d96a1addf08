"""Articles, in lists and in full."""

from actors.api.serializers import ActorReferenceSerializer
from articles.api.search import Snippet
from articles.api.serializers.captures import CaptureSerializer
from articles.api.serializers.links import RelatedListSerializer
from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.api.serializers.references import ArticleReferenceSerializer
from articles.models import Article, Byline
from newsdb.api.rows.fields import Url
from newsdb.api.rows.serializers import RowSerializer


class BylineSerializer(RowSerializer):
    """An author of an article, as printed."""

    author = ActorReferenceSerializer()

    class Meta:
        model = Byline
        fields = ("position", "author", "printed_name", "note")
        example = {"position": 0, "printed_name": "A. Example", "note": ""}


class ArticleSerializer(RowSerializer):
    """One piece as one outlet published it."""

    url = Url("article-detail", "uid")
    outlet = OutletReferenceSerializer()
    bylines = BylineSerializer(many=True, help_text="The authors, in the order printed.")
    snippet = Snippet(
        "headline",
        "deck",
        help_text="In a list with `q`, the match in headline or deck; otherwise null.",
    )

    class Meta:
        model = Article
        fields = (
            "id",
            "uid",
            "url",
            "headline",
            "deck",
            "outlet",
            "section",
            "language",
            "source_url",
            "published_on",
            "published_precision",
            "bylines",
            "updated_at",
            "snippet",
        )
        blank_as_null = ("source_url", "published_precision")
        example = {
            **ArticleReferenceSerializer.Meta.example,
            "deck": "",
            "section": "Local",
            "language": "en",
            "updated_at": "2025-03-05T10:00:00Z",
            "snippet": None,
        }


class ArticleDetailSerializer(ArticleSerializer):
    """One piece as one outlet published it, with its captures and the lists of links printed with it."""

    captures = CaptureSerializer(many=True, help_text="The article's captured texts.")
    related_lists = RelatedListSerializer(many=True, help_text="In the order printed.")

    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "captures", "related_lists")
