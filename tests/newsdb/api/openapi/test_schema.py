"""The description says what the views do, from the same declarations, and is valid OpenAPI 3.1."""

from functools import reduce
from operator import getitem
from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

from tests.newsdb.api.toy import EntryViewSet

pytestmark = pytest.mark.urls("tests.newsdb.api.toy")


@pytest.fixture
def schema() -> dict[str, Any]:
    with GENERATOR_STATS.silence():
        generated: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return generated


def operation(schema: dict[str, Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["paths"][f"/api/v1/{path}"]["get"]
    return found


def resolved(schema: dict[str, Any], node: Any) -> Any:
    """What ``node`` says, or what it refers to."""
    return reduce(getitem, node["$ref"].split("/")[1:], schema) if "$ref" in node else node


def test_it_is_valid_and_leaves_nothing_to_warn_of(schema: dict[str, Any], capsys: Any) -> None:
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, capsys.readouterr().err


def test_it_has_every_operation_under_a_name(schema: dict[str, Any]) -> None:
    operations = [each["get"]["operationId"] for each in schema["paths"].values()]
    assert operations == [
        "root_retrieve",
        "docs_retrieve",
        "entries_list",
        "entries_retrieve",
        "entries_facets_retrieve",
        "kinds_list",
        "kinds_retrieve",
        "schema_retrieve",
    ]
    assert operation(schema, "entries/")["summary"] == "List entries"
    assert operation(schema, "entries/{id}/")["summary"] == "Get a log entry"
    assert operation(schema, "entries/")["description"] == "What was done, newest first."
    assert operation(schema, "entries/facets/")["description"] == "Counts under the same filters."
    assert operation(schema, "entries/facets/")["summary"] == "Count entries"
    assert operation(schema, "")["summary"].startswith("The address of every list")
    assert operation(schema, "")["tags"] == ["api"]


def test_every_parameter_is_there_as_declared(schema: dict[str, Any]) -> None:
    parameters = operation(schema, "entries/")["parameters"]
    documented = {each["name"]: each for each in parameters if each["in"] == "query"}
    view = EntryViewSet(action="list", detail=False)
    known = view.known_parameters()
    assert set(documented) == set(known) == {
        "user", "action", "staff", "kind", "words", "limit", "cursor", "format",
        "fields", "omit", "count",
    }  # fmt: skip
    for name, parameter in known.items():
        one = documented[name]["schema"]
        assert (one["items"] if parameter.many else one) == parameter.schema()
        assert documented[name]["description"].startswith(parameter.help_text)
    assert documented["action"] == {
        "in": "query",
        "name": "action",
        "schema": {"type": "array", "maxItems": 100, "items": {"type": "string", "enum": ["1", "2", "3"]}},
        "description": "What. Repeat it for OR.",
        "style": "form",
        "explode": True,
    }


def test_a_detail_has_its_lookup_and_no_filters(schema: dict[str, Any]) -> None:
    parameters = {each["name"]: each for each in operation(schema, "entries/{id}/")["parameters"]}
    assert set(parameters) == {"id", "If-Dataset-Version", "If-None-Match", "format", "fields", "omit"}
    assert parameters["id"]["in"] == "path"
    assert parameters["id"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
    (slug,) = [each for each in operation(schema, "kinds/{model}/")["parameters"] if each["in"] == "path"]
    assert slug["schema"] == {"type": "string"}


def test_problems_are_described(schema: dict[str, Any]) -> None:
    for path, statuses in {
        "entries/": {"200", "304", "400", "401", "406", "414", "429", "503"},
        "entries/{id}/": {"200", "304", "400", "401", "404", "406", "414", "429", "503"},
        "kinds/{model}/": {"200", "304", "308", "400", "401", "404", "406", "410", "414", "429", "503"},
    }.items():
        responses = operation(schema, path)["responses"]
        assert set(responses) == statuses
        for status in statuses - {"200", "304", "308"}:
            (answer,) = resolved(schema, responses[status])["content"].items()
            assert answer[0] == "application/problem+json"
            assert answer[1]["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert answer[1]["example"]["status"] == int(status)
    assert "content" not in operation(schema, "kinds/{model}/")["responses"]["308"]


def test_a_list_is_a_page_with_a_link(schema: dict[str, Any]) -> None:
    answer = operation(schema, "entries/")["responses"]["200"]
    assert "Link" in answer["headers"]
    page = schema["components"]["schemas"]["PaginatedEntryList"]
    paged, part = answer["content"]["application/json"]["schema"]["anyOf"]
    assert paged["$ref"].endswith("/PaginatedEntryList")
    assert "properties" not in part  # which would be in the types of generated clients
    part = part["then"]
    for shape in (paged, part):
        assert {"count", "count_is_exact"} <= resolved(schema, shape)["properties"].keys()
    rows = resolved(schema, part)["properties"]["results"]["items"]
    assert "required" not in resolved(schema, rows)
    assert list(resolved(schema, rows)["properties"]) == list(
        schema["components"]["schemas"]["Entry"]["properties"]
    )
    assert page["required"] == ["next", "results"]
    assert page["properties"]["results"]["items"]["$ref"].endswith("/Entry")
    assert "Link" not in operation(schema, "entries/{id}/")["responses"]["200"]["headers"]


def test_a_shape_is_described_as_it_is_built(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]
    entry = components["Entry"]
    assert set(entry["required"]) == set(entry["properties"])
    assert entry["description"] == "Something that was done."
    assert entry["properties"]["url"] == {
        "type": "string",
        "format": "uri",
        "description": "The record's own address.",
    }
    assert entry["properties"]["action_time"] == {"type": "string", "format": "date-time"}
    assert entry["properties"]["action_flag"]["enum"] == [1, 2, 3]
    assert entry["properties"]["object_id"]["type"] == ["string", "null"]
    assert {"type": "null"} in entry["properties"]["kind"]["oneOf"]
    assert components["Message"]["properties"]["change_message"]["type"] == ["string", "null"]
    assert components["KindDetail"]["properties"]["label"] == {
        "type": "string",
        "description": "Both names in one.",
    }
    assert components["KindDetail"]["properties"]["codenames"] == {
        "type": "array",
        "items": {"type": "string"},
    }
    assert "x-spec-enum-id" not in str(schema)
    assert "readOnly" not in str(schema)


def test_an_answer_has_the_members_described(schema: dict[str, Any], api: APIClient, make_entry: Any) -> None:
    make_entry()
    (row,) = api.get("/api/v1/entries/").json()["results"]
    components = schema["components"]["schemas"]
    assert set(row) == set(components["Entry"]["properties"])
    assert set(row["kind"]) == set(components["KindOfEntry"]["properties"])
    assert set(api.get("/api/v1/entries/?x=1").json()) <= set(components["Problem"]["properties"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("", "*/*", "application/json"),
        ("?format=json", "*/*", "application/json"),
        ("?format=yaml", "*/*", "application/vnd.oai.openapi"),
        ("", "application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("", "application/vnd.oai.openapi", "application/vnd.oai.openapi"),
    ],
)
def test_it_is_served_as_json_and_yaml(api: APIClient, query: str, accept: str, media_type: str) -> None:
    response = api.get(f"/api/v1/schema/{query}", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert b"entries_list" in response.content
