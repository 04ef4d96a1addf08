"""The OpenAPI description, from the same declarations that answer the requests."""

# Drf-spectacular is typed only in parts.
# mypy: disable-error-code="no-untyped-call, override"

from typing import Any

from django.db.models import IntegerField
from drf_spectacular import openapi
from drf_spectacular.drainage import warn
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent, build_parameter_type
from drf_spectacular.utils import OpenApiParameter

from newsdb.api import answers
from newsdb.api.answers import Schema
from newsdb.api.examples import as_json, page_of, written
from newsdb.api.inputs import Members, ReasonInput
from newsdb.api.narrowing import narrow
from newsdb.api.parameters import MAX_ID, MAX_VALUES, Parameter
from newsdb.api.renderers import JSONRenderer, RowsRenderer
from newsdb.api.views import ListViewSet, ReadOnlyViewSet, StrictView
from newsdb.api.writing import EditableViewSet

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the record's JSON as you know it, so that nobody's change is lost.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the answer that you have: 304 if it is still the same.",
)
#: What answers with the version of the dataset, besides single records with their own.
VERSIONED = ("list", "facets", "export")
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
            name=name,
            schema=schema,
            location=OpenApiParameter.QUERY,
            description=parameter.help_text,
            required=parameter.required,
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
        """The docstring of the action if it writes or is the view's own, else the view's."""
        view = type(self.view)
        name = getattr(self.view, "action", "") or self.method.lower()
        own = getattr(view, name) if self._writes else vars(view).get(name)
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
        return narrow(field, schema) if schema and direction == "request" else schema

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Schema:
        schema: Schema = super()._map_basic_serializer(serializer, direction)
        if direction == "request" and isinstance(serializer, Members | ReasonInput):
            schema["additionalProperties"] = False
        return schema

    def _get_request_body(self, direction: Any = "request") -> Schema | None:
        body: Schema | None = super()._get_request_body(direction)
        for content in (body or {}).get("content", {}).values():
            self._illustrate(content, content["schema"])
        return body

    def _get_response_bodies(self, direction: Any = "response") -> Schema:
        responses = super()._get_response_bodies(direction)
        if not isinstance(self.view, StrictView):
            return responses
        for status in responses.keys() & {"200", "201"}:
            self._complete(responses[status], status)
        self._component(ResolvedComponent.SCHEMA, "Problem", answers.PROBLEM)
        for name, header in answers.HEADERS.items():
            self._component(ResolvedComponent.HEADER, name, header)
        for code, answer in self._other_answers().items():
            responses.setdefault(str(code), answer)
        return responses

    def _complete(self, response: Schema, status: str) -> None:
        """Say what a good answer looks like in every format, and what comes with it."""
        contents: dict[str, Schema] = response.setdefault("content", {})
        response["description"] = response["description"] or "What was asked for."
        response["headers"] = answers.headers(*self._headers(status))
        one = next(iter(contents.values()))["schema"]
        for media_type, content in contents.items():
            content["schema"] = answers.TEXTS.get(media_type, content["schema"])
            self._illustrate(content, one, media_type)
        if "application/json" in contents:
            self._part_or_count(contents["application/json"])
        if getattr(self.view, "action", "") == "retrieve":
            for media_type, schema in self.view.other_media.items():
                contents[media_type] = {"schema": schema}

    def _part_or_count(self, content: Schema) -> None:
        """Add what a record, or a list, is with ``fields`` or ``omit``, and with ``count``."""
        known, shapes = self.view.known_parameters(), [content["schema"]]
        if "fields" in known:
            shapes.append(self._part(content["schema"]))
        if "count" in known:
            shapes.append(self._component(ResolvedComponent.SCHEMA, "Count", answers.COUNTED))
        if len(shapes) > 1:
            content["schema"] = {"anyOf": shapes}

    def _part(self, reference: Schema) -> Schema:
        """A reference to the same shape, of which a client wants only some members."""
        if not self._is_list_view():
            return self._part_of_record(reference)
        name, page = self._resolved(reference)
        results = page["properties"]["results"]
        parts = {**results, "items": self._part_of_record(results["items"])}
        page = {**page, "properties": {**page["properties"], "results": parts}}
        return self._component(ResolvedComponent.SCHEMA, name.replace("List", "PartList"), page)

    def _part_of_record(self, reference: Schema) -> Schema:
        name, record = self._resolved(reference)
        part = {key: value for key, value in record.items() if key != "required"}
        part["description"] = f"Those members of a `{name}` that `fields` and `omit` leave."
        return self._component(ResolvedComponent.SCHEMA, f"{name}Part", {**part, "minProperties": 1})

    def _resolved(self, reference: Schema) -> tuple[str, Schema]:
        """The name and the schema of the component that is referred to."""
        name = _name(reference)
        return name, self.registry[name, ResolvedComponent.SCHEMA].schema

    def _component(self, kind: str, name: str, schema: Schema) -> Schema:
        component = ResolvedComponent(name=name, type=kind, schema=schema, object=name)
        self.registry.register_on_missing(component)
        reference: Schema = component.ref
        return reference

    def _illustrate(self, content: Schema, shape: Schema, media_type: str = "application/json") -> None:
        """Put an example into ``content``, where the view has one of that shape."""
        name = _name(shape)
        listed = self._is_list_view()
        if listed and name:
            _, page = self._resolved(shape)
            name = _name(page["properties"]["results"]["items"])
        row = self.view.examples.get(name) if isinstance(self.view, StrictView) else None
        if row is None:
            return
        renderers = {each.media_type: each for each in self.view.renderer_classes}
        renderer: Any = renderers.get(media_type, JSONRenderer)
        if issubclass(renderer, RowsRenderer):
            content["example"] = written(renderer, self.view.get_serializer_class(), row, self.view)
        else:
            content["example"] = as_json(page_of(row, page["properties"]) if listed else row)

    def _headers(self, status: str) -> list[str]:
        action = getattr(self.view, "action", "")
        names = list(answers.QUOTA)
        if self._is_list_view():
            names.append("Link")
        if self._writes or self._tagged:
            names.append("ETag")
        if self._tagged:
            names.append("Cache-Control")
        if action in VERSIONED:
            names.append("Last-Modified")
        if status == "201":
            names.append("Location")
        return names

    @property
    def _tagged(self) -> bool:
        """Whether a client that has the answer already may be told so."""
        return self.method == "GET" and getattr(self.view, "action", "") in (*VERSIONED, "retrieve")

    def _other_answers(self) -> dict[int, Schema]:
        one = getattr(self.view, "detail", None) or not (self._writes or self.view.is_collection)
        one = one and isinstance(self.view, ReadOnlyViewSet)
        statuses = {*answers.ALWAYS, *(answers.WRITING if self._writes else ())}
        if one:
            statuses |= {404, *(answers.PRECONDITIONS if self._writes else ())}
        found = {status: self._problem(status) for status in statuses}
        if self._tagged:
            found[304] = {
                "description": "It is still the one you have.",
                "headers": answers.headers(*answers.QUOTA, "ETag", "Cache-Control"),
            }
        if one:
            found |= {status: self._of_record(status) for status in self.view.problems}
        return dict(sorted(found.items()))

    def _problem(self, status: int) -> Schema:
        """A reference to the problem of that status."""
        response = answers.problem_response(status, answers.PROBLEMS[status])
        return self._component(ResolvedComponent.RESPONSE, f"Problem{status}", response)

    def _of_record(self, status: int) -> Schema:
        """How a record of this view may answer besides."""
        answer = self.view.problems[status]
        if status >= 400:
            return answers.problem_response(status, answer)
        return {"description": answer.when, "headers": answers.headers(*answers.QUOTA, *answer.headers)}

    @property
    def _writes(self) -> bool:
        return isinstance(self.view, EditableViewSet) and self.view.writes

    def get_auth(self) -> list[Schema]:
        """A token where one is needed; where none is, it may come along."""
        return super().get_auth() if self._writes else [*super().get_auth(), {}]

    def get_override_parameters(self) -> list[Any]:
        """``If-Match`` where a record is changed, ``If-None-Match`` where an answer may be had already."""
        if self._writes and self.view.detail:
            return [IF_MATCH]
        return [IF_NONE_MATCH] if self._tagged else super().get_override_parameters()

    def get_request_serializer(self) -> Any:
        """What the body of a write holds."""
        return self.view.get_input() if self._writes else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        """The record written, in its detailed shape; or the shape that the view states."""
        if not self._writes:
            stated = getattr(self.view, "answer_schema", None)
            return {200: stated} if stated else super().get_response_serializers()
        return {201 if self.view.action == "create" else 200: self.view.get_serializer_class()}


def _name(reference: Schema) -> str:
    """The component that is referred to, or ""."""
    return str(reference.get("$ref", "")).rpartition("/")[2]


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
