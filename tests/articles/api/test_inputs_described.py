"""What the description says of members of inputs is what becomes of them."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from newsdb.api.openapi.views import openapi
from tests.clients import editor, write
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, anchored_statement

pytestmark = pytest.mark.django_db

ACTOR, OUTLET = {"slug": "odo", "name": "Odo"}, {"slug": "gazette", "name": "Gazette"}
ARTICLE = {"outlet": "the-press", "headline": "Ferry runs again"}
STATEMENT: dict[str, Any] = {"kind": "direct", "words": ["The ferry runs"]}
EXTRACTED = {"by": "extractor", "extractor": "x", "extractor_version": "1"}
ANCHOR = {"exact": "The ferry", "start": 1, "end": 10}


def described(component: str, body: dict[str, Any]) -> bool:
    """Whether ``body`` is as described."""
    schema = openapi()["components"]
    shape = {**schema["schemas"][component], "components": schema}
    return Draft202012Validator(shape).is_valid(body)


@pytest.mark.parametrize(
    ("path", "body", "good"),
    [
        ("actors", ACTOR | {"wikidata_id": None}, True),
        ("actors", ACTOR | {"wikidata_id": ""}, False),
        ("actors", ACTOR | {"name": " \x1c\x85"}, False),
        ("actors", ACTOR | {"name": " " + "n" * 199}, True),
        ("actors", ACTOR | {"name": " " + "n" * 200}, False),
        ("actors", ACTOR | {"names": [""]}, False),
        ("actors", ACTOR | {"names": ["n"] * 201}, False),
        ("actors", ACTOR | {"roles": [{"title": "", "started_on": "2024"}]}, False),
        ("actors", ACTOR | {"roles": [{"title": "t", "started_on": "2024-1"}]}, False),
        ("actors", ACTOR | {"roles": [{"title": "t", "started_on": "2024-12-01"}]}, True),
        ("actors", ACTOR | {"roles": [{"title": "t"}] * 201}, False),
        ("outlets", OUTLET | {"domains": ["a.example"]}, True),
        ("outlets", OUTLET | {"domains": ["A.example"]}, False),
        ("outlets", OUTLET | {"domains": [""]}, False),
        ("articles", ARTICLE | {"published_on": "2024-13"}, False),
        ("articles", ARTICLE | {"published_on": "9999"}, False),
        ("articles", ARTICLE | {"published_on": "0999"}, False),
        ("articles", ARTICLE | {"published_on": ""}, False),
        ("articles", ARTICLE | {"published_on": None}, True),
        ("statements", STATEMENT | {"words": []}, False),
        ("statements", STATEMENT | {"attribution": EXTRACTED | {"confidence": 1.5}}, False),
        ("statements", STATEMENT | {"attribution": EXTRACTED | {"confidence": 1}}, True),
    ],
)
def test_what_is_described_is_accepted_and_nothing_else(path: str, body: dict[str, Any], good: bool) -> None:
    OutletFactory(slug="the-press")
    if path == "statements":
        body = {**body, "article": str(ArticleFactory().uid)}
    component = f"{path.title().removesuffix('s')}Input"
    answer = write(editor(), "post", f"{path}/", body)
    assert answer.status_code == (201 if good else 400), answer.json()
    assert described(component, body) is good


@pytest.mark.parametrize(
    ("start", "good"), [(1, True), (1.0, True), (1.5, False), ("1", False), (True, False)]
)
def test_a_whole_number_is_one_however_it_is_written(start: Any, good: bool) -> None:
    statement = anchored_statement("So it does")
    capture: Any = statement.capture
    exact = capture.text[1:10]
    body = {
        "article": str(statement.article.uid),
        "kind": "direct",
        "capture": capture.sha256,
        "anchors": [{"exact": exact, "start": start, "end": 10}],
    }
    answer = write(editor(), "post", "statements/", body)
    assert answer.status_code == (201 if good else 400), answer.json()
    assert described("StatementInput", body) is good


def test_a_list_of_rows_has_bounds() -> None:
    body = {"article": str(ArticleFactory().uid), "kind": "direct", "capture": "0" * 64, "anchors": []}
    assert write(editor(), "post", "statements/", body).status_code == 400
    assert not described("StatementInput", body)
    assert not described("StatementInput", body | {"anchors": [ANCHOR] * 21})


@pytest.mark.parametrize(
    ("value", "good"),
    [("2024", True), ("2024-10-23", True), ("2024-1", False), ("2024-13", False), ("9999", False)],
)
def test_dates_are_filtered_by_as_described(value: str, good: bool) -> None:
    (parameter,) = (
        each
        for each in openapi()["paths"]["/api/v1/statements/"]["get"]["parameters"]
        if each["name"] == "date"
    )
    assert Draft202012Validator(parameter["schema"]).is_valid(value) is good
    assert editor().get("/api/v1/statements/", {"date": value}).status_code == (200 if good else 400)


def test_moments_are_of_years_that_are_described() -> None:
    parameters = openapi()["paths"]["/api/v1/statements/"]["get"]["parameters"]
    (parameter,) = (each for each in parameters if each["name"] == "updated_after")
    for year, good in (("0999", False), ("1000", True), ("9998", True), ("9999", False)):
        moment = f"{year}-10-23T12:00:00Z"
        assert Draft202012Validator(parameter["schema"]).is_valid(moment) is good
        answer = editor().get("/api/v1/statements/", {"updated_after": moment})
        assert answer.status_code == (200 if good else 400)


@pytest.mark.parametrize(("value", "good"), [("id", True), ("id,uid", True), ("id,", False), ("idx", False)])
def test_members_are_chosen_as_described(value: str, good: bool) -> None:
    ActorFactory()
    parameters = openapi()["paths"]["/api/v1/statements/"]["get"]["parameters"]
    for name in ("fields", "omit"):
        (parameter,) = (each for each in parameters if each["name"] == name)
        assert Draft202012Validator(parameter["schema"]).is_valid(value) is good
        assert editor().get("/api/v1/statements/", {name: value}).status_code == (200 if good else 400)


def test_what_to_count_by_is_required() -> None:
    parameters = openapi()["paths"]["/api/v1/statements/facets/"]["get"]["parameters"]
    assert [each["name"] for each in parameters if each.get("required")] == ["by"]
