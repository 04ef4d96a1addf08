"""Request bodies and responses in the OpenAPI description, with every status, headers and examples."""

# Drf-spectacular is typed only in parts.
# mypy: disable-error-code="no-untyped-call, override"

from typing import Any

from drf_spectacular import openapi
from drf_spectacular.plumbing import ResolvedComponent

from newsdb.api.endpoints.base import StrictView
from newsdb.api.endpoints.editing import EditableViewSet
from newsdb.api.endpoints.records import RecordViewSet
from newsdb.api.endpoints.response_docs import Schema
from newsdb.api.openapi.examples import example_of, input_example_of, json_value, page_of, rendered
from newsdb.api.openapi.responses import (
    ALWAYS,
    BODY,
    COUNT,
    HEADERS,
    MEDIA_TYPES,
    PRECONDITIONS,
    PROBLEM,
    PROBLEMS,
    RATE_LIMIT_HEADERS,
    WRITING,
    header_references,
    problem_doc,
)
from newsdb.api.response.renderers import JSONRenderer

#: Actions whose ETag depends on the dataset's version. A single record has its own ETag.
VERSIONED = ("list", "facets", "export", "occurrences")


class BodiesSchema(openapi.AutoSchema):
    """Drf-spectacular's, with all responses of the view, their headers and examples."""

    view: Any

    def _get_request_body(self, direction: Any = "request") -> Schema | None:
        body: Schema | None = super()._get_request_body(direction)
        if body and isinstance(self.view, StrictView):
            serializer = self.get_request_serializer()
            for content in body["content"].values():
                content["example"] = json_value(input_example_of(serializer, patch=self.method == "PATCH"))
            if getattr(serializer, "never_empty", False):
                body["required"] = True
        return body

    def _get_response_bodies(self, direction: Any = "response") -> Schema:
        responses = super()._get_response_bodies(direction)
        if not isinstance(self.view, StrictView):
            return responses
        for status in responses.keys() & {"200", "201"}:
            self._describe_success(responses[status], status)
        self._register(ResolvedComponent.SCHEMA, "Problem", PROBLEM)
        for name, header in HEADERS.items():
            self._register(ResolvedComponent.HEADER, name, header)
        for code, other in self._other_responses().items():
            responses.setdefault(str(code), other)
        return responses

    def _describe_success(self, response: Schema, status: str) -> None:
        """Describe a successful response in every format, and its headers."""
        contents: dict[str, Schema] = response.setdefault("content", {})
        response["description"] = response["description"] or "Success."
        response["headers"] = header_references(*self._headers(status))
        one, example = next(iter(contents.values()))["schema"], self._example_of_response(status)
        page = self._component_of(one)[1] if self._is_list_view() else None
        if page and "count" in self.view.known_parameters():
            page["required"] = list(dict.fromkeys([*page["required"], *self.view.page_schemas]))
            page["properties"] |= {**self.view.page_schemas, **COUNT}
            page["properties"] |= self.view.empty_page_schemas
        for media_type, content in contents.items():
            content["schema"] = MEDIA_TYPES.get(media_type, content["schema"])
            if example is not None:
                content["example"] = self._render_example(example, page, media_type)
        if "application/json" in contents and "fields" in self.view.known_parameters():
            whole = contents["application/json"]["schema"]
            contents["application/json"]["schema"] = {
                "anyOf": [whole, _only_for_validators(self._pruned(whole))]
            }
        if getattr(self.view, "action", "") == "retrieve":
            for media_type, schema in self.view.other_media_types.items():
                contents[media_type] = {"schema": schema}

    def _pruned(self, reference: Schema) -> Schema:
        """A reference to the schema of the same records with only some members."""
        if not self._is_list_view():
            return self._pruned_record(reference)
        name, page = self._component_of(reference)
        results = page["properties"]["results"]
        parts = {**results, "items": self._pruned_record(results["items"])}
        page = {**page, "properties": {**page["properties"], "results": parts}}
        return self._register(ResolvedComponent.SCHEMA, name.replace("List", "PartList"), page)

    def _pruned_record(self, reference: Schema) -> Schema:
        name, record = self._component_of(reference)
        part = {key: value for key, value in record.items() if key != "required"}
        part["properties"] = {key: self._partial(value) for key, value in record["properties"].items()}
        part["description"] = f"The fields of `{name}` that `fields` and `omit` select."
        return self._register(ResolvedComponent.SCHEMA, f"{name}Part", {**part, "minProperties": 1})

    def _partial(self, schema: Schema) -> Schema:
        """The schema of a member; if it is an object, of one with only some members."""
        if "$ref" in schema:
            _, record = self._component_of(schema)
            return self._pruned_record(schema) if "properties" in record else schema
        either = ("allOf", "oneOf", "anyOf")
        return {
            key: [*map(self._partial, value)] if key in either else value for key, value in schema.items()
        }

    def _component_of(self, reference: Schema) -> tuple[str, Schema]:
        """The name and schema of the component that a reference points to."""
        name = _name_of(reference)
        return name, self.registry[name, ResolvedComponent.SCHEMA].schema

    def _register(self, kind: str, name: str, schema: Schema) -> Schema:
        component = ResolvedComponent(name=name, type=kind, schema=schema, object=name)
        self.registry.register_on_missing(component)
        reference: Schema = component.ref
        return reference

    def _example_of_response(self, status: str) -> Any:
        """The example record of a successful response, or None."""
        shapes = self.get_response_serializers()
        shape = shapes[int(status)] if isinstance(shapes, dict) else shapes
        return None if isinstance(shape, dict) else example_of(shape)

    def _render_example(self, row: Any, page: Schema | None, media_type: str) -> Any:
        """``row`` in one of the view's formats, within a page if ``page`` is given."""
        renderers = {each.media_type: each for each in self.view.renderer_classes}
        renderer: Any = renderers.get(media_type, JSONRenderer)
        if renderer is not JSONRenderer:
            return rendered(renderer, self.view.get_serializer_class(), row, self.view)
        return json_value(page_of(row, page["properties"]) if page else row)

    def _headers(self, status: str) -> list[str]:
        action = getattr(self.view, "action", "")
        names = list(RATE_LIMIT_HEADERS)
        if self._is_list_view():
            names.append("Link")
        if (self._writes and not self._repeatable) or self._has_etag:
            names.append("ETag")
        if self._has_etag:
            names.append("Cache-Control")
        if action in VERSIONED:
            names.append("Last-Modified")
        if action == "facets":
            names += ["Content-Disposition", "Counts-Complete", "Link"]
        if action == "export":
            names += ["Content-Disposition", "Dataset-Version", "Record-Count"]
        if self._writes:
            names.append("Dataset-Version")
        if status == "201":
            names.append("Location")
        return names

    @property
    def _repeatable(self) -> bool:
        """Whether the same body may be sent again, which then gets a 200."""
        return getattr(self.view, "repeatable", False)

    @property
    def _has_etag(self) -> bool:
        """Whether a GET may get a 304."""
        return self.method == "GET" and getattr(self.view, "action", "") in (*VERSIONED, "retrieve")

    def _other_responses(self) -> dict[int, Schema]:
        one = isinstance(self.view, RecordViewSet) and (
            self.view.detail or not (self._writes or self.view.is_collection)
        )
        statuses = {*ALWAYS, *(WRITING if self._writes else BODY if self.view.writes else ())}
        if one:
            statuses |= {404, *(PRECONDITIONS if self._writes else ())}
        if self.view.editor_only_parameters & self.view.known_parameters().keys():
            statuses.add(403)
        found = {status: self._problem(status) for status in statuses}
        if self._has_etag:
            found[304] = {
                "description": "Unchanged: you have the current version.",
                "headers": header_references(*RATE_LIMIT_HEADERS, "ETag", "Cache-Control"),
            }
        if self._writes and self.view.action == "create":
            created = self.view.create_responses.items()
            found |= {status: problem_doc(status, doc) for status, doc in created}
        if one or (self.view.writes and not self._writes):
            found |= {status: self._response_of_record(status) for status in self.view.other_responses}
        return dict(sorted(found.items()))

    def _problem(self, status: int) -> Schema:
        """A reference to the response component for problems with this status."""
        response = problem_doc(status, PROBLEMS[status])
        return self._register(ResolvedComponent.RESPONSE, f"Problem{status}", response)

    def _response_of_record(self, status: int) -> Schema:
        """Another response for a single record of this view."""
        doc = self.view.other_responses[status]
        if status >= 400:
            return problem_doc(status, doc)
        return {"description": doc.when, "headers": header_references(*RATE_LIMIT_HEADERS, *doc.headers)}

    @property
    def _writes(self) -> bool:
        return isinstance(self.view, EditableViewSet) and self.view.writes


def _only_for_validators(reference: Schema) -> Schema:
    """The same schema for validators only; code generators see just an object.

    Otherwise they would treat every member as optional in complete records too.
    """
    return {
        "type": "object",
        "description": f"With `fields` or `omit`: a `{_name_of(reference)}`.",
        "if": {},
        "then": reference,
    }


def _name_of(reference: Schema) -> str:
    """The name of the component that a reference points to, or ""."""
    return str(reference.get("$ref", "")).rpartition("/")[2]
