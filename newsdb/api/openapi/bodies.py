"""What the OpenAPI description says of bodies: asked for and answered, each way it may go, by example."""

# Drf-spectacular is typed only in parts.
# mypy: disable-error-code="no-untyped-call, override"

from typing import Any

from drf_spectacular import openapi
from drf_spectacular.plumbing import ResolvedComponent

from newsdb.api.endpoints.response_docs import Schema
from newsdb.api.endpoints.views import ReadOnlyViewSet, StrictView
from newsdb.api.endpoints.writing import EditableViewSet
from newsdb.api.openapi import answers
from newsdb.api.openapi.examples import as_json, page_of, written
from newsdb.api.response.renderers import JSONRenderer

#: What answers with the version of the dataset, besides single records with their own.
VERSIONED = ("list", "facets", "export")


class BodiesSchema(openapi.AutoSchema):
    """Drf-spectacular's, with every answer that the view may give, its headers and an example."""

    view: Any

    def _get_request_body(self, direction: Any = "request") -> Schema | None:
        body: Schema | None = super()._get_request_body(direction)
        for content in (body or {}).get("content", {}).values():
            self._illustrate(content, content["schema"])
        if body and getattr(self.get_request_serializer(), "never_empty", False):
            body["required"] = True
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
        if "count" in self.view.known_parameters():
            self._resolved(one)[1]["properties"] |= answers.COUNT
        for media_type, content in contents.items():
            content["schema"] = answers.TEXTS.get(media_type, content["schema"])
            self._illustrate(content, one, media_type)
        if "application/json" in contents and "fields" in self.view.known_parameters():
            whole = contents["application/json"]["schema"]
            contents["application/json"]["schema"] = {"anyOf": [whole, self._part(whole)]}
        if getattr(self.view, "action", "") == "retrieve":
            for media_type, schema in self.view.other_media.items():
                contents[media_type] = {"schema": schema}

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
        if renderer is not JSONRenderer:
            content["example"] = written(renderer, self.view.get_serializer_class(), row, self.view)
        else:
            content["example"] = as_json(page_of(row, page["properties"]) if listed else row)

    def _headers(self, status: str) -> list[str]:
        action = getattr(self.view, "action", "")
        names = list(answers.QUOTA)
        if self._is_list_view():
            names.append("Link")
        if (self._writes and not self._repeatable) or self._tagged:
            names.append("ETag")
        if self._tagged:
            names.append("Cache-Control")
        if action in VERSIONED:
            names.append("Last-Modified")
        if action == "export":
            names += ["Dataset-Version", "Record-Count"]
        if status == "201":
            names.append("Location")
        return names

    @property
    def _repeatable(self) -> bool:
        """Whether what was written before may be sent again, and answers 200 then."""
        return getattr(self.view, "repeatable", False)

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
        if self.view.kept_to_editors & self.view.known_parameters().keys():
            statuses.add(403)
        found = {status: self._problem(status) for status in statuses}
        if self._tagged:
            found[304] = {
                "description": "It is still the one you have.",
                "headers": answers.headers(*answers.QUOTA, "ETag", "Cache-Control"),
            }
        if self._writes and self.view.action == "create":
            created = self.view.create_problems.items()
            found |= {status: answers.problem_response(status, answer) for status, answer in created}
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


def _name(reference: Schema) -> str:
    """The component that is referred to, or ""."""
    return str(reference.get("$ref", "")).rpartition("/")[2]
