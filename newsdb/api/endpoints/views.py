"""Views: what every endpoint under ``/api/`` has in common.

An app's endpoint is a serializer, a filter set and a view, and one line in ``newsdb/urls.py``::

    class OutletSerializer(RowSerializer):
        \"\"\"Who publishes.\"\"\"

        url = Url("outlet-detail", "slug")

        class Meta:
            model = Outlet
            fields = ("slug", "name", "url", "wikidata_id")

    class OutletFilterSet(FilterSet):
        domain = TextFilter("domains__domain", many=True, help_text="A domain it publishes on.")

    class OutletViewSet(ReadOnlyViewSet):
        \"\"\"Outlets, by name.\"\"\"

        queryset = Outlet.objects.all()
        serializer_class = OutletSerializer  # and, where details show more, detail_serializer_class
        filterset_class = OutletFilterSet
        ordering = ("name_key", "id")
        lookup_field = "slug"

    router = Router()
    router.register("outlets", OutletViewSet, basename="outlet")
    urlpatterns = api_urls(router)
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, IntegerField, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.exceptions import APIException, NotFound, Throttled
from rest_framework.metadata import BaseMetadata
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from newsdb.api.endpoints.response_docs import Answer, Schema
from newsdb.api.exceptions import ParameterError
from newsdb.api.links import absolute
from newsdb.api.request.bodies import JSONParser, check_transport
from newsdb.api.request.lookups import as_id
from newsdb.api.request.parameters import ChoiceParameter, Parameter, shorten
from newsdb.api.request.query import check_query_string, read_parameters
from newsdb.api.request.throttling import Standing, limit
from newsdb.api.response.etags import tagged
from newsdb.api.response.freshness import Freshness
from newsdb.api.response.renderers import ContentNegotiation, JSONRenderer
from newsdb.api.rows.serializers import RowSerializer
from newsdb.api.rows.shape import shape_parameters, shaped


class Metadata(BaseMetadata):
    """What OPTIONS answers: the formats and the parameters, as declared."""

    def determine_metadata(self, request: Request, view: Any) -> dict[str, Any]:
        """The description of ``view``."""
        return {
            "name": view.get_view_name(),
            "description": view.get_view_description(),
            "methods": view.allowed_methods,
            "formats": [renderer.media_type for renderer in view.renderer_classes],
            "parameters": [
                {
                    "name": name,
                    "description": parameter.help_text,
                    "repeatable": parameter.many,
                    "schema": parameter.schema(),
                }
                for name, parameter in view.known_parameters().items()
            ],
            **({"bodies": bodies} if (bodies := view.bodies()) else {}),
        }


class StrictView(APIView):
    """The base of every view: before anything else it refuses parameters it does not know or cannot read.

    ``parameters`` then holds the values by name. An action may name further ones in
    ``extra_parameters``, and say with ``collection`` whether filters and paging apply to it (they do
    unless it is about one record).
    """

    extra_parameters: Mapping[str, Parameter] = {}
    collection: bool | None = None
    #: Parameters that are refused to anyone but editors.
    kept_to_editors: frozenset[str] = frozenset()
    # For the description: how one record may answer besides, by status; what else than its formats it comes
    # as, by media type; what records and inputs look like, by the name of their component; what the view
    # answers with, where no serializer says so.
    problems: Mapping[int, Answer] = {}
    other_media: Mapping[str, Schema] = {}
    examples: Mapping[str, Any] = {}
    answer_schema: Schema | None = None
    parser_classes = [JSONParser]
    content_negotiation_class = ContentNegotiation
    metadata_class = Metadata
    parameters: dict[str, Any]
    standing: Standing | None = None

    @property
    def is_collection(self) -> bool:
        """Whether it answers with several records, so that filters and paging apply."""
        return getattr(self, "detail", None) is False if self.collection is None else self.collection

    def known_parameters(self) -> dict[str, Parameter]:
        """Every parameter it knows, by name."""
        known: dict[str, Parameter] = {}
        if self.is_collection:
            if filterset_class := getattr(self, "filterset_class", None):
                known |= filterset_class.base_filters
            if paginator := getattr(self, "paginator", None):
                known |= paginator.parameters()
        formats = [renderer.format for renderer in self.renderer_classes]
        known["format"] = ChoiceParameter(choices=formats, help_text="The format, before what Accept says.")
        return {**known, **self.extra_parameters}

    def bodies(self) -> dict[str, Any]:
        """What the bodies of its methods may hold, by method, for OPTIONS."""
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request. Raises ``Problem`` and ``ParameterError``, besides what DRF raises."""
        check_query_string(request.META.get("QUERY_STRING", ""))
        super().initial(request, *args, **kwargs)
        if request.method in self.allowed_methods:
            self.parameters = read_parameters(self.known_parameters(), request.query_params)
            if request.method not in SAFE_METHODS:
                check_transport(request)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """As DRF's; a method that there is not is refused as such (405), whatever format is asked for."""
        known = request.method in self.allowed_methods
        return super().perform_content_negotiation(request, force or not known)

    def perform_authentication(self, request: Request) -> None:
        """Find out who is asking, and count the request even if that fails: guesses at tokens count too."""
        try:
            super().perform_authentication(request)
        finally:
            self.standing = limit(request)
            if self.standing and self.standing.left < 0:
                raise Throttled(self.standing.reset)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """As DRF's; says where the client stands with its quota."""
        if self.standing:
            self.headers |= self.standing.headers
        response = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(response, Response):
            tied = (vars(self), vars(response)["renderer_context"])
            response.add_post_render_callback(partial(_untie, tied))
        return response


def _untie(tied: tuple[dict[str, Any], ...], written: HttpResponse) -> None:
    """Let go of an answer that is written: DRF ties it and its view in circles.

    Its rows and bytes would stay until the collector comes round, some ten megabytes of them.
    """
    for each in tied:
        each.clear()


#: How many rows are counted one by one, at most.
MOST_COUNTED = 20_000
COUNT = ChoiceParameter(
    choices=["on"],
    help_text="Adds `count` and `count_is_exact` to the page. Exact where an index has the number. Otherwise"
    f" the newest {MOST_COUNTED:,} are counted; `count_is_exact` is then false.",
)


class ListViewSet(StrictView, GenericViewSet):
    """Lists of one kind of record, read without model instances.

    A list is filtered by ``filterset_class`` and in the order of ``ordering``
    (``newsdb.api.response.pagination`` says what it has to be).
    """

    serializer_class: type[RowSerializer]
    detail_serializer_class: type[RowSerializer] | None = None
    ordering: tuple[str, ...] = ("-id",)
    #: Whether its records can be had in part, with ``fields`` and ``omit``.
    prunable = True
    renderer_classes = [JSONRenderer]

    @property
    def reading_action(self) -> str | None:
        """The action, or that of GET at this address when OPTIONS asks what there is."""
        return self.action_map.get("get") if self.action == "metadata" else self.action

    def known_parameters(self) -> dict[str, Parameter]:
        """Every parameter it knows; records can be had in part, and lists be counted."""
        known, action = super().known_parameters(), self.reading_action
        if self.prunable and action in ("list", "retrieve", "export"):
            known |= shape_parameters(self.get_serializer_class())
        return known | {"count": COUNT} if action == "list" else known

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request, and what its parameters say together."""
        super().initial(request, *args, **kwargs)
        parameters = getattr(self, "parameters", {})
        media: Any = request.accepted_renderer
        if media.whole and (part := next((name for name in ("fields", "omit") if name in parameters), None)):
            raise ParameterError(part, "conflict", f"{part}: {media.format} needs the whole record.")
        if "count" in parameters and media.format != "json":
            raise ParameterError("count", "conflict", "count=on is answered in JSON: leave the format out.")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page of the records that pass the filters; 304 where the client has it already."""
        return Freshness(request).answer(request, self.make_list)

    def make_list(self) -> Response:
        """What the list answers, made anew."""
        queryset = self.filter_queryset(self.get_queryset())
        response = self.get_paginated_response(self.paginate_queryset(queryset))
        if "count" in self.parameters:
            response.data["count"], response.data["count_is_exact"] = self.count(queryset)
        return response

    def count(self, queryset: QuerySet) -> tuple[int, bool]:
        """How many rows pass the filters, and whether that is exact. Override where an index has more."""
        filterset_class: Any = getattr(self, "filterset_class", None)
        if not filterset_class or not self.parameters.keys() & filterset_class.base_filters.keys():
            return queryset.count(), True
        counted = queryset.order_by(*self.get_ordering())[:MOST_COUNTED].count()
        return counted, counted < MOST_COUNTED

    def get_serializer_class(self) -> type[RowSerializer]:
        """The shape of the action's records."""
        whole = (self.detail and self.detail_serializer_class) or self.serializer_class
        return shaped(whole, getattr(self, "parameters", {}))

    def get_ordering(self) -> tuple[str, ...]:
        """The order of a list."""
        return self.ordering


class ReadOnlyViewSet(ListViewSet):
    """Lists, and each record of them by its ``lookup_field``."""

    lookup_field = "id"
    lookup_value_regex = "[^/]+"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One record."""
        written = self.kwargs[self.lookup_url_kwarg or self.lookup_field]
        value = self.read_lookup(written)
        if value is None:
            return self.missing(written)
        rows = self.get_serializer_class().rows(self.get_queryset().filter(**{self.lookup_field: value}))
        return tagged(request, Response(rows[0])) if rows else self.missing(written)

    def missing(self, written: str) -> Response:
        """The answer when no visible record has this address. Override to redirect (308) or say why (410)."""
        raise self.not_found(written)

    def moved_to(self, lookup: object) -> Response:
        """A redirect (308) to the same address with ``lookup`` in its path; the query string is kept."""
        match: Any = self.request.resolver_match
        path = reverse(match.view_name, kwargs={**match.kwargs, self.lookup_field: lookup})
        query = self.request.query_params.urlencode()
        return Response(status=308, headers={"Location": absolute(f"{path}?{query}" if query else path)})

    def not_found(self, written: str) -> APIException:
        """The 404 for what is in the path."""
        kind = self.get_queryset().model._meta.verbose_name
        return NotFound(f"There is no {kind} {shorten(written)}.")

    def read_lookup(self, written: str) -> Any:
        """What in the path stands for, or ``None`` if no record could have it."""
        field: Field = self.get_queryset().model._meta.get_field(self.lookup_field)
        if isinstance(field, IntegerField):
            return as_id(written)
        if "\x00" in written:
            return None
        try:
            return field.to_python(written)
        except ValidationError:
            return None
