import datetime
import uuid

from newsdb.api.renderers import JSONRenderer


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
