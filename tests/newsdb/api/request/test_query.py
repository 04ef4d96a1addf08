"""What a query string may hold, on every view: nothing is ignored, nothing fails with a 500."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]

VIEWS = {
    "list": "/api/v1/entries/",
    "detail": "/api/v1/kinds/logentry/",
    "action": "/api/v1/entries/facets/",
    "root": "/api/v1/",
    "schema": "/api/v1/schema/",
    "docs": "/api/v1/docs/",
}


def errors(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 400
    return response.json()["errors"]


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_an_unknown_parameter_is_refused_on_every_view(api: APIClient, path: str) -> None:
    assert api.get(path).status_code == 200
    (error,) = errors(api.get(path + "?usr=x"))
    assert (error["parameter"], error["code"]) == ("usr", "unknown")
    assert "format" in error["allowed"]


def test_an_unknown_parameter_gets_a_suggestion_and_the_list(api: APIClient) -> None:
    (error,) = errors(api.get(VIEWS["list"] + "?usr=ann"))
    assert error["detail"] == "There is no parameter 'usr' here. Did you mean 'user'?"
    assert error["allowed"] == [
        *("user", "action", "staff", "kind", "words"),
        *("limit", "cursor", "format", "fields", "omit", "count"),
    ]
    (error,) = errors(api.get(VIEWS["list"] + "?" + "x" * 3000))
    assert len(error["detail"]) < 200


def test_a_detail_knows_no_filters_and_an_action_its_own_parameters(api: APIClient) -> None:
    (error,) = errors(api.get(VIEWS["detail"] + "?limit=5"))
    assert error["allowed"] == ["format", "fields", "omit"]
    (error,) = errors(api.get(VIEWS["action"] + "?limit=5"))
    assert error["allowed"] == ["user", "action", "staff", "kind", "words", "format", "by"]
    assert api.get(VIEWS["action"] + "?by=user&by=kind").json()["by"] == ["user", "kind"]


def test_everything_that_is_wrong_is_said_at_once(api: APIClient) -> None:
    response = api.get(
        VIEWS["list"] + "?usr=x&limit=0&action=9&user=&staff=true&staff=true&words=ok&cursor=" + "x" * 1001
    )
    assert [(error["parameter"], error["code"]) for error in errors(response)] == [
        ("usr", "unknown"),
        ("limit", "out_of_range"),
        ("action", "invalid"),
        ("user", "empty"),
        ("staff", "repeated"),
        ("cursor", "too_long"),
    ]
    assert all(error["detail"] in response.json()["detail"] for error in errors(response))


@pytest.mark.parametrize("parameter", ["user", "words", "limit", "cursor", "format"])
def test_an_empty_value_is_refused(api: APIClient, parameter: str) -> None:
    for query in (f"?{parameter}=", f"?{parameter}"):
        (error,) = errors(api.get(VIEWS["list"] + query))
        assert (error["parameter"], error["code"]) == (parameter, "empty")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("user=%ff", "user"),
        ("user=%ed%a0%80", "user"),  # a surrogate in the way CESU-8 writes it
        ("user=ann&words=%C3", "words"),
        ("%ff=x", "�"),
        ("user=caf\xe9", "user"),  # Latin-1, and not even escaped
    ],
)
def test_what_is_not_utf8_is_refused_and_not_replaced(api: APIClient, query: str, parameter: str) -> None:
    response = api.get(VIEWS["list"], QUERY_STRING=query)
    (error,) = errors(response)
    assert (error["parameter"], error["code"]) == (parameter, "encoding")


def test_text_in_utf8_is_read_escaped_or_not(api: APIClient, make_entry: Any) -> None:
    make_entry(change_message="café")
    for query in ("words=caf%C3%A9", "words=café".encode().decode("latin-1")):
        assert len(api.get(VIEWS["list"], QUERY_STRING=query).json()["results"]) == 1


def test_nul_is_refused(api: APIClient) -> None:
    assert errors(api.get(VIEWS["list"] + "?words=%00"))[0]["code"] == "null_characters_not_allowed"
    assert errors(api.get(VIEWS["list"] + "?%00=1"))[0]["parameter"] == "\x00"


def test_4096_bytes_are_not_too_long_and_one_more_is(api: APIClient) -> None:
    path = VIEWS["list"] + "?words="
    assert api.get(path + "x" * (4096 - 6)).status_code == 400
    response = api.get(path + "x" * (4097 - 6))
    assert response.status_code == 414
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "URI Too Long"


def test_a_hundred_values_are_enough(api: APIClient) -> None:
    assert api.get(VIEWS["list"] + "?" + "&".join(["user=a"] * 100)).status_code == 200
    assert errors(api.get(VIEWS["list"] + "?" + "&".join(["user=a"] * 101)))[0]["code"] == "too_many"
    assert api.get(VIEWS["list"] + "?" + "&".join(["a"] * 1500)).status_code == 400


def test_a_wrong_parameter_never_hides_a_wrong_method(api: APIClient) -> None:
    assert api.post(VIEWS["list"] + "?usr=x").status_code == 405


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(["user", "action", "staff", "kind", "words", "limit", "cursor", "format", "x"]),
    value=st.binary(max_size=40),
    path=st.sampled_from(list(VIEWS.values())),
)
def test_no_value_whatever_is_a_server_error(name: str, value: bytes, path: str) -> None:
    query = f"{name}=" + "".join(f"%{byte:02x}" for byte in value)
    response = APIClient(raise_request_exception=True).get(path, QUERY_STRING=query)
    assert response.status_code in (200, 400, 406)
    assert response.status_code == 200 or response.headers["Content-Type"] == "application/problem+json"
