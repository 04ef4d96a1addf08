"""Bodies: only JSON that both stores can give back, refused with a pointer to what is wrong."""

import json
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError
from rest_framework.test import APIClient

from articles.models import Outlet
from newsdb.api.exceptions import Problem
from newsdb.api.request.bodies import MAX_DEPTH, read_json
from newsdb.api.request.input_fields import BoundedListField, StrictCharField
from tests.clients import editor

PATH = "/api/v1/outlets/"


def refusals(body: bytes) -> dict[str, str]:
    with pytest.raises(Problem) as caught:
        read_json(body)
    assert caught.value.status_code == 400
    return {error["pointer"]: error["code"] for error in caught.value.members["errors"]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", {"": "syntax"}),
        (b"{", {"": "syntax"}),
        (b"{'a': 1}", {"": "syntax"}),
        (b'{"a": 1,}', {"": "syntax"}),
        (b'{"a": 01}', {"": "syntax"}),
        (b'\xef\xbb\xbf{"a": 1}', {"": "syntax"}),
        (b'{"a": "\x01"}', {"": "syntax"}),
        (b'{"a": "\xff"}', {"": "encoding"}),
        (b'{"a": "\xed\xa0\x80"}', {"": "encoding"}),
        (b'{"a": NaN, "b": [Infinity, -Infinity]}', dict.fromkeys(("/a", "/b/0", "/b/1"), "not_a_number")),
        (b'{"a": 9223372036854775808}', {"/a": "out_of_range"}),
        (b'{"a": -9223372036854775808}', {"/a": "out_of_range"}),
        (b'{"a": ' + b"9" * 5000 + b"}", {"/a": "out_of_range"}),
        (b'{"a": 1e400}', {"/a": "out_of_range"}),
        (b'{"a": {"b/c": ["\\u0000"]}}', {"/a/b~1c/0": "null_characters_not_allowed"}),
        (b'{"a": "x\\ud800"}', {"/a": "lone_surrogate"}),
        (b'{"a": "\\udc00\\ud800"}', {"/a": "lone_surrogate"}),
        (b'{"a": {"\\ud800": 1}}', {"/a": "lone_surrogate"}),
        (b'{"a": 1, "a": 2}', {"": "repeated"}),
        (b'{"a": [{"b": 1, "b": 1}]}', {"/a/0": "repeated"}),
        (b"[" * 33 + b"]" * 33, {"/0" * 32: "too_deep"}),
        (b"[" * 100_000, {"": "too_deep"}),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, {"": "too_deep"}),
    ],
)
def test_what_is_no_good(body: bytes, expected: dict[str, str]) -> None:
    assert refusals(body) == expected


def test_what_is_just_good() -> None:
    assert read_json(b'{"a": 9223372036854775807, "b": 1.5, "c": "\\ud83d\\ude00"}') == {
        "a": 2**63 - 1,
        "b": 1.5,
        "c": "😀",
    }
    value: Any = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert read_json(str(value).encode()) == value


def test_not_everything_that_is_wrong_is_listed() -> None:
    assert len(refusals(b"[" + b"NaN," * 1000 + b"1]")) == 20


def seconds(act: Callable[[], Any]) -> float:
    """The processor time that it takes."""
    began = time.process_time()
    act()
    return time.process_time() - began


def test_a_long_name_costs_what_is_said_of_it() -> None:
    def least(name: int) -> float:
        body = b'{"' + b"n" * name + b'": [' + b"0," * 79_999 + b"0]}"
        return min(seconds(lambda: read_json(body)) for _ in range(3))

    assert least(400_000) < 5 * least(4)
    assert refusals(b'{"' + b"n" * 400_000 + b'": [1e999]}') == {f"/{'n' * 80}…/0": "out_of_range"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("actors/", b'{"slug": "a", "name": "A", "names": [' + b"1," * 100_000 + b"1]}"),
        ("actors/", b'{"slug": "a", "name": "A", "names": [' + b"1," * 150 + b"1]}"),
        ("actors/", b'{"slug": "a", "name": "A", "roles": [' + b'{"x": 1},' * 150 + b'{"x": 1}]}'),
        ("outlets/", b'{"slug": "a", "name": "A", "domains": [' + b"1," * 100_000 + b"1]}"),
        ("statements/", b'{"words": [' + b"1," * 100_000 + b"1]}"),
        ("captures/", b'{"authors": [' + b"1," * 100_000 + b"1]}"),
        ("actors/", b"{" + b",".join(b'"m%d": 1' % n for n in range(10_000)) + b"}"),
    ],
)
def test_an_answer_names_a_few_errors_of_many(path: str, body: bytes) -> None:
    answer = editor().generic("POST", f"/api/v1/{path}", body, content_type="application/json")
    assert answer.status_code == 400
    assert 1 <= len(answer.json()["errors"]) <= 20
    assert len(answer.content) < 10_000


def test_a_list_that_is_too_long_is_refused_unread() -> None:
    field = BoundedListField(child=StrictCharField(), max_length=3)
    with patch.object(StrictCharField, "to_internal_value") as read:
        with pytest.raises(ValidationError, match="no more than 3 elements"):
            field.run_validation(["a"] * 4)
        assert not read.called
    assert field.run_validation(["a"] * 3) == ["a"] * 3


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        json.loads(body)
    except ValueError:
        assert refusals(body)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/json; charset=utf-8"}, b'{"slug": "g", "name": "G"}', 201),
        ({"Content-Type": "Application/JSON"}, b'{"slug": "g", "name": "G"}', 201),
        ({"Content-Type": "application/json; charset=latin-1"}, b'{"slug": "g", "name": "G"}', 415),
        ({"Content-Type": "application/json; charset=bz2_codec"}, b'{"slug": "g", "name": "G"}', 415),
        ({"Content-Type": "text/plain"}, b'{"slug": "g", "name": "G"}', 415),
        ({"Content-Type": "application/vnd.api+json"}, b'{"slug": "g", "name": "G"}', 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"slug=g&name=G", 415),
        ({"Content-Type": ""}, b'{"slug": "g", "name": "G"}', 415),
        ({"Content-Encoding": "gzip"}, b"\x1f\x8b", 415),
        ({"Content-Encoding": "identity"}, b'{"slug": "g", "name": "G"}', 201),
        ({"Transfer-Encoding": "chunked"}, b"", 411),
        ({}, b"", 400),
        ({}, b'"text"', 400),
        ({}, b"null", 400),
        ({}, b'{"slug": "g", "name": "G"}'.ljust(2 * 1024 * 1024), 201),
        ({}, b'{"slug": "g", "name": "G"}'.ljust(2 * 1024 * 1024 + 1), 413),
    ],
)
def test_what_a_body_may_come_as(headers: dict[str, str], body: bytes, status: int) -> None:
    headers = dict(headers)
    content_type = headers.pop("Content-Type", "application/json")
    answer = editor().generic("POST", PATH, body, content_type=content_type, headers=headers)
    assert answer.status_code == status, answer.content
    assert Outlet.objects.count() == (status == 201)
    if status != 201:
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_nobody_has_his_body_read() -> None:
    answer = APIClient().generic("POST", PATH, b"{" * 10, content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["1", "1.5", "true", "null", "[]", "{}", '"x"', '[["x"]]', '{"a": null}'])
@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("outlets/", ("uid", "slug", "name", "domains", "wikidata_id", "text_policy", "reason")),
        ("actors/", ("uid", "slug", "kind", "name", "names", "wikidata_id", "roles", "reason")),
        ("articles/", ("headline", "outlet", "source_url", "published_on", "published_precision", "bylines")),
        ("statements/", ("article", "kind", "words", "capture", "anchors", "speaker", "translated")),
        ("statements/", ("said_on", "said_precision", "attribution", "status", "cue", "language")),
    ],
)
def test_any_type_in_any_place_is_an_answer(path: str, members: tuple[str, ...], number: str) -> None:
    body = "{" + ",".join(f'"{name}": {number}' for name in members) + "}"
    answer = editor().generic("POST", f"/api/v1/{path}", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"]
