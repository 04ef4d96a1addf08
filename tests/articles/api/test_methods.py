"""What every address answers beside GET: HEAD and OPTIONS, to any page, and nobody writes."""

from urllib.parse import urlencode

import pytest

from articles.models import Statement
from tests.articles.api.routes import ROUTES, Route, a_row_in_every_list
from tests.reader import Reader

ELSEWHERE = {"Origin": "https://elsewhere.example"}


@pytest.fixture(params=[*ROUTES, "", "schema/", "docs/"], ids=str)
def address(request: pytest.FixtureRequest, db: None) -> str:
    """Each address in turn, with the parameters it needs; behind it is a row."""
    statement, route = a_row_in_every_list(), request.param
    if not isinstance(route, Route):
        return f"/api/v1/{route}?"
    return f"/api/v1/{route.path(statement)}?{urlencode(route.required)}"


def test_head_is_get_without_a_body(reader: Reader, address: str) -> None:
    got, head = reader.client.get(address), reader.client.head(address)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert head["Content-Type"] == got["Content-Type"]
    assert head.get("Content-Length") == got.get("Content-Length")
    assert got.getvalue()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_options_names_methods_and_parameters(reader: Reader, route: Route) -> None:
    response = reader.client.options(f"/api/v1/{route.path(a_row_in_every_list())}")
    assert response.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))
    names = {parameter["name"] for parameter in response.json()["parameters"]}
    assert names == set(route.parameters)


@pytest.mark.parametrize(("path", "status"), [("", 200), ("schema/", 200), ("docs/", 204)])
def test_options_elsewhere(reader: Reader, path: str, status: int) -> None:
    response = reader.client.options(f"/api/v1/{path}")
    assert (response.status_code, response["Allow"]) == (status, "GET, HEAD, OPTIONS")


def test_any_page_may_read_it(reader: Reader, address: str) -> None:
    assert reader.client.get(address, headers=ELSEWHERE)["Access-Control-Allow-Origin"] == "*"
    refused = reader.client.get(f"{address}&x=1", headers=ELSEWHERE)
    assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (400, "*")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes(reader: Reader, address: str, method: str) -> None:
    before = Statement.objects.values_list("pk", "updated_at").get()
    response = getattr(reader.client, method)(address, {}, content_type="application/json")
    allowed = method.upper() in response["Allow"].split(", ")
    assert response.status_code == (401 if allowed else 405)
    assert response["Content-Type"] == "application/problem+json"
    assert Statement.objects.values_list("pk", "updated_at").get() == before


@pytest.mark.parametrize("route", ROUTES, ids=str)
@pytest.mark.parametrize("format", ["csv", "jsonl", "nonsense"])
def test_a_method_that_there_is_not_is_told_before_the_format(
    reader: Reader, route: Route, format: str
) -> None:
    response = reader.client.delete(f"/api/v1/{route.path(a_row_in_every_list())}?format={format}")
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert response["Content-Type"] == "application/problem+json"
