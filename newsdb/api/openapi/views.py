"""The API's own resources: its root, its OpenAPI description, and a page to read that in."""

# Drf-spectacular is typed only in parts.
# mypy: disable-error-code="no-untyped-call"

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.urls import get_urlconf, reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView

from newsdb.api.endpoints.base import StrictView
from newsdb.api.links import absolute
from newsdb.api.openapi.schema import AutoSchema
from newsdb.api.response.renderers import JSONRenderer


class RootView(StrictView, APIRootView):
    """The resources, by name and address."""

    schema = AutoSchema()  # DRF's own root hides itself
    response_schema = {
        "type": "object",
        "description": "The address of each resource, by name.",
        "additionalProperties": {"type": "string", "format": "uri"},
        "examples": [{"statements": "https://news.example.org/api/v1/statements/"}],
    }

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The address of every list, of the description and of its page."""
        names = {**(self.api_root_dict or {}), "schema": "api-schema", "docs": "api-docs"}
        return Response({name: absolute(reverse(view_name)) for name, view_name in names.items()})


class SchemaView(StrictView):
    """The OpenAPI 3.1 description, as JSON or YAML."""

    response_schema = {
        "type": "object",
        "description": "An OpenAPI document.",
        "required": ["openapi", "info", "paths"],
        "examples": [{"openapi": "3.1.0", "info": {"title": "newsdb", "version": "1"}, "paths": {}}],
    }
    renderer_classes = [JSONRenderer, OpenApiJsonRenderer, OpenApiYamlRenderer]

    def get(self, request: Request) -> Response:
        """The OpenAPI description, the same for everyone."""
        return Response(openapi())


class DocsView(StrictView):
    """Swagger UI from the installed package, without inline scripts or styles."""

    response_schema = {"type": "string", "examples": ["<!DOCTYPE html>…"]}
    renderer_classes = [TemplateHTMLRenderer]

    def get(self, request: Request) -> Response:
        """A page to read the description in."""
        return Response({"schema_url": reverse("api-schema")}, template_name="newsdb/docs.html")

    def options(self, request: Request) -> HttpResponse:  # type: ignore[override]
        """The methods, in the ``Allow`` header: a page for people has no other description."""
        return HttpResponse(status=204)


def openapi() -> dict[str, Any]:
    """The OpenAPI document. It takes some tenths of a second and does not change while the server runs."""
    return _openapi(get_urlconf())


@cache
def _openapi(urlconf: str | None) -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)
