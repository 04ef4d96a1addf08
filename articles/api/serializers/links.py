"""Links printed with an article, in their lists and as rows of their own."""

from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.api.serializers.references import ArticleReferenceSerializer
from articles.models import RelatedLink, RelatedList
from newsdb.api.rows.serializers import RowSerializer


class TargetSerializer(ArticleReferenceSerializer):
    """The article that a printed link leads to, while it is public."""

    class Meta(ArticleReferenceSerializer.Meta):
        visible_if = {"status": "published"}


class PrintedLinkSerializer(RowSerializer):
    """One link of a printed list."""

    outlet = OutletReferenceSerializer()
    target = TargetSerializer()

    class Meta:
        model = RelatedLink
        fields = (
            "position",
            "title",
            "source_url",
            "section",
            "outlet_label",
            "outlet",
            "printed_date",
            "published_on",
            "published_precision",
            "target",
        )
        blank_as_null = ("source_url", "published_precision")
        example = {
            "position": 0,
            "title": "Bridge reopens",
            "source_url": "https://gazette.example/bridge",
            "section": "Local",
            "outlet_label": "The Example Gazette",
            "printed_date": "5 days ago",
            "published_on": None,
            "published_precision": None,
            "target": None,
        }


class RelatedListSerializer(RowSerializer):
    """A list of links printed with an article."""

    links = PrintedLinkSerializer(many=True, help_text="In the order printed.")

    class Meta:
        model = RelatedList
        fields = ("position", "title", "links")
        example = {"position": 0, "title": "Topics"}


class ListReferenceSerializer(RowSerializer):
    """The printed list that a link is in."""

    class Meta:
        model = RelatedList
        fields = ("position", "title")
        example = {"position": 0, "title": "Topics"}


class RelatedLinkSerializer(PrintedLinkSerializer):
    """A printed link as a row of its own."""

    article = ArticleReferenceSerializer(
        source="related_list.article", help_text="The article it is printed with."
    )
    list = ListReferenceSerializer(source="related_list")

    class Meta(PrintedLinkSerializer.Meta):
        fields = ("id", "article", "list", *PrintedLinkSerializer.Meta.fields)
        example = {"id": 1, **PrintedLinkSerializer.Meta.example}
