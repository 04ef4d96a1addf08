"""A ModelSerializer for each table, and one viewset."""

from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from tests.bench.options import LIMIT
from tests.bench.stock.models import Actor, Anchor, Article, Capture, Outlet, Statement


class ActorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Actor
        fields = ["slug", "name", "kind", "wikidata_id"]


class OutletSerializer(serializers.ModelSerializer):
    class Meta:
        model = Outlet
        fields = ["slug", "name"]


class ArticleSerializer(serializers.ModelSerializer):
    outlet = OutletSerializer()

    class Meta:
        model = Article
        fields = ["id", "headline", "source_url", "published_on", "published_precision", "outlet"]


class CaptureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Capture
        fields = ["sha256", "text_sha256", "source_url"]


class AnchorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Anchor
        fields = ["exact", "prefix", "suffix", "start", "end"]


class StatementSerializer(serializers.ModelSerializer):
    speaker = ActorSerializer()
    article = ArticleSerializer()
    capture = CaptureSerializer()
    anchors = AnchorSerializer(many=True)

    class Meta:
        model = Statement
        exclude = ["outlet", "sort_date"]


class NumberInFilter(filters.BaseInFilter, filters.NumberFilter):
    pass


class StatementFilterSet(filters.FilterSet):
    speaker = NumberInFilter("speaker")
    date_after = filters.DateFilter("sort_date", "gte")
    date_before = filters.DateFilter("sort_date", "lte")

    class Meta:
        model = Statement
        fields = ["outlet"]


class StatementPagination(CursorPagination):
    page_size = LIMIT
    ordering = ("-sort_date", "-id")


class StatementViewSet(ReadOnlyModelViewSet):
    queryset = (
        Statement._default_manager.filter(status="published")
        .select_related("speaker", "article__outlet", "capture")
        .prefetch_related("anchors")
    )
    serializer_class = StatementSerializer
    filterset_class = StatementFilterSet
    pagination_class = StatementPagination
