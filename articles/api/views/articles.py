"""Articles, and the links printed with them."""

from articles.api import jsonld
from articles.api.filters import ArticleFilterSet, RelatedLinkFilterSet
from articles.api.inputs.articles import ArticleInput
from articles.api.serializers import ArticleDetailSerializer, ArticleSerializer, RelatedLinkSerializer
from articles.api.views.published import PublishedViewSet
from articles.models import Article, RelatedLink
from articles.services.retraction import restore_article, retract_article
from newsdb.api.endpoints.lists import ListViewSet


class ArticleViewSet(PublishedViewSet):
    """Articles, newest first, undated last."""

    queryset = Article.objects.public()
    serializer_class = ArticleSerializer
    detail_serializer_class = ArticleDetailSerializer
    input_serializer_class = ArticleInput
    retract_record = staticmethod(retract_article)
    restore_record = staticmethod(restore_article)
    filterset_class = ArticleFilterSet
    linked_data = staticmethod(jsonld.article)


class RelatedLinkViewSet(ListViewSet):
    """Every printed link as a row, in the order of its page."""

    queryset = RelatedLink.objects.public()
    serializer_class = RelatedLinkSerializer
    filterset_class = RelatedLinkFilterSet
    ordering = ("related_list__article_id", "related_list__position", "position", "id")
