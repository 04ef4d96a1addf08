"""The base of all views under ``/api/``: strict parameters, JSON, quotas, and responses to OPTIONS."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.metadata import BaseMetadata
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsdb.api.endpoints.response_docs import ResponseDoc, Schema
from newsdb.api.exceptions import Throttled
from newsdb.api.request.bodies import JSONParser, check_transport
from newsdb.api.request.dataset_version import check_dataset_version
from newsdb.api.request.parameters import ChoiceParameter, Parameter
from newsdb.api.request.query import check_query_string, read_parameters
from newsdb.api.request.throttling import RateLimitStatus, count_request
from newsdb.api.response.renderers import ContentNegotiation, JSONRenderer

WRITE_FORMAT = ChoiceParameter(
    choices=["json"], help_text="Overrides the Accept header; writes answer only in JSON."
)


@cache
def format_parameter(formats: tuple[str, ...]) -> ChoiceParameter:
    """The parameter that chooses one of ``formats``."""
    return ChoiceParameter(choices=formats, help_text="Overrides the Accept header.")


def describe_members(body: Any) -> list[dict[str, Any]]:
    """Descriptions of a body's members, for OPTIONS."""
    return [
        {"name": name, "required": member.required, "description": member.help_text or ""}
        for name, member in body.fields.items()
    ]


class Metadata(BaseMetadata):
    """Answers OPTIONS with the declared formats and parameters."""

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
    """The base of every view. It refuses unknown and invalid parameters before it does anything else.

    ``parameters`` then has the values by name.
    """

    #: The view's own parameters. An action may declare others.
    extra_parameters: Mapping[str, Parameter] = {}
    #: Parameters that only editors may use.
    editor_only_parameters: frozenset[str] = frozenset()
    #: The scope of the view's own quota; "" for the quota of the request's token.
    rate_limit_scope = ""
    #: Request headers, besides Accept, that the responses depend on.
    vary_on: tuple[str, ...] = ()
    # For the OpenAPI description: other responses for a single record, by status; other media types of it;
    # and the schema of the response, if no serializer describes it.
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
        request = getattr(self, "request", None)  # None if the view is only being described
        return request is not None and request.method not in SAFE_METHODS

    def known_parameters(self) -> dict[str, Parameter]:
        """All parameters of the view by name. A write has only the format."""
        if self.writes:
            return {"format": WRITE_FORMAT}
        formats = tuple(renderer.format for renderer in self.renderer_classes)
        return {"format": format_parameter(formats), **self.extra_parameters}

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Like DRF's, but always with ``Vary: Accept``, since a browser gets a page."""
        return {**super().default_response_headers, "Vary": "Accept"}

    def bodies(self) -> dict[str, Any]:
        """Descriptions of each method's body, by method, for OPTIONS."""
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request. Raises ``Problem`` and ``ParameterError``, and what DRF raises."""
        check_query_string(request.META.get("QUERY_STRING", ""))
        if "HTTP_IF_DATASET_VERSION" in request.META:
            check_dataset_version(request)
        super().initial(request, *args, **kwargs)
        if request.method in self.allowed_methods:
            self.parameters = read_parameters(self.known_parameters(), request.query_params)
            if self.writes:
                check_transport(request)

    def get_renderers(self) -> list[Any]:
        """The view's renderers. A write always answers in JSON, whose ETag is valid for ``If-Match``."""
        return [JSONRenderer()] if self.writes else super().get_renderers()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Like DRF's, but a method that is not allowed gets a 405 even if the format is unavailable."""
        known = request.method in self.allowed_methods
        return super().perform_content_negotiation(request, force or not known)

    def perform_authentication(self, request: Request) -> None:
        """Authenticate and count the request, even if that fails: guesses at tokens are limited too."""
        try:
            super().perform_authentication(request)
        finally:
            # A page may make several requests to the API, but counts as one.
            if not getattr(request, "uncounted", False):
                self.rate_limit = count_request(request, self.rate_limit_scope)
            if self.rate_limit and self.rate_limit.left < 0:
                raise Throttled(self.rate_limit.reset)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Like DRF's, with headers for the quota and for caches added."""
        # What a shared cache may serve to others must not contain anything about one client.
        if self.rate_limit and "s-maxage" not in response.headers.get("Cache-Control", ""):
            self.headers |= self.rate_limit.headers
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.vary_on:
            patch_vary_headers(response, self.vary_on)
        if isinstance(response, Response):
            cycles = (vars(self), vars(response)["renderer_context"])
            response.add_post_render_callback(partial(_break_reference_cycles, cycles))
        return response


def _break_reference_cycles(cycles: tuple[dict[str, Any], ...], rendered: HttpResponse) -> None:
    """Release a rendered response. In DRF it and its view refer to each other.

    Otherwise their rows and bytes, up to ten megabytes, would stay in memory until the next garbage
    collection.
    """
    for each in cycles:
        each.clear()
