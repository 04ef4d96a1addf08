"""Hostile values: whatever a parameter or a path holds, nothing fails; what is refused is a problem."""

from urllib.parse import urlencode

import pytest

from articles.models import Statement
from tests.articles.api.routes import RECORDS, ROUTES, Route, a_row_in_every_list
from tests.factories import anchored_statement
from tests.reader import Reader

AGAIN = "&NAME="  # the same parameter once more
#: As they stand in an address, that is, percent-encoded where they have to be.
VALUES = [
    *("", "%20", "x", "é", "a%00b", "%ED%A0%80", "%FF", "%", "%F0%9F%98%80", "%EF%BF%BF", "%C4%B0", "null"),
    *("0", "-1", "1.5", "1e40", "9223372036854775807", "9223372036854775808", "9" * 3000, "%D9%A1", "[]"),
    *(
        "0000",
        "0999",
        "9999",
        "10000",
        "2024-02-30",
        "Q99999999999999999999",
        "(a%2B)%2B%24",
        "'%3B--",
        "%25_",
    ),
    *("..%2F..%2Fetc", "%0D%0AX:%20y", "http:%2F%2F[::1", "http:%2F%2Fa%2F%2500%3F%2500", "bnVsbA.AAAA"),
    *("%CC%81" * 150, "a%20" * 66, "a" * 5000, AGAIN.join(["x", "1", "2024", "%00"]), AGAIN.join("a" * 101)),
]
PARAMETERS = [
    *((route, name) for route in ROUTES for name in route.parameters),
    *((ROUTES[0], name) for name in ("unknown", "%00", "%FF", "", "[]", "a" * 300)),
]


@pytest.fixture
def statement(db: None) -> Statement:
    return a_row_in_every_list()


def check(reader: Reader, path: str) -> int:
    """The status of a request, which must be an answer, to its end, or a problem."""
    response = reader.get(path)
    # An export of nothing is empty.
    assert response.getvalue() or response.streaming or response.status_code == 308, path
    assert response.status_code < 500, path
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", path
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem["detail"]
    return response.status_code


@pytest.mark.parametrize(("route", "name"), PARAMETERS, ids=str)
def test_as_a_parameter(reader: Reader, statement: Statement, route: Route, name: str) -> None:
    others = urlencode({other: value for other, value in route.required.items() if other != name})
    for value in VALUES:
        check(reader, f"{route.path(statement)}?{name}={value}&{others}".replace("NAME", name))


@pytest.mark.parametrize("path", ["", "schema/", "docs/"])
def test_as_a_format(reader: Reader, path: str) -> None:
    for value in VALUES:
        assert check(reader, f"{path}?format={value}".replace("NAME", "format")) in (400, 406, 414)


@pytest.mark.parametrize("route", RECORDS, ids=str)
def test_in_a_path(reader: Reader, statement: Statement, route: Route) -> None:
    for value in VALUES:
        assert check(reader, f"{route.prefix}/{value}/") == 404, value


@pytest.mark.parametrize("path", ["statements/", "actors/"])
def test_a_query_string_of_four_kilobytes_and_no_more(reader: Reader, path: str) -> None:
    assert check(reader, f"{path}?x={'a' * 4094}") == 400
    assert check(reader, f"{path}?x={'a' * 4095}") == 414


def test_every_character_of_a_cursor_counts(reader: Reader, statement: Statement) -> None:
    anchored_statement("The ferry waits")
    path = reader.get("statements/", limit=1).json()["next"].partition("/api/v1/")[2]
    assert check(reader, path) == 200
    for place in range(path.index("cursor=") + len("cursor="), len(path)):
        other = "A" if path[place] != "A" else "B"
        assert check(reader, path[:place] + other + path[place + 1 :]) == 400
        assert check(reader, path[:place]) == 400
