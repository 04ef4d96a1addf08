from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from actors.models import Actor
from articles.api import jsonld
from articles.api.citations import STYLES
from articles.api.coverage import StatementPagination
from articles.api.facets import FacetedViewSet
from articles.api.filters import (
    ArticleFilterSet,
    CountedActorFilterSet,
    OutletFilterSet,
    RelatedLinkFilterSet,
    StatementFilterSet,
)
from articles.api.jsonld import JSONLDRenderer
from articles.api.search import SearchedViewSet
from articles.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    AuthorSerializer,
    OutletSerializer,
    RelatedLinkSerializer,
    SpeakerSerializer,
    StatementDetailSerializer,
    StatementSerializer,
)
from articles.models import Article, Byline, Outlet, RelatedLink, Statement
from articles.querysets import counting_articles, counting_statements
from newsdb.api.export import ExportMixin
from newsdb.api.history import RecordViewSet
from newsdb.api.parameters import ChoiceParameter, Parameter
from newsdb.api.problems import ParameterError, Problem
from newsdb.api.views import ListViewSet


class RetractableViewSet(RecordViewSet):
    """Public records, which say when and why where they were retracted."""

    problems = {410: "It was retracted: `retracted_at` says when and `reason` why."}

    def missing(self, value: Any) -> Response:
        """A retracted record answers 410."""
        model: Any = self.get_queryset().model
        retracted = model.objects.filter(status="retracted", **{self.lookup_field: value}).first()
        if retracted:
            day = retracted.retracted_at.date()
            raise Problem(
                410,
                f"Retracted on {day}: {retracted.retraction_reason}",
                retracted_at=retracted.retracted_at,
                reason=retracted.retraction_reason,
            )
        return super().missing(value)


CITE = ChoiceParameter(choices=list(STYLES), help_text="How to cite it: text, csl-json or bibtex.")


class StatementViewSet(FacetedViewSet, SearchedViewSet, ExportMixin, RetractableViewSet):
    """Who said what, when, and where exactly it is printed; newest first, undated last."""

    queryset = Statement.objects.public()
    serializer_class = StatementSerializer
    detail_serializer_class = StatementDetailSerializer
    filterset_class = StatementFilterSet
    pagination_class = StatementPagination
    ordering = ("-sort_date", "-id")
    renderer_classes = [*ListViewSet.renderer_classes, JSONLDRenderer]
    linked_data = staticmethod(jsonld.statement)

    def known_parameters(self) -> dict[str, Parameter]:
        """One statement can also be had as a citation."""
        known = super().known_parameters()
        return known | {"cite": CITE} if self.action == "retrieve" else known

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """One statement, or how to cite it."""
        answer = super().retrieve(request, *args, **kwargs)
        style = self.parameters.get("cite")
        if style is None or answer.status_code != 200:
            return answer
        for other in ("fields", "omit", "format"):
            if other in self.parameters:
                raise ParameterError(other, "conflict", f"{other} cannot be combined with cite.")
        media_type, write = STYLES[style]
        bylines = Byline.objects.filter(article=answer.data["article"]["id"]).order_by("position")
        authors = list(bylines.values_list("author__name", flat=True))
        return HttpResponse(write(answer.data, authors), media_type)


class ArticleViewSet(SearchedViewSet, ExportMixin, RetractableViewSet):
    """Articles, newest first, undated last."""

    queryset = Article.objects.public()
    serializer_class = ArticleSerializer
    detail_serializer_class = ArticleDetailSerializer
    filterset_class = ArticleFilterSet
    ordering = ("-sort_date", "-id")
    renderer_classes = [*ListViewSet.renderer_classes, JSONLDRenderer]
    linked_data = staticmethod(jsonld.article)


class OutletViewSet(RecordViewSet):
    """Who publishes, by name."""

    queryset = Outlet.objects.all()
    serializer_class = OutletSerializer
    filterset_class = OutletFilterSet
    ordering = ("name_key", "id")
    lookup_field = "slug"


class RelatedLinkViewSet(ListViewSet):
    """Every printed link as a row, in the order of its page."""

    queryset = RelatedLink.objects.public()
    serializer_class = RelatedLinkSerializer
    filterset_class = RelatedLinkFilterSet
    ordering = ("related_list__article_id", "related_list__position", "position", "id")


class SpeakerViewSet(ListViewSet):
    """The actors who are quoted, by name, and how often."""

    queryset = counting_statements(Actor.objects.standing()).filter(statement_count__gt=0)
    serializer_class = SpeakerSerializer
    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")


class AuthorViewSet(ListViewSet):
    """The actors with bylines, by name, and how many."""

    queryset = counting_articles(Actor.objects.standing()).filter(article_count__gt=0)
    serializer_class = AuthorSerializer
    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")
