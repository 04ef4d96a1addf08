"""What every view under ``/api/`` has in common: strict parameters, JSON, quotas, and what OPTIONS says."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import Throttled
from rest_framework.metadata import BaseMetadata
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsdb.api.endpoints.response_docs import ResponseDoc, Schema
from newsdb.api.request.bodies import JSONParser, check_transport
from newsdb.api.request.parameters import ChoiceParameter, Parameter
from newsdb.api.request.query import check_query_string, read_parameters
from newsdb.api.request.throttling import RateLimitStatus, count_request
from newsdb.api.response.renderers import ContentNegotiation, JSONRenderer

WRITE_FORMAT = ChoiceParameter(
    choices=["json"], help_text="Overrides the Accept header; a write answers in JSON only."
)


@cache
def format_parameter(formats: tuple[str, ...]) -> ChoiceParameter:
    """The parameter that chooses one of ``formats``."""
    return ChoiceParameter(choices=formats, help_text="Overrides the Accept header.")


def describe_members(body: Any) -> list[dict[str, Any]]:
    """The members of a body, for OPTIONS."""
    return [
        {"name": name, "required": member.required, "description": member.help_text or ""}
        for name, member in body.fields.items()
    ]


class Metadata(BaseMetadata):
    """The response to OPTIONS: formats and parameters, as declared."""

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

    ``parameters`` then holds the values by name.
    """

    #: Parameters of its own; an action may name others.
    extra_parameters: Mapping[str, Parameter] = {}
    #: Parameters that only editors may use.
    editor_only_parameters: frozenset[str] = frozenset()
    #: The scope of its own quota, if it has one; otherwise that depends on the token.
    rate_limit_scope = ""
    #: Request headers besides Accept that its responses depend on.
    vary_on: tuple[str, ...] = ()
    # For the description: other responses that one record may give, by status; other media types it comes as;
    # what the view answers with, where no serializer says so.
    other_responses: Mapping[int, ResponseDoc] = {}
    other_media_types: Mapping[str, Schema] = {}
    response_schema: Schema | None = None
    parser_classes = [JSONParser]
    content_negotiation_class = ContentNegotiation
    metadata_class = Metadata
    parameters: Mapping[str, Any] = {}
    rate_limit: RateLimitStatus | None = None

    @property
    def writes(self) -> bool:
        """Whether the request changes records."""
        request = getattr(self, "request", None)  # a view that is only described may have none
        return request is not None and request.method not in SAFE_METHODS

    def known_parameters(self) -> dict[str, Parameter]:
        """Every parameter it knows, by name. A write knows none but the format."""
        if self.writes:
            return {"format": WRITE_FORMAT}
        formats = tuple(renderer.format for renderer in self.renderer_classes)
        return {"format": format_parameter(formats), **self.extra_parameters}

    @property
    def default_response_headers(self) -> dict[str, str]:
        """As DRF's; whatever the formats, a browser gets a page."""
        return {**super().default_response_headers, "Vary": "Accept"}

    def bodies(self) -> dict[str, Any]:
        """The members of the bodies of its methods, by method, for OPTIONS."""
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request. Raises ``Problem`` and ``ParameterError``, besides what DRF raises."""
        check_query_string(request.META.get("QUERY_STRING", ""))
        super().initial(request, *args, **kwargs)
        if request.method in self.allowed_methods:
            self.parameters = read_parameters(self.known_parameters(), request.query_params)
            if self.writes:
                check_transport(request)

    def get_renderers(self) -> list[Any]:
        """Those of its formats. A write answers in JSON, whose ETag is the one that ``If-Match`` takes."""
        return [JSONRenderer()] if self.writes else super().get_renderers()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """As DRF's; an unknown method answers 405, whatever the format."""
        known = request.method in self.allowed_methods
        return super().perform_content_negotiation(request, force or not known)

    def perform_authentication(self, request: Request) -> None:
        """Find out who is asking, and count the request even if that fails: guesses at tokens count too."""
        try:
            super().perform_authentication(request)
        finally:
            # A page counts once, however often it asks.
            if not getattr(request, "uncounted", False):
                self.rate_limit = count_request(request, self.rate_limit_scope)
            if self.rate_limit and self.rate_limit.left < 0:
                raise Throttled(self.rate_limit.reset)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """As DRF's, with headers for the quota and for caches."""
        if self.rate_limit:
            self.headers |= self.rate_limit.headers
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.vary_on:
            patch_vary_headers(response, self.vary_on)
        if isinstance(response, Response):
            cycles = (vars(self), vars(response)["renderer_context"])
            response.add_post_render_callback(partial(_break_reference_cycles, cycles))
        return response


def _break_reference_cycles(cycles: tuple[dict[str, Any], ...], rendered: HttpResponse) -> None:
    """Release a rendered response: in DRF it and its view refer to each other.

    Otherwise their rows and bytes, some ten megabytes, would stay until the next garbage collection.
    """
    for each in cycles:
        each.clear()
