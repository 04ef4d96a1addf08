"""The OpenAPI description: without a warning, complete, and true of what is answered."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from articles.services.retraction import retract_article
from newsdb.api.openapi.views import openapi
from tests.articles.api.routes import RECORDS, ROUTES, Route, a_row_in_every_list, settle
from tests.factories import (
    ActorNameFactory,
    CaptureFactory,
    OutletDomainFactory,
    RelatedLinkFactory,
    RoleFactory,
    StatementFactory,
)
from tests.newsdb.api.openapi.test_schema import resolved
from tests.reader import Reader

MONTH = {"said_on": "2024-10-01", "said_precision": "month"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return openapi()


def operation(schema: dict[str, Any], route: Route) -> dict[str, Any]:
    return schema["paths"][f"/api/v1/{route}"]["get"]


def differences(schema: dict[str, Any], route: Route, response: Any) -> list[str]:
    """Where a response is not what the description says of it."""
    described = resolved(schema, operation(schema, route)["responses"][str(response.status_code)])
    shape = described["content"][response["Content-Type"]]["schema"]
    validator = Draft202012Validator({**shape, "components": schema["components"]})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.json())]


def test_nothing_to_warn_of(tmp_path) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


def test_every_route(schema: dict[str, Any]) -> None:
    read = {path for path, operations in schema["paths"].items() if "get" in operations}
    assert read == {f"/api/v1/{route}" for route in [*ROUTES, "", "schema/", "docs/"]}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_parameter_with_a_description(schema: dict[str, Any], route: Route) -> None:
    parameters = operation(schema, route)["parameters"]
    assert all(parameter["description"] for parameter in parameters)
    names = {parameter["name"] for parameter in parameters if parameter["in"] == "query"}
    assert names == set(route.parameters)


def test_the_filters_of_the_contract(schema: dict[str, Any]) -> None:
    paging, dates = "limit cursor format", "date date_after date_before undated"
    contract = {
        "statements/": f"{paging} {dates} date_basis speaker author outlet kind section language article "
        "source_url text_match reviewed",
        "articles/": f"{paging} {dates} author outlet section language source_url",
        "related-links/": f"{paging} {dates} outlet section article target",
        "outlets/": f"{paging} domain",
        "actors/": f"{paging} q kind",
        "speakers/": f"{paging} q",
        "authors/": f"{paging} q",
    }
    parameters = {str(route): set(route.parameters) for route in ROUTES}
    for path, names in contract.items():
        assert set(names.split()) <= parameters[path], path


@pytest.mark.parametrize("route", [route for route in ROUTES if route.action != "export"], ids=str)
def test_answers_are_as_described(reader: Reader, schema: dict[str, Any], route: Route) -> None:
    bare = StatementFactory()
    full = a_row_in_every_list()
    type(full).objects.filter(pk=full.pk).update(**MONTH)
    article = full.article
    RoleFactory(actor=full.speaker, organisation=article.bylines.get().author)
    ActorNameFactory(actor=full.speaker)
    OutletDomainFactory(outlet=article.outlet)
    CaptureFactory(article=article)
    RelatedLinkFactory(related_list=article.related_lists.get(), target=article, outlet=article.outlet)
    settle()
    for statement in (bare, full):
        response = reader.get(route.path(statement), **route.required)
        assert response.status_code == 200
        assert differences(schema, route, response) == []


def test_problems_are_as_described(reader: Reader, schema: dict[str, Any]) -> None:
    list_of_statements = ROUTES[0]
    for parameters in ({"speaker": "nobody", "kind": "x"}, {"format": "x"}):
        response = reader.get(str(list_of_statements), **parameters)
        assert differences(schema, list_of_statements, response) == []
    statement = StatementFactory()
    retract_article(article=statement.article, reason="Misprint.", by="ines")
    for route in RECORDS[:2]:
        for path in (route.path(statement), f"{route.prefix}/0/"):
            assert differences(schema, route, reader.get(path)) == []


def test_people_meet_first_what_they_need_first(schema: dict[str, Any]) -> None:
    operation = schema["paths"]["/api/v1/statements/"]["get"]
    names = [parameter["name"] for parameter in operation["parameters"]]
    assert names[:6] == ["q", "speaker", "outlet", "date", "date_after", "date_before"]
    assert names[-1] == "If-None-Match"
    described = {tag["name"] for tag in schema["tags"] if tag["description"]}
    used = {tag for path in schema["paths"].values() for each in path.values() for tag in each["tags"]}
    assert used == described
    assert schema["servers"][0]["url"] == "/"
    assert schema["info"]["license"]["url"]


def test_a_padlock_is_where_a_token_is_needed(schema: dict[str, Any]) -> None:
    locked = {
        (method, path)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if operation.get("security")
    }
    assert locked
    assert {method for method, _ in locked} == {"post", "patch"}
    assert ("post", "/api/v1/checks/") not in locked


def test_the_examples_exist_in_the_dataset_that_ships(reader: Reader, schema: dict[str, Any]) -> None:
    call_command("loaddata", "north_korea_russia", verbosity=0)
    parameters = schema["paths"]["/api/v1/statements/"]["get"]["parameters"]
    examples = {
        parameter["name"]: found[1]
        for parameter in parameters
        if (found := re.search(r"for example: ([a-z-]+)", parameter["description"]))
    }
    schemas = {parameter["name"]: parameter["schema"] for parameter in parameters}
    examples["article"] = schemas["article"]["items"]["examples"][0]
    examples["date"] = schemas["date"]["examples"][0]
    for name in ("q", "speaker", "outlet", "author", "article", "date"):
        assert reader.rows("statements/", **{name: examples[name]}), name
