from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from actors.models import Actor
from articles.api import jsonld
from articles.api.citations import STYLES
from articles.api.coverage import StatementPagination
from articles.api.examples import CITATIONS, EXAMPLES
from articles.api.facets import FacetedViewSet
from articles.api.filters import (
    ArticleFilterSet,
    CountedActorFilterSet,
    OutletFilterSet,
    RelatedLinkFilterSet,
    StatementFilterSet,
)
from articles.api.joint import JointStatementSerializer, RetractionInput
from articles.api.jsonld import JSONLDRenderer
from articles.api.retractable import RetractableViewSet
from articles.api.search import SearchedViewSet
from articles.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    AuthorSerializer,
    OutletSerializer,
    ProposedStatementSerializer,
    RelatedLinkSerializer,
    SpeakerSerializer,
    StatementDetailSerializer,
    StatementSerializer,
)
from articles.api.wording import StatementInput
from articles.api.writing import ArticleInput, OutletInput
from articles.models import Article, Byline, Outlet, RelatedLink, Statement
from articles.models.statement import Status
from articles.querysets import counting_articles, counting_statements
from articles.services.retraction import (
    JointChoiceError,
    restore_article,
    restore_statement,
    retract_article,
    retract_statement,
)
from newsdb.api.endpoints.addressed import AddressedViewSet
from newsdb.api.endpoints.export import ExportMixin
from newsdb.api.endpoints.response_docs import Answer
from newsdb.api.endpoints.views import ListViewSet
from newsdb.api.exceptions import ParameterError, Problem
from newsdb.api.request.parameters import ChoiceParameter, Parameter
from newsdb.api.request.permissions import may_edit, require_editor

JOINT = Answer(
    "Other rows of this joint statement are public: `joint` is required.",
    " ".join(JointChoiceError().messages),
)
CITE = ChoiceParameter(choices=list(STYLES), help_text="How to cite it: text, csl-json or bibtex.")


class StatementViewSet(FacetedViewSet, SearchedViewSet, ExportMixin, RetractableViewSet):
    """Who said what, when, and where exactly it is printed; newest first, undated last."""

    queryset = Statement.objects.public()
    serializer_class = StatementSerializer
    detail_serializer_class = StatementDetailSerializer
    input_serializer_class = StatementInput
    retract_record = staticmethod(retract_statement)
    restore_record = staticmethod(restore_statement)
    filterset_class = StatementFilterSet
    pagination_class = StatementPagination
    ordering = ("-sort_date", "-id")
    renderer_classes = [*ListViewSet.renderer_classes, JSONLDRenderer]
    linked_data = staticmethod(jsonld.statement)
    other_media = CITATIONS
    kept_to_editors = frozenset({"status"})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request. What is not public, and how it came to be proposed, is for editors alone."""
        super().initial(request, *args, **kwargs)
        if getattr(self, "parameters", {}).get("status", Status.PUBLISHED) != Status.PUBLISHED:
            require_editor(request)
        if self.detail_serializer_class is StatementDetailSerializer and may_edit(request):
            self.detail_serializer_class = ProposedStatementSerializer

    def get_queryset(self) -> QuerySet:
        """What is public, or has the status asked for."""
        status = getattr(self, "parameters", {}).get("status", Status.PUBLISHED)
        return super().get_queryset() if status == Status.PUBLISHED else self._all().of_status(status)

    @extend_schema(
        responses={
            201: PolymorphicProxySerializer(
                component_name="NewStatement",
                serializers=[StatementDetailSerializer, JointStatementSerializer],
                resource_type_field_name=None,
            )
        }
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Create a statement, or with `speakers` a joint one: one row per speaker, all of them or none.

        A `uid` that exists, and words that are already published at this place, answer 409 with the `url` of
        the existing statement.
        """
        return super().create(request, **kwargs)

    def answer(self, record: Any, status: int = 200) -> Response:
        """As for any record; the rows of a joint statement together."""
        if not isinstance(record, list):
            return super().answer(record, status)
        results = [self.row_of(each) for each in record]
        return Response({"joint_uid": record[0].joint_uid, "results": results}, status=status)

    @action(
        detail=True,
        methods=["post"],
        input_serializer_class=RetractionInput,
        problems={**RetractableViewSet.problems, 422: JOINT},
    )
    def retract(self, request: Request, **kwargs: Any) -> Response:  # type: ignore[override]
        """Retract the statement: its address shows when and why from now on.

        For a joint statement, `joint` says whether only this row is retracted, or all of them.
        """

        def act(statement: Statement) -> Statement:
            values = self.read_input(self.get_input(data=request.data)).validated_data
            try:
                retract_statement(statement=statement, by=self.writer, **values)
            except JointChoiceError as error:
                detail = " ".join(error.messages)
                errors = [{"pointer": "/joint", "code": "required", "detail": detail}]
                raise Problem(422, detail, errors=errors) from None
            return statement

        return self.change(self._all(), act)

    def known_parameters(self) -> dict[str, Parameter]:
        """One statement can also be had as a citation."""
        known = super().known_parameters()
        return known | {"cite": CITE} if self.reading_action == "retrieve" else known

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
    input_serializer_class = ArticleInput
    retract_record = staticmethod(retract_article)
    restore_record = staticmethod(restore_article)
    filterset_class = ArticleFilterSet
    ordering = ("-sort_date", "-id")
    renderer_classes = [*ListViewSet.renderer_classes, JSONLDRenderer]
    linked_data = staticmethod(jsonld.article)


class OutletViewSet(ExportMixin, AddressedViewSet):
    """Who publishes, by name."""

    examples = EXAMPLES
    queryset = Outlet.objects.all()
    serializer_class = OutletSerializer
    input_serializer_class = OutletInput
    filterset_class = OutletFilterSet
    ordering = ("name_key", "id")
    problems = {
        308: Answer("It has a new address: see Location.", "", ("Location",)),
        410: Answer(
            "The outlet was deleted; its address is never reused.",
            "The outlet the-example-gazette was deleted; its address is never reused.",
        ),
    }


class RelatedLinkViewSet(ExportMixin):
    """Every printed link as a row, in the order of its page."""

    examples = EXAMPLES
    queryset = RelatedLink.objects.public()
    serializer_class = RelatedLinkSerializer
    filterset_class = RelatedLinkFilterSet
    ordering = ("related_list__article_id", "related_list__position", "position", "id")


class SpeakerViewSet(ExportMixin):
    """The actors who are quoted, by name, and how often."""

    examples = EXAMPLES
    queryset = counting_statements(Actor.objects.standing()).filter(statement_count__gt=0)
    serializer_class = SpeakerSerializer
    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")


class AuthorViewSet(ExportMixin):
    """The actors with bylines, by name, and how many."""

    examples = EXAMPLES
    queryset = counting_articles(Actor.objects.standing()).filter(article_count__gt=0)
    serializer_class = AuthorSerializer
    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")
