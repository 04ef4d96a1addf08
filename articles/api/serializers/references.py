"""Articles, as other records name them."""

from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.models import Article
from newsdb.api.rows.serializers import RowSerializer


class ArticleReferenceSerializer(RowSerializer):
    """An article, as other records name it."""

    outlet = OutletReferenceSerializer()

    class Meta:
        model = Article
        fields = ("uid", "id", "headline", "source_url", "published_on", "published_precision", "outlet")
        blank_as_null = ("source_url", "published_precision")
        example = {
            "uid": "5b0a4f6e-2a43-4f0c-9a67-9d7c2f1b8e32",
            "id": 1,
            "headline": "Council keeps the library open",
            "source_url": "https://gazette.example/library",
            "published_on": "2025-03-01",
            "published_precision": "day",
        }
