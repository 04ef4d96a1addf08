"""Words and their places: where a page has them twice, an editor says which ones are meant."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from articles.models import Statement
from tests.clients import editor, errors, write
from tests.factories import ActorFactory, CaptureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


TWICE = "“No comment,” said the mayor.\n“The ferry runs again,” said Odo. “No comment,” said the founder."
#: Where the founder's words start.
SECOND = TWICE.rindex("No comment")


def test_words_that_the_page_has_twice_are_refused_with_the_places_and_one_is_chosen(ines: APIClient) -> None:
    capture = CaptureFactory(words=TWICE)
    body = {"article": capture.article.uid, "kind": "direct", "words": ["No comment"]}
    refused = write(ines, "post", "statements/", body)
    assert errors(refused) == {"/words/0": "ambiguous"}
    error = refused.json()["errors"][0]
    assert error["capture"] == capture.sha256
    assert error["places"] == [
        {"start": 1, "prefix": "“", "suffix": ",” said the mayor.\n“The ferry ru"},
        {"start": SECOND, "prefix": TWICE[SECOND - 32 : SECOND], "suffix": ",” said the founder."},
    ]
    assert not Statement.objects.exists()

    chosen = {"capture": error["capture"], "starts": [error["places"][1]["start"]]}
    made = write(ines, "post", "statements/", body | chosen).json()
    assert [(anchor["start"], anchor["suffix"]) for anchor in made["anchors"]] == [
        (SECOND, ",” said the founder.")
    ]
    assert made["text_match"] == "matched"

    path = f"statements/{made['uid']}/"
    assert errors(write(ines, "patch", path, {"words": ["comment"]})) == {"/words/0": "ambiguous"}
    moved = write(
        ines, "patch", path, {"words": ["No comment"], "capture": capture.sha256, "starts": [1]}
    ).json()
    assert [anchor["start"] for anchor in moved["anchors"]] == [1]


def test_each_part_that_is_unclear_is_named_and_the_others_need_no_start(ines: APIClient) -> None:
    capture = CaptureFactory(words=f"{TWICE}\n“No comment.”")
    body = {
        "article": capture.article.uid,
        "kind": "direct",
        "words": ["No comment", "The ferry runs again", "No comment"],
    }
    made = write(ines, "post", "statements/", body)
    assert [anchor["start"] for anchor in made.json()["anchors"]] == [1, 31, SECOND]
    body |= {"words": ["No comment", "comment"]}
    refused = write(ines, "post", "statements/", body)
    assert errors(refused) == {"/words/0": "ambiguous", "/words/1": "ambiguous"}
    body |= {"capture": capture.sha256, "starts": [SECOND, None]}
    made = write(ines, "post", "statements/", body)
    assert [anchor["start"] for anchor in made.json()["anchors"]] == [SECOND, len(TWICE) + 5]


def test_words_once_in_one_text_and_twice_in_another_are_refused(ines: APIClient) -> None:
    """An early version of the page may have the words of the mayor only, who is not meant."""
    early = CaptureFactory(words=TWICE.replace(" “No comment,” said the founder.", ""))
    late = CaptureFactory(words=f"Updated. {TWICE}", article=early.article)
    body = {"article": early.article.uid, "kind": "direct", "words": ["No comment"]}
    refused = write(ines, "post", "statements/", body)
    assert errors(refused) == {"/words/0": "ambiguous"}
    assert refused.json()["errors"][0]["capture"] == late.sha256
    made = write(ines, "post", "statements/", body | {"capture": late.sha256, "starts": [SECOND + 9]}).json()
    anchors = Statement.objects.get(uid=made["uid"]).anchors
    assert list(anchors.values_list("capture", "start")) == [(late.pk, SECOND + 9)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"starts": [1]}, {"/capture": "required"}),
        ({"capture": "ID"}, {"/anchors": "required"}),
        ({"capture": "ID", "starts": [1, 2]}, {"/starts": "conflict"}),
        ({"capture": "ID", "starts": [2]}, {"/words/0": "not_in_the_text"}),
        ({"capture": "ID", "starts": [-1]}, {"/starts/0": "min_value"}),
        ({"capture": "ID", "starts": ["1"]}, {"/starts/0": "invalid"}),
        ({"capture": "ID", "starts": [2**63]}, {"/starts/0": "out_of_range"}),
        ({"capture": "WITHOUT", "starts": [1]}, {"/words": "not_in_the_text"}),
    ],
)
def test_a_start_that_says_nothing_is_refused(
    ines: APIClient, more: dict[str, Any], expected: dict[str, str]
) -> None:
    capture = CaptureFactory(words=TWICE)
    without = CaptureFactory(held=False, article=capture.article)
    names = {"ID": capture.sha256, "WITHOUT": without.sha256}
    more = {name: names.get(value, value) if name == "capture" else value for name, value in more.items()}
    body = {"article": capture.article.uid, "kind": "direct", "words": ["No comment"]}
    assert errors(write(ines, "post", "statements/", body | more)) == expected
    assert not Statement.objects.exists()


def test_anchors_without_context_get_it_from_the_text(ines: APIClient) -> None:
    capture = CaptureFactory(words=TWICE)
    body = {"article": capture.article.uid, "kind": "direct", "capture": capture.sha256}
    bare = {"exact": "No comment", "start": SECOND, "end": SECOND + 10}
    made = write(ines, "post", "statements/", body | {"anchors": [bare]}).json()
    full = {**bare, "prefix": TWICE[SECOND - 32 : SECOND], "suffix": ",” said the founder."}
    assert made["anchors"] == [full]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("“The ferry runs again,” said Odo. “No comment”", ["The ferry runs again", "No comment"]),
        ("“No comment”", ["No comment"]),
        ("“yes” and “no”", ["yes", "no"]),
    ],
)
def test_words_with_their_own_quotation_marks_are_refused_with_the_parts(
    ines: APIClient, words: str, parts: list[str]
) -> None:
    capture = CaptureFactory(words=TWICE)
    body = {"article": capture.article.uid, "kind": "direct", "words": ["The ferry", words]}
    refused = write(ines, "post", "statements/", body)
    assert errors(refused) == {"/words/1": "quotation_marks"}
    assert refused.json()["errors"][0]["parts"] == parts


def test_the_reporters_words_may_hold_quotation_marks(ines: APIClient) -> None:
    words = "“The ferry runs again,” said Odo. “No comment,” said the founder."
    capture = CaptureFactory(words=TWICE)
    body = {"article": capture.article.uid, "kind": "indirect", "words": [words]}
    assert write(ines, "post", "statements/", body).json()["text"] == words
    statement = Statement.objects.get()
    refused = write(ines, "patch", f"statements/{statement.uid}/", {"kind": "direct", "words": [words]})
    assert errors(refused) == {"/words/0": "quotation_marks"}


def test_words_are_published_at_one_place_once(ines: APIClient) -> None:
    capture, speaker = CaptureFactory(words="“We sail,” she said."), ActorFactory(slug="ada")
    body = {"article": capture.article.uid, "kind": "direct", "words": ["We sail"], "speaker": "ada"}
    there = write(ines, "post", "statements/", body)
    assert there.status_code == 201
    again = write(ines, "post", "statements/", body)
    assert (again.status_code, again.json()["url"]) == (409, there.json()["url"])
    assert {error["pointer"]: error["code"] for error in again.json()["errors"]} == {"": "taken"}
    proposed = write(ines, "post", "statements/", {**body, "status": "proposed"}).json()
    published = write(ines, "patch", f"statements/{proposed['uid']}/", {"status": "published"})
    assert (published.status_code, published.json()["url"]) == (409, there.json()["url"])
    assert Statement.objects.filter(speaker=speaker).count() == 2
