import datetime
import uuid

import pytest

from newsdb.api.response.renderers import JSONRenderer, weight


def test_dates_times_and_identifiers_are_written_as_the_standards_have_them() -> None:
    data = {
        "day": datetime.date(2024, 10, 23),
        "at": datetime.datetime(2024, 10, 23, 12, 0, 1, 5, tzinfo=datetime.UTC),
        "uid": uuid.UUID(int=1),
        "text": "“Élysée”",
        "none": None,
    }
    assert JSONRenderer().render(data).decode() == (
        '{"day":"2024-10-23","at":"2024-10-23T12:00:01.000005Z",'
        '"uid":"00000000-0000-0000-0000-000000000001","text":"“Élysée”","none":null}'
    )


def test_no_data_is_no_body() -> None:
    assert JSONRenderer().render(None) == b""
    assert JSONRenderer().render([]) == b"[]"


@pytest.mark.parametrize(
    ("accept", "json", "csv"),
    [
        ("", (1, 0), (1, 0)),
        ("*/*", (1, 0), (1, 0)),
        ("text/*", (0, 0), (1, 1)),
        ("text/csv, */*", (1, 0), (1, 2)),
        ("application/json;q=0", (0, 2), (0, 0)),
        ("application/json;q=0, */*;q=0.5", (0, 2), (0.5, 0)),
        ("text/csv;q=0.2,application/json; charset=utf-8", (1, 3), (0.2, 2)),
        ("application/json;q=NaN, text/csv;q=7", (1, 2), (1, 2)),
        ("application/, /json, ;;q=", (0, 0), (0, 0)),
    ],
)
def test_what_accept_says(accept: str, json: tuple[float, int], csv: tuple[float, int]) -> None:
    assert (weight(accept, "application/json"), weight(accept, "text/csv")) == (json, csv)
