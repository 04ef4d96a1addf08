"""docs/openapi.yaml is what the API says of itself, on any machine; and what it shows is true of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from drf_spectacular.renderers import OpenApiYamlRenderer
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from articles.models import Statement
from newsdb.api.openapi.views import openapi
from tests.articles.api.routes import ROUTES, Route, a_row_in_every_list
from tests.clients import editor, write
from tests.factories import ActorFactory
from tests.newsdb.api.openapi.test_schema import resolved
from tests.reader import Reader
from tests.test_permissions import TABLE

#: Read by libyaml: by Python alone it takes seconds.
COMMITTED: dict[str, Any] = yaml.load(
    (Path(settings.BASE_DIR) / "docs/openapi.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
CHANGING = ("post", "patch", "put", "delete")


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in COMMITTED["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def contents() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every body and every answer with a body: where, its media type, and what is said of it."""
    for path, method, operation in operations():
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{method} {path} body", media_type, content
        for status, response in operation["responses"].items():
            for media_type, content in resolved(COMMITTED, response).get("content", {}).items():
                yield f"{method} {path} {status}", media_type, content


def test_it_is_what_is_generated(checkout: Path) -> None:
    generated = OpenApiYamlRenderer().render(openapi(), renderer_context={}).decode()
    same = (checkout / "docs/openapi.yaml").read_text("utf-8") == generated
    assert same, "docs/openapi.yaml is not what the API is now: run `make schema` and commit it."


def test_it_says_nothing_of_this_machine(checkout: Path) -> None:
    text = (checkout / "docs/openapi.yaml").read_text("utf-8")
    assert "127.0.0.1" not in text
    assert "localhost" not in text
    assert [server["url"] for server in COMMITTED["servers"]] == ["/"]


def test_every_route_and_method_is_in_it_and_no_other() -> None:
    stated = {(path, method.upper()) for path, method, _ in operations()}
    table = {
        (path.replace("<", "{").replace(">", "}"), method)
        for path, row in TABLE.items()
        for method in row
        if path.startswith("/api/")
    }
    assert stated == table


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_parameter_is_in_it_and_no_other(route: Route) -> None:
    parameters = COMMITTED["paths"][f"/api/v1/{route}"]["get"]["parameters"]
    assert {each["name"] for each in parameters if each["in"] == "query"} == set(route.parameters)


def test_everything_has_an_example_that_is_as_described() -> None:
    faults, shown = [], 0
    for place, media_type, content in contents():
        shape = content["schema"]
        examples = [content["example"]] if "example" in content else shape.get("examples", [])
        if not examples:
            faults.append(f"{place} {media_type}: no example")
        validator = Draft202012Validator({**shape, "components": COMMITTED["components"]})
        for example in examples:
            shown += 1
            faults += [f"{place} {media_type}: {error.message}" for error in validator.iter_errors(example)]
    assert faults == []
    assert shown > len(COMMITTED["paths"])


def test_no_example_leaves_a_member_out_or_adds_one() -> None:
    for place, media_type, content in contents():
        if media_type != "application/json" or "example" not in content or "body" in place:
            continue
        shape = resolved(COMMITTED, content["schema"].get("anyOf", [content["schema"]])[0])
        row, record = content["example"], shape
        if "results" in row:
            assert row.keys() == shape["properties"].keys(), place
            (row,) = row["results"]
            record = resolved(COMMITTED, shape["properties"]["results"]["items"])
        if "oneOf" in record:  # it may be one of several shapes, and the example is of the first
            record = resolved(COMMITTED, record["oneOf"][0])
        if "facets" not in place:
            assert row.keys() == record["properties"].keys(), place


def test_inputs_are_closed() -> None:
    """What is refused is said to be: a body with another member is not as described."""
    found = 0
    for place, _, content in contents():
        if "body" in place:
            found += 1
            assert resolved(COMMITTED, content["schema"])["additionalProperties"] is False, place
    assert found == len([method for _, method, _ in operations() if method in CHANGING])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["actors/", "outlets/", "articles/", "statements/"])
def test_other_members_are_refused(path: str) -> None:
    example = COMMITTED["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]
    answer = write(editor(), "post", path, {**example["example"], "nonsense": 1})
    assert answer.status_code == 400
    assert {"/nonsense": "unknown"}.items() <= {
        error["pointer"]: error["code"] for error in answer.json()["errors"]
    }.items()


@pytest.mark.django_db
def test_what_the_examples_write_can_be_written() -> None:
    ines = editor()
    ActorFactory(slug="council-of-exampleton", kind="organisation")
    article = ""
    for path in ("actors/", "outlets/", "articles/", "statements/"):
        content = COMMITTED["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]
        body = dict(content["example"])
        if path == "statements/":
            body["article"] = article
        answer = write(ines, "post", path, body)
        assert answer.status_code == 201, answer.json()
        article = answer.json()["uid"]
    assert Statement.objects.public().get().text == "The library stays."


def test_only_writing_takes_a_token() -> None:
    for path, method, described in operations():
        needed = [{"token": []}]
        writes = method in ("post", "patch") and path != "/api/v1/checks/"
        assert described.get("security") == (needed if writes else None)


#: Headers that come with every answer, whatever it is.
EVERYWHERE = {"Allow", "Content-Type", "Content-Length", "Vary"}
QUOTA = {"RateLimit", "RateLimit-Policy"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_headers_are_as_described(reader: Reader, route: Route, settings: Any) -> None:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 1000)
    response = reader.get(route.path(a_row_in_every_list()), **route.required)
    described = COMMITTED["paths"][f"/api/v1/{route}"]["get"]["responses"]["200"]["headers"]
    site_wide = set(reader.client.get("/").headers)
    assert set(response.headers) - EVERYWHERE - site_wide >= QUOTA
    of_csv = {"Content-Disposition", "Counts-Complete"} if route.action == "facets" else set()
    sometimes = {"Link", *of_csv}
    assert set(response.headers) - EVERYWHERE - site_wide - sometimes == set(described) - sometimes
    assert ("Link" in described) == ("limit" in route.parameters)
    if "ETag" in described:
        again = reader.client.get(
            response.wsgi_request.get_full_path(), headers={"If-None-Match": response["ETag"]}
        )
        assert again.status_code == 304
        not_modified = COMMITTED["paths"][f"/api/v1/{route}"]["get"]["responses"]["304"]["headers"]
        assert set(not_modified) <= set(again.headers)
