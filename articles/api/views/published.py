"""Views shared by articles and statements: search, lookup by ``uid``, retraction."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.jsonld import JSONLDRenderer
from articles.models.statement import UNDATED
from articles.search.relevance import MAX_RANKED
from newsdb.api.endpoints.editing import EditableViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import ParameterError, Problem
from newsdb.api.request.inputs import ReasonInput
from newsdb.api.request.lookups import parse_id, parse_uid
from newsdb.api.request.parameters import ChoiceParameter, Parameter
from newsdb.api.request.permissions import may_edit
from newsdb.api.response.pagination import DEFAULT_LIMIT, Page
from newsdb.api.response.renderers import JSONRenderer

ORDERING = ChoiceParameter(
    choices=["newest", "date", "relevance"],
    help_text="newest (the default); date: the oldest first, without the undated; or, with `q`, relevance: a"
    f" single page with the best `limit` of the {MAX_RANKED:,} newest matches.",
)
#: Statuses of records that are or were public, whose existence is not secret.
EVER_PUBLIC = ("published", "retracted")


class PublishedViewSet(EditableViewSet):
    """Public records; retracted ones say when and why, and editors still see them."""

    #: Functions that take ``<record type>=``, ``reason=`` and ``by=``.
    retract_record: Callable[..., None]
    restore_record: Callable[..., None]
    lookup_field = "uid"
    ordering = ("-sort_date", "-id")
    unique_annotations = frozenset({"rank"})  # on SQLite, for search results
    action_parameters: Mapping[str, Mapping[str, Parameter]] = {"list": {"ordering": ORDERING}}
    renderer_classes = [JSONRenderer, JSONLDRenderer]
    other_responses = {
        308: ResponseDoc("The address with the `uid` is in Location.", "", ("Location",)),
        410: ResponseDoc(
            "It was retracted: `retracted_at` says when and `reason` why. Or it was erased (`code: erased`):"
            " `erased_on` says when and `reason_code` why.",
            "Retracted on 2025-03-05: Someone else said it.",
            members={"retracted_at": "2025-03-05T10:00:00Z", "reason": "Someone else said it."},
        ),
    }

    def get_ordering(self) -> tuple[str, ...]:
        """The order of the list; search results are ordered by their own index."""
        queryset: Any = self.get_queryset()
        newest = queryset.newest_found if "q" in self.parameters else super().get_ordering()
        if self.parameters.get("ordering") == "date":
            return tuple(name.removeprefix("-") for name in newest)
        return newest

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter the rows; with ``ordering=date``, leave out those without a date."""
        found: Any = super().filter_queryset(queryset)
        if self.parameters.get("ordering") != "date":
            return found
        if self.parameters.get("undated", "exclude") != "exclude":
            raise ParameterError("undated", "conflict", "undated: ordering=date lists only dated records.")
        return found.sorted_between(UNDATED + timedelta(days=1), None)

    def get_page(self, queryset: Any) -> Page:
        """Get a page; by relevance there is only one, since a new row may change the whole order."""
        if self.parameters.get("ordering") != "relevance":
            return super().get_page(queryset)
        if "q" not in self.parameters:
            raise ParameterError("ordering", "conflict", "ordering=relevance requires q.")
        if "cursor" in self.parameters:
            raise ParameterError("cursor", "conflict", "cursor: ordering=relevance has only one page.")
        best = queryset.most_relevant(self.parameters["q"], self.parameters.get("limit", DEFAULT_LIMIT))
        rows, keys = self.read_rows(queryset.model.objects.filter(pk__in=best), ("id",))
        by_id = {key: row for (key,), row in zip(keys, rows, strict=True)}
        return Page([by_id[key] for key in best if key in by_id], None)

    def get_row_context(self) -> Mapping[str, Any]:
        """The search query, for snippets."""
        return {"query": self.parameters.get("q")}

    def parse_lookup(self, text: str) -> UUID | None:
        """Parse a ``uid``; only the canonical form, so that a record has one URL."""
        uid = parse_uid(text)
        return uid if str(uid) == text else None

    def missing_response(self, text: str) -> Response:
        """Answer 410 for a retracted record, and redirect an integer id to the ``uid``."""
        records = self._all() if may_edit(self.request) else self._all().filter(status__in=EVER_PUBLIC)
        uid = self.parse_lookup(text)
        if uid is None:
            identity = {"pk": parse_id(text)} if parse_id(text) else {"uid": parse_uid(text)}
            uid = records.filter(**identity).values_list("uid", flat=True).first()
            return self.redirect_to(uid) if uid else super().missing_response(text)
        retracted = records.filter(status="retracted", uid=uid).first()
        if retracted:
            day = retracted.retracted_at.date()
            raise Problem(
                410,
                f"Retracted on {day}: {retracted.retraction_reason}",
                retracted_at=retracted.retracted_at,
                reason=retracted.retraction_reason,
            )
        return super().missing_response(text)

    @classmethod
    def records(cls, *, for_editors: bool) -> Any:
        """Public records; for editors all records."""
        records = super().records(for_editors=for_editors)
        return records.model.objects.all() if for_editors else records

    def _all(self) -> Any:
        return self.records(for_editors=True)

    def get_editable(self) -> QuerySet:
        """Records that can be edited: all but retracted ones."""
        return self._all().exclude(status="retracted")

    @action(detail=True, methods=["post"], input_serializer_class=ReasonInput)
    def retract(self, request: Request, **kwargs: Any) -> Response:
        """Retract the record: its address shows when and why from now on."""
        return self._change_status(type(self).retract_record)

    @action(detail=True, methods=["post"], input_serializer_class=ReasonInput)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Publish a retracted record again."""
        return self._change_status(type(self).restore_record)

    def _change_status(self, function: Callable[..., None]) -> Response:
        def operation(record: Any) -> Any:
            function(**{record.record.type: record}, reason=self.read_reason(), by=self.editor)
            return record

        return self.change(self._all(), operation)
