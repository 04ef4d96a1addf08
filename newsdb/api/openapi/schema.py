"""Generates the OpenAPI description from the declarations that requests are served by."""

# Drf-spectacular is typed only in parts.
# mypy: disable-error-code="no-untyped-call, override"

from typing import Any

from django.db.models import IntegerField, UUIDField
from drf_spectacular import openapi
from drf_spectacular.drainage import warn
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.utils import OpenApiParameter

from newsdb.api.endpoints.base import StrictView
from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.endpoints.records import RecordViewSet
from newsdb.api.endpoints.response_docs import Schema
from newsdb.api.openapi.bodies import BodiesSchema
from newsdb.api.openapi.input_schemas import add_constraints
from newsdb.api.request.inputs import with_article
from newsdb.api.request.parameters import MAX_ID, DateTimeParameter, Parameter
from newsdb.api.request.strict_serializers import StrictModelSerializer, StrictSerializer

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the record's JSON that you have read, so that no other change is overwritten.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the response that you have: 304 if it is unchanged.",
)
IF_DATASET_VERSION = OpenApiParameter(
    "If-Dataset-Version",
    {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
    OpenApiParameter.HEADER,
    description="The `Dataset-Version` of a write: the response includes what it wrote, on any instance.",
)
SUMMARIES = {
    "list": "List {many}",
    "export": "Export {many}",
    "facets": "Count {many}",
    "retrieve": "Get {one}",
    "history": "History of {one}",
    "create": "Create {one}",
    "partial_update": "Update {one}",
    "retract": "Retract {one}",
    "restore": "Restore {one}",
    "merge": "Merge {one} into another",
    "unmerge": "Undo the merge of {one}",
}


#: The order of the parameters of a query: what people need first; the others; what shapes the answer.
FIRST = ("by", "q", "speaker", "outlet", "date", "date_after", "date_before", "undated")
LAST = ("ordering", "limit", "cursor", "count", "fields", "omit", "format", "spreadsheet")


def place_of(name: str) -> int:
    """Where a parameter stands among the others."""
    if name in FIRST:
        return FIRST.index(name) - len(FIRST)
    return LAST.index(name) + 1 if name in LAST else 0


def describe(name: str, parameter: Parameter) -> OpenApiParameter:
    """The description of a query parameter."""
    schema, description = parameter.schema(), parameter.help_text
    if parameter.many:
        schema = {"type": "array", "items": schema, "maxItems": parameter.max_values}
        description += " Repeat it for OR."
    return OpenApiParameter(
        name,
        schema,
        description=description,
        required=parameter.required,
        style="form" if parameter.many else None,
        explode=parameter.many or None,
    )


class AutoSchema(BodiesSchema):
    """Drf-spectacular's, with the parameters that the view declares."""

    def get_tags(self) -> list[str]:
        """The first part of the path, or "api" if there is none."""
        return super().get_tags() or ["api"]

    def get_summary(self) -> str:
        """Such as "List statements" or "Get a statement"; otherwise the description's first sentence."""
        if not isinstance(self.view, ListViewSet) or self.view.action not in SUMMARIES:
            return self.get_description().partition(".")[0]
        one = with_article(self.view.get_queryset().model._meta.verbose_name)
        (many,) = self.get_tags()
        return SUMMARIES[self.view.action].format(one=one, many=many.replace("-", " "))

    def get_description(self) -> str:
        """The action's docstring; for a list or single record, the view's unless it overrides the method."""
        view = type(self.view)
        name = getattr(self.view, "action", "") or self.method.lower()
        inherits = isinstance(self.view, ListViewSet) and name not in ("list", "retrieve")
        own = getattr(view, name) if inherits else vars(view).get(name)
        description = (own or view).__doc__ or ""
        if not description:
            warn(f"{view.__name__} has no docstring to describe {self.method} {self.path}.")
        return "\n".join(line.strip() for line in description.strip().splitlines())

    def _is_list_view(self, serializer: Any = None) -> bool:
        if not isinstance(self.view, StrictView):
            return super()._is_list_view(serializer)
        if not isinstance(self.view, ListViewSet):
            return False
        return self.method == "GET" and self.view.is_collection and self.view.paginator is not None

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Schema | None:
        schema: Schema | None = super()._map_serializer_field(field, direction, bypass_extensions)
        # This marker is for the hook that names lists of choices, which is switched off.
        (schema or {}).pop("x-spec-enum-id", None)
        return add_constraints(field, schema) if schema and direction == "request" else schema

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Schema:
        schema: Schema = super()._map_basic_serializer(serializer, direction)
        if direction == "request" and isinstance(serializer, StrictModelSerializer | StrictSerializer):
            schema["additionalProperties"] = False
        return schema

    def get_auth(self) -> list[Schema]:
        """Require a token for writing. Reading requires none, though one may be sent."""
        return super().get_auth() if self._writes else []

    def get_override_parameters(self) -> list[Any]:
        """The lookup in the path, the view's query parameters, and conditional headers."""
        if not isinstance(self.view, StrictView):
            return super().get_override_parameters()
        lookup = (
            [self._lookup_parameter()] if isinstance(self.view, RecordViewSet) and self.view.detail else []
        )
        known = self.view.known_parameters()
        query = [describe(name, known[name]) for name in sorted(known, key=place_of)]
        if self._writes:
            return [*lookup, *query, *([IF_MATCH] if lookup else [])]
        return [*lookup, *query, *([IF_DATASET_VERSION, IF_NONE_MATCH] if self._has_etag else [])]

    def _lookup_parameter(self) -> OpenApiParameter:
        model, name = self.view.get_queryset().model._meta, self.view.lookup_field
        field = model.get_field(name)
        schema: Schema = {"type": "string"}
        if isinstance(field, IntegerField):
            schema = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        elif isinstance(field, UUIDField):
            schema = {"type": "string", "format": "uuid"}
        description = f"The {model.verbose_name}'s {name}."
        return OpenApiParameter(name, schema, OpenApiParameter.PATH, description=description)

    def get_request_serializer(self) -> Any:
        """The body of a write."""
        return self.view.get_input() if self._writes else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        """The detailed shape of the record written, or the schema that the view declares."""
        if not self._writes:
            stated = getattr(self.view, "response_schema", None)
            return {200: stated} if stated else super().get_response_serializers()
        shape = self.view.get_serializer_class()
        statuses = [201 if self.view.action == "create" else 200]
        if self._repeatable:
            statuses.append(200)
        return dict.fromkeys(statuses, shape)


class ComputedExtension(OpenApiSerializerFieldExtension):
    """Describes a computed field by its output."""

    target_class = "newsdb.api.rows.fields.Computed"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: openapi.AutoSchema, direction: Any) -> Schema:
        """The output's schema. The caller adds the help text, and null to the type but not to the enum."""
        schema: Schema = auto_schema._map_serializer_field(self.target.output, direction)
        if "enum" in schema and self.target.allow_null:
            return {**schema, "enum": [*schema["enum"], None]}
        return schema


class InstantExtension(OpenApiSerializerFieldExtension):
    """Describes a date and time in a body like one in a parameter."""

    target_class = "newsdb.api.request.input_fields.StrictDateTimeField"

    def map_serializer_field(self, auto_schema: openapi.AutoSchema, direction: Any) -> Schema:
        """The parameter's schema."""
        return DateTimeParameter(help_text="").schema()


class BearerScheme(OpenApiAuthenticationExtension):
    """Describes authentication by tokens."""

    target_class = "newsdb.api.request.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: openapi.AutoSchema) -> Schema:
        """The security scheme object."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that an administrator has created for you. Reading requires none.",
        }
