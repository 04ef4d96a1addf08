"""Statements."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import jsonld
from articles.api.annotations import AnnotationLinesRenderer, AnnotationRenderer
from articles.api.citations import STYLES, Author, citation_schemas, cited
from articles.api.comparisons import describe_comparison
from articles.api.coverage import SCHEMA as COVERAGE_SCHEMA
from articles.api.coverage import coverage
from articles.api.filters import StatementFilterSet
from articles.api.hints import SCHEMA as HINTS_SCHEMA
from articles.api.hints import hints
from articles.api.inputs.joint import JointStatementSerializer, RetractionInput
from articles.api.inputs.statements import StatementInput
from articles.api.serializers import (
    ProposedStatementSerializer,
    StatementDetailSerializer,
    StatementSerializer,
)
from articles.api.serializers.checks import OccurrencesSerializer
from articles.api.views.batches import BatchViewSet
from articles.api.views.facets import FacetedViewSet
from articles.api.views.published import PublishedViewSet
from articles.checks.occurrences import occurrences_of
from articles.models import Byline, Statement
from articles.models.choices import Status
from articles.services.retraction import JointChoiceError, restore_statement, retract_statement
from newsdb.api.endpoints.lists import EXPORT
from newsdb.api.endpoints.response_docs import ResponseDoc, Schema
from newsdb.api.exceptions import ParameterError, Problem
from newsdb.api.openapi.examples import example_of
from newsdb.api.request.parameters import ChoiceParameter
from newsdb.api.request.permissions import may_edit, require_editor
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.response.pagination import Page
from newsdb.api.response.renderers import JSONRenderer
from newsdb.api.rows.reading import read_rows

JOINT = ResponseDoc(
    "Other rows of this joint statement are public: `joint` is required.",
    " ".join(JointChoiceError().messages),
)
#: Filters with an index in list order, and the most values for which a page each is read and merged.
MERGED = ("speaker", "outlet", "place")
MAX_MERGED = 20
CITE = ChoiceParameter(choices=list(STYLES), help_text="How to cite it: text, csl-json or bibtex.")


class StatementViewSet(FacetedViewSet, BatchViewSet, PublishedViewSet):
    """Who said what, when, and where exactly it is printed; newest first, undated last."""

    queryset = Statement.objects.public()
    serializer_class = StatementSerializer
    detail_serializer_class = StatementDetailSerializer
    input_serializer_class = StatementInput
    retract_record = staticmethod(retract_statement)
    restore_record = staticmethod(restore_statement)
    filterset_class = StatementFilterSet
    linked_data = staticmethod(jsonld.statement)
    renderer_classes = [*PublishedViewSet.renderer_classes, AnnotationRenderer]
    action_parameters = {**PublishedViewSet.action_parameters, "retrieve": {"cite": CITE}}
    editor_only_parameters = frozenset({"status"})
    page_schemas = {"coverage": COVERAGE_SCHEMA}
    empty_page_schemas = {"hints": HINTS_SCHEMA}

    @property
    def other_media_types(self) -> Mapping[str, Schema]:  # type: ignore[override]
        """Citations."""
        return citation_schemas(example_of(StatementSerializer) or {})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request: only editors may see unpublished statements, and how they were proposed."""
        super().initial(request, *args, **kwargs)
        if self.parameters.get("status", Status.PUBLISHED) != Status.PUBLISHED:
            require_editor(request)
        if self.detail_serializer_class is StatementDetailSerializer and may_edit(request):
            self.detail_serializer_class = ProposedStatementSerializer

    def get_queryset(self) -> QuerySet:
        """Published statements, or those with the requested status."""
        status = self.parameters.get("status", Status.PUBLISHED)
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

        If the `uid` exists, or the words are already published at this place, it answers 409 with the `url`
        of the existing statement.
        """
        return super().create(request, **kwargs)

    @action(
        detail=False,
        **{**EXPORT, "renderer_classes": [*EXPORT["renderer_classes"], AnnotationLinesRenderer]},
    )
    def export(self, request: Request, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Every statement under the filters of the list, streamed as JSON Lines, CSV or W3C Web Annotations.

        The stream has records and nothing else. If it breaks off, the final chunk of its transfer coding is
        missing, which clients report.
        """
        return super().export(request, **kwargs)  # type: ignore[arg-type]

    def record_response(self, record: Any, status: int = 200) -> Response:
        """Respond with the record; for a joint statement, with all its rows."""
        if not isinstance(record, list):
            return super().record_response(record, status)
        results = [self.row_of(each) for each in record]
        return Response({"joint_uid": record[0].joint_uid, "results": results}, status=status)

    @action(
        detail=True,
        methods=["post"],
        input_serializer_class=RetractionInput,
        other_responses={**PublishedViewSet.other_responses, 422: JOINT},
    )
    def retract(self, request: Request, **kwargs: Any) -> Response:  # type: ignore[override]
        """Retract the statement: its address shows when and why from now on.

        For a joint statement, `joint` says whether only this row is retracted, or all of them.
        """

        def operation(statement: Statement) -> Statement:
            values = self.read_input(self.get_input(data=request.data)).validated_data
            try:
                retract_statement(statement=statement, by=self.editor, **values)
            except JointChoiceError as error:
                detail = " ".join(error.messages)
                errors = [{"pointer": "/joint", "code": "required", "detail": detail}]
                raise Problem(422, detail, errors=errors) from None
            return statement

        return self.change(self._all(), operation)

    @action(
        detail=True,
        serializer_class=OccurrencesSerializer,
        detail_serializer_class=None,
        pagination_class=None,
        renderer_classes=[JSONRenderer],
    )
    def occurrences(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Where else these words of this speaker are printed, the same or nearly, in other articles."""
        text = self.kwargs[self.lookup_field]
        uid = self.parse_lookup(text)
        statement = uid and Statement.objects.public().filter(uid=uid).first()
        if not statement:
            return self.missing_response(text)
        return ConditionalResponse(request).respond(partial(_occurrences, statement))

    def get_first(self, queryset: Any, ordering: tuple[str, ...], limit: int) -> QuerySet:
        """The first rows; for several speakers or outlets, a page of each is read and merged."""
        for name in MERGED if "q" not in self.parameters else ():
            values = set(self.resolved.get(name, ()))
            if 1 < len(values) <= MAX_MERGED:
                page: QuerySet = queryset.first_of_each(name, values, ordering, limit)
                return page
        return super().get_first(queryset, ordering, limit)

    def get_page_members(self, queryset: QuerySet, page: Page) -> dict[str, Any]:
        """As for any list; if nothing is found, ``coverage`` of a speaker or an outlet, and ``hints``."""
        asked = self.parameters.keys() if not page.rows and "cursor" not in self.parameters else set()
        members: dict[str, Any] = {"coverage": None, **super().get_page_members(queryset, page)}
        if asked & {"speaker", "outlet"}:
            members["coverage"] = coverage(self.resolved.get("speaker", ()), self.resolved.get("outlet", ()))
        if "q" in asked:
            members["hints"] = hints(self.request.query_params["q"])
        return members

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """One statement, or how to cite it."""
        style = self.parameters.get("cite")
        return super().retrieve(request, *args, **kwargs) if style is None else self.cite(style)

    def cite(self, style: str) -> HttpResponse:
        """How to cite the statement."""
        response = self.render_record()
        if response.status_code != 200:
            return response
        for other in ("fields", "omit", "format"):
            if other in self.parameters:
                raise ParameterError(other, "conflict", f"{other} cannot be combined with cite.")
        media_type, write = STYLES[style]
        bylines = Byline.objects.filter(article=response.data["article"]["id"]).order_by("position")
        authors = [
            Author(name, person=kind == "person")
            for name, kind in bylines.values_list("author__name", "author__kind")
        ]
        today = timezone.now().date()
        return HttpResponse(write(cited(response.data, authors, today)), media_type)


def _occurrences(statement: Statement) -> Response:
    found = occurrences_of(statement)
    ids = [occurrence.statement.pk for occurrence in found]
    rows = read_rows(StatementSerializer, Statement.objects.public().filter(pk__in=[statement.pk, *ids]))
    by_id = {row["id"]: row for row in rows}
    articles = [row["article"] for row in rows if row["article"]["published_on"]]
    results = [
        {
            "statement": by_id[each.statement.pk],
            **describe_comparison(each.comparison, each.words, each.held),
            "copied": each.copied,
        }
        for each in found
        if each.statement.pk in by_id
    ]
    first = min(articles, key=lambda article: (str(article["published_on"]), article["id"]), default=None)
    return Response({"first_printed": first, "results": results})
