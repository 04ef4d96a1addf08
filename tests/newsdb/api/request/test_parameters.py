"""What each kind of parameter takes, at its bounds and beyond."""

from typing import Any
from uuid import UUID

import pytest

from newsdb.api.exceptions import ParameterError
from newsdb.api.request.parameters import (
    BooleanParameter,
    ChoiceParameter,
    IntegerParameter,
    Parameter,
    PartialDateParameter,
    TextParameter,
    UidParameter,
)
from newsdb.dates import PartialDate

UID = "5b0a4f6e-2a43-4f0c-9a67-9d7c2f1b8e32"
KINDS: dict[str, Parameter] = {
    "text": TextParameter(help_text="Words."),
    "choice": ChoiceParameter(choices=[("", "-"), ("a", "A"), ("b", "B")], help_text="A or B."),
    "limit": IntegerParameter(minimum=1, maximum=100, help_text="How many."),
    "uid": UidParameter(help_text="Which."),
    "flag": BooleanParameter(help_text="Whether."),
    "day": PartialDateParameter(help_text="When."),
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "a" * 200, "a" * 200),
        ("text", "'; DROP TABLE –", "'; DROP TABLE –"),
        ("choice", "a", "a"),
        ("limit", "1", 1),
        ("limit", "100", 100),
        ("uid", UID, UUID(UID)),
        ("uid", UID.upper(), UUID(UID)),
        ("flag", "true", True),
        ("flag", "false", False),
        ("day", "2024-10", PartialDate.parse("2024-10")),
    ],
)
def test_it_takes_what_it_should(kind: str, text: str, value: Any) -> None:
    assert KINDS[kind].read(kind, [text]) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", "a" * 201, "too_long"),
        ("text", "a\x00b", "null_characters_not_allowed"),
        ("text", "", "empty"),
        ("choice", "c", "invalid"),
        ("choice", "A", "invalid"),
        ("choice", "", "empty"),
        ("limit", "0", "out_of_range"),
        ("limit", "101", "out_of_range"),
        ("limit", "-1", "out_of_range"),
        ("limit", "1_0", "invalid"),
        ("limit", " 1", "invalid"),
        ("limit", "1e1", "invalid"),
        ("limit", "１", "invalid"),
        ("limit", "nan", "invalid"),
        ("uid", "1", "invalid"),
        ("uid", UID.replace("-", ""), "invalid"),
        ("uid", f"{{{UID}}}", "invalid"),
        ("uid", f"{UID}\n", "invalid"),
        ("uid", "9" * 36, "invalid"),
        ("flag", "1", "invalid"),
        ("flag", "True", "invalid"),
        ("day", "2024-13", "no_such_date"),
        ("day", "0999", "invalid"),
        ("day", "9999", "invalid"),
    ],
)
def test_it_refuses_the_rest_and_names_itself(kind: str, text: str, code: str) -> None:
    with pytest.raises(ParameterError) as raised:
        KINDS[kind].read(kind, [text])
    (error,) = raised.value.errors
    assert (error["parameter"], error["code"]) == (kind, code)
    assert error["detail"].startswith(kind)
    assert len(error["detail"]) < 200


@pytest.mark.parametrize(("kind", "allowed"), [("choice", ["a", "b"]), ("flag", ["true", "false"])])
def test_a_wrong_choice_lists_the_right_ones(kind: str, allowed: list[str]) -> None:
    with pytest.raises(ParameterError) as raised:
        KINDS[kind].read(kind, ["x"])
    assert raised.value.errors[0]["allowed"] == allowed
    assert all(value in raised.value.errors[0]["detail"] for value in allowed)


def test_only_one_that_says_so_may_be_repeated() -> None:
    with pytest.raises(ParameterError) as raised:
        KINDS["limit"].read("limit", ["1", "1"])
    assert raised.value.errors[0]["code"] == "repeated"
    many = IntegerParameter(minimum=1, maximum=9, many=True, help_text="Which.")
    assert many.read("id", ["2", "1", "2", "01"]) == (2, 1)


def test_it_may_be_repeated_a_hundred_times() -> None:
    many = IntegerParameter(minimum=1, maximum=100, many=True, help_text="Which.")
    assert len(many.read("id", [str(n) for n in range(1, 101)])) == 100
    with pytest.raises(ParameterError) as raised:
        many.read("id", ["1"] * 101)
    assert raised.value.errors[0]["code"] == "too_many"


def test_what_is_documented_is_what_is_read() -> None:
    assert KINDS["limit"].schema() == {"type": "integer", "minimum": 1, "maximum": 100}
    assert KINDS["choice"].schema()["enum"] == ["a", "b"]
    assert KINDS["text"].schema()["maxLength"] == 200
    assert {name: kind.schema()["type"] for name, kind in KINDS.items()} == {
        "text": "string",
        "choice": "string",
        "limit": "integer",
        "uid": "string",
        "flag": "boolean",
        "day": "string",
    }
