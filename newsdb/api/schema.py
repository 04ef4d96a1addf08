"""The OpenAPI description, from the same declarations that answer the requests."""

# Drf-spectacular is typed only in parts.
# mypy: disable-error-code="no-untyped-call, override"

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField
from drf_spectacular import openapi
from drf_spectacular.drainage import warn
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent, build_parameter_type
from drf_spectacular.utils import OpenApiParameter

from newsdb.api.parameters import MAX_ID, MAX_VALUES, Parameter
from newsdb.api.problems import MEDIA_TYPE
from newsdb.api.views import ListViewSet, ReadOnlyViewSet, StrictView
from newsdb.api.writing import EditableViewSet

Schema = dict[str, Any]

PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Always `about:blank`."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What went wrong this time."},
        "instance": {"type": "string", "format": "uri-reference", "description": "The path asked for."},
        "errors": {
            "type": "array",
            "description": "Each parameter, or member of the body, at fault.",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "parameter": {"type": "string", "description": "The query parameter at fault."},
                    "pointer": {"type": "string", "description": "Or the member of the body (RFC 6901)."},
                    "code": {"type": "string", "description": "The kind of fault, for programs."},
                    "detail": {"type": "string", "description": "The fault, for people."},
                    "allowed": {"type": "array", "items": {}, "description": "What would do instead."},
                    "candidates": {
                        "type": "array",
                        "items": {"type": "object", "additionalProperties": True},
                        "description": "The records that the value may have meant.",
                    },
                },
            },
        },
    },
}
#: What is not JSON, by media type.
TEXTS: dict[str, Schema] = {
    "text/csv": {
        "type": "string",
        "description": "RFC 4180 with a header line. Members of objects are columns such as `speaker.slug`;"
        " lists are JSON in a cell; null and empty text are both empty.",
    },
    "application/jsonl": {"type": "string", "description": "One record a line, as in JSON."},
    "application/ld+json": {
        "type": "object",
        "description": "As schema.org has it: a `Quotation` or `NewsArticle`, or a page of them in `@graph`.",
        "required": ["@context"],
    },
}
COUNTED: Schema = {
    "type": "object",
    "description": "With `count=on`.",
    "required": ["count"],
    "properties": {"count": {"type": "integer", "minimum": 0}},
    "additionalProperties": False,
}
LINK = {
    "description": 'The next page, if there is one: `<…>; rel="next"` (RFC 8288).',
    "schema": {"type": "string"},
}
ETAG = {
    "description": "The version of the record: for If-None-Match, and for If-Match when writing.",
    "schema": {"type": "string"},
}
LOCATION = {
    "description": "The new record's own address.",
    "schema": {"type": "string", "format": "uri"},
}
RATE_LIMIT = {
    "RateLimit": {
        "description": "Requests left, and the seconds until the quota is full again.",
        "schema": {"type": "string", "examples": ['"anonymous";r=599;t=42']},
    },
    "RateLimit-Policy": {
        "description": "The quota, and the seconds it is for; absent where there is none.",
        "schema": {"type": "string", "examples": ['"anonymous";q=600;w=60']},
    },
}
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the record's JSON as you know it, so that nobody's change is lost.",
)
WRITING_ANSWERS = {
    400: "A parameter or a member of the body is unknown or not valid; `errors` names it.",
    401: "There is no token, or one that is unknown, expired or revoked.",
    403: "The token only reads, or its user is not an editor.",
    409: "It contradicts what is there; `url` is the record that is in the way, where there is one.",
    411: "The body came without its length.",
    413: "The body is larger than 2 MB.",
    415: "The body is not application/json in UTF-8, or is compressed.",
    503: "Others are writing the same records; it may be tried again after `Retry-After` seconds.",
}
PRECONDITION_ANSWERS = {
    412: "The record has changed since the version in If-Match.",
    428: "There is no If-Match.",
}
SUMMARIES = {
    "list": "List {many}",
    "retrieve": "One {one}",
    "create": "Write a new {one}",
    "partial_update": "Change one {one}",
    "retract": "Retract one {one}",
    "restore": "Restore one {one}",
    "merge": "Merge one {one} into another",
    "unmerge": "Undo the merge of one {one}",
}


def describe(name: str, parameter: Parameter) -> Schema:
    """The OpenAPI parameter object."""
    schema = parameter.schema()
    if not parameter.many:
        return build_parameter_type(
            name=name, schema=schema, location=OpenApiParameter.QUERY, description=parameter.help_text
        )
    return build_parameter_type(
        name=name,
        schema={"type": "array", "items": schema, "maxItems": MAX_VALUES},
        location=OpenApiParameter.QUERY,
        description=f"{parameter.help_text} Repeat it for OR.",
        style="form",
        explode=True,
    )


class AutoSchema(openapi.AutoSchema):
    """Drf-spectacular's, with the parameters that the view itself knows and the problems it answers with."""

    view: Any

    def get_summary(self) -> str | None:
        """Such as "List statements" or "One statement"."""
        if not isinstance(self.view, ListViewSet) or self.view.action not in SUMMARIES:
            return super().get_summary()
        model = self.view.get_queryset().model._meta
        return SUMMARIES[self.view.action].format(one=model.verbose_name, many=model.verbose_name_plural)

    def get_description(self) -> str:
        """The docstring of the action if it is the view's own, else the view's."""
        view = type(self.view)
        own = vars(view).get(getattr(self.view, "action", "") or self.method.lower())
        description = (own or view).__doc__ or ""
        if not description:
            warn(f"{view.__name__} has no docstring to describe {self.method} {self.path}.")
        return "\n".join(line.strip() for line in description.strip().splitlines())

    def _is_list_view(self, serializer: Any = None) -> bool:
        if not isinstance(self.view, StrictView):
            return super()._is_list_view(serializer)
        return self.method == "GET" and self.view.is_collection and self._get_paginator() is not None

    def _resolve_path_parameters(self, variables: list[str]) -> list[Schema]:
        if not isinstance(self.view, ReadOnlyViewSet):
            return super()._resolve_path_parameters(variables)
        model = self.view.get_queryset().model._meta
        schema: Schema = {"type": "string"}
        if isinstance(model.get_field(self.view.lookup_field), IntegerField):
            schema = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        description = f"The {model.verbose_name}'s {self.view.lookup_field}."
        return [
            build_parameter_type(
                name=name, schema=schema, location=OpenApiParameter.PATH, description=description
            )
            for name in variables
        ]

    def _get_filter_parameters(self) -> list[Schema]:
        if not isinstance(self.view, StrictView):
            return super()._get_filter_parameters()
        return [describe(name, parameter) for name, parameter in self.view.known_parameters().items()]

    def _get_pagination_parameters(self) -> list[Schema]:
        return [] if isinstance(self.view, StrictView) else super()._get_pagination_parameters()

    def _get_format_parameters(self) -> list[Schema]:
        return [] if isinstance(self.view, StrictView) else super()._get_format_parameters()

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Schema | None:
        schema: Schema | None = super()._map_serializer_field(field, direction, bypass_extensions)
        # A mark for the hook that would name lists of choices; ours stand where they are used.
        (schema or {}).pop("x-spec-enum-id", None)
        return schema

    def _get_response_bodies(self, direction: Any = "response") -> Schema:
        responses = super()._get_response_bodies(direction)
        if not isinstance(self.view, StrictView):
            return responses
        for response in responses.values():
            for media_type, content in response.get("content", {}).items():
                content["schema"] = TEXTS.get(media_type, content["schema"])
        for status in responses.keys() & {"200", "201"}:
            responses[status].setdefault("headers", {}).update(self._headers(status))
            responses[status]["description"] = responses[status]["description"] or "What was asked for."
        if self._is_list_view() and "count" in self.view.known_parameters():
            content = responses["200"]["content"]["application/json"]
            content["schema"] = {"oneOf": [content["schema"], COUNTED]}
        component = ResolvedComponent(
            name="Problem", type=ResolvedComponent.SCHEMA, schema=PROBLEM, object="Problem"
        )
        self.registry.register_on_missing(component)
        for code, description in self._other_answers().items():
            answer: Schema = {"description": description}
            if code >= 400:
                answer["content"] = {MEDIA_TYPE: {"schema": component.ref}}
            responses.setdefault(str(code), answer)
        return responses

    def _headers(self, status: str) -> Schema:
        headers: Schema = dict(RATE_LIMIT)
        if self._is_list_view():
            headers["Link"] = LINK
        if self._writes or getattr(self.view, "action", "") == "retrieve":
            headers["ETag"] = ETAG
        if status == "201":
            headers["Location"] = LOCATION
        return headers

    def _other_answers(self) -> Mapping[int, str]:
        answers = {
            400: "A parameter is unknown, or its value cannot be read; `errors` names it.",
            401: "The token is unknown, expired or revoked.",
            406: "It cannot be had in the format asked for.",
            429: "Too many requests: `Retry-After` says for how many seconds to wait.",
            503: "The query took too long; it may be tried again after `Retry-After` seconds.",
        }
        if self._writes:
            answers |= WRITING_ANSWERS
        if getattr(self.view, "detail", None) or not (self._writes or self.view.is_collection):
            answers |= {404: "There is no such record.", **self.view.problems}
            if self._writes:
                answers |= PRECONDITION_ANSWERS
        return answers

    @property
    def _writes(self) -> bool:
        return isinstance(self.view, EditableViewSet) and self.view.writes

    def get_auth(self) -> list[Schema]:
        """A token where one is needed; where none is, it may come along."""
        return super().get_auth() if self._writes else [*super().get_auth(), {}]

    def get_override_parameters(self) -> list[Any]:
        """``If-Match``, where a record that exists is changed."""
        needed = self._writes and self.view.detail
        return [IF_MATCH] if needed else super().get_override_parameters()

    def get_request_serializer(self) -> Any:
        """What the body of a write holds."""
        return self.view.get_input() if self._writes else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        """The record written, in its detailed shape."""
        if not self._writes:
            return super().get_response_serializers()
        return {201 if self.view.action == "create" else 200: self.view.get_serializer_class()}


class ComputedExtension(OpenApiSerializerFieldExtension):
    """A computed field looks like what it says it puts out."""

    target_class = "newsdb.api.fields.Computed"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: openapi.AutoSchema, direction: Any) -> Schema:
        """The output's schema; the field's own help text is added by the caller."""
        return auto_schema._map_serializer_field(self.target.output, direction)


class BearerScheme(OpenApiAuthenticationExtension):
    """Tokens, as the description has them."""

    target_class = "newsdb.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: openapi.AutoSchema) -> Schema:
        """The security scheme object."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that an administrator has made for you. Reading takes none.",
        }
