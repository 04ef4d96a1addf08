"""Editors write statements: the same rules as everywhere, each refusal with its pointer."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from articles.models import Statement
from newsdb.models import Change
from tests.clients import client_with, editor, errors, make_editor, token_for, write
from tests.factories import ActorFactory, ArticleFactory, CaptureFactory, StatementFactory, anchored_statement

pytestmark = pytest.mark.django_db

TEXT = "The mayor said: “The ferry runs again,” and smiled. “It will stay,” she added."


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


def test_a_statement_is_made_from_its_words(ines: APIClient) -> None:
    actor, capture = ActorFactory(), CaptureFactory(words=TEXT)
    uid = str(uuid.uuid4())
    answer = write(
        ines,
        "post",
        "statements/",
        {
            "uid": uid,
            "article": capture.article.uid,
            "speaker": actor.slug,
            "speaker_label": "The mayor",
            "kind": "direct",
            "words": ["The ferry runs again", "It will stay"],
            "cue": "said",
            "said_on": "2024-10",
            "place": "the town hall",
            "reason": "Read in print.",
        },
    )
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert answer.headers["Location"] == made["url"]
    assert (made["uid"], made["text"]) == (uid, "The ferry runs again […] It will stay")
    assert (made["date"], made["date_precision"], made["date_basis"]) == ("2024-10-01", "month", "said_on")
    assert made["place"] == "the town hall"
    assert [a["start"] for a in made["anchors"]] == [TEXT.index("The ferry"), TEXT.index("It will")]
    assert made["text_match"] == "matched"
    read = APIClient().get(f"/api/v1/statements/{made['uid']}/")
    assert read.json() == made
    assert read.headers["ETag"] == answer.headers["ETag"]
    change = Change.objects.get(uid=uid)
    assert (change.actor, change.reason, change.action) == ("ines", "Read in print.", "created")


def test_a_statement_is_made_from_anchors(ines: APIClient) -> None:
    capture = CaptureFactory(words=TEXT, held=False)
    start = TEXT.index("The ferry")
    anchor = {"exact": "The ferry runs again", "prefix": "said: “", "suffix": ",” and", "start": start}
    body = {
        "article": capture.article.uid,
        "kind": "direct",
        "capture": capture.sha256,
        "anchors": [{**anchor, "end": start + 20}],
    }
    made = write(ines, "post", "statements/", body)
    assert made.status_code == 201, made.content
    assert made.json()["anchors"] == body["anchors"]
    assert (made.json()["text_match"], made.json()["capture"]["sha256"]) == ("unchecked", capture.sha256)

    held = CaptureFactory(words=f"{TEXT} Again.")
    body |= {"article": held.article.uid, "capture": held.sha256}
    assert write(ines, "post", "statements/", body).json()["text_match"] == "matched"
    body["anchors"] = [{**anchor, "start": start + 1, "end": start + 21}]
    assert errors(write(ines, "post", "statements/", body)) == {"/anchors/0": "not_in_the_text"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {"/article": "required", "/kind": "required"}),
        ([], {"": "invalid"}),
        ({"article": "0" * 32}, {"/article": "unknown", "/kind": "required"}),
        ({"article": "1"}, {"/article": "invalid", "/kind": "required"}),
        ({"article": 1}, {"/article": "invalid", "/kind": "required"}),
        ({"article": True}, {"/article": "invalid", "/kind": "required"}),
        ({"article": "ID", "kind": "direct"}, {"/words": "required"}),
        ({"article": "ID", "kind": "shouted", "words": ["x"]}, {"/kind": "invalid_choice"}),
        ({"article": "ID", "kind": "direct", "words": []}, {"/words": "min_length"}),
        ({"article": "ID", "kind": "direct", "words": [""]}, {"/words/0": "blank"}),
        ({"article": "ID", "kind": "direct", "words": [7]}, {"/words/0": "invalid"}),
        ({"article": "ID", "kind": "direct", "words": ["ok"] * 21}, {"/words": "max_length"}),
        ({"article": "ID", "kind": "direct", "words": ["Nobody said"]}, {"/words/0": "not_in_the_text"}),
        (
            {"article": "ID", "kind": "direct", "words": ["It will stay"], "speaker": "Ada Example"},
            {"/speaker": "unknown"},
        ),
        (
            {"article": "ID", "kind": "direct", "words": ["It will stay"], "speaker": {"slug": "x"}},
            {"/speaker": "invalid"},
        ),
        (
            {"article": "ID", "kind": "direct", "words": ["It will stay"], "spaeker": "x", "id": 3},
            {"/spaeker": "unknown", "/id": "unknown"},
        ),
        (
            {"article": "ID", "kind": "direct", "words": ["It will stay"], "said_on": "yesterday"},
            {"/said_on": "invalid"},
        ),
        (
            {
                "article": "ID",
                "kind": "direct",
                "words": ["It will stay"],
                "said_on": "2024",
                "said_precision": "day",
            },
            {"/said_precision": "conflict"},
        ),
        (
            {
                "article": "ID",
                "kind": "direct",
                "words": ["It will stay"],
                "attribution": {"by": "extractor", "confidence": "0.5", "x": 1},
            },
            {"/attribution/confidence": "invalid", "/attribution/x": "unknown"},
        ),
        (
            {
                "article": "ID",
                "kind": "direct",
                "words": ["It will stay"],
                "said_on_source_url": "javascript:alert(1)",
            },
            {"/said_on_source_url": "invalid"},
        ),
        (
            {"article": "ID", "kind": "direct", "words": ["It will stay"], "status": "retracted"},
            {"/status": "invalid_choice"},
        ),
        (
            {"article": "ID", "kind": "direct", "anchors": [{"exact": "x", "start": 0}]},
            {"/anchors/0/end": "required"},
        ),
        (
            {
                "article": "ID",
                "kind": "direct",
                "anchors": [{"exact": "x", "start": 0, "end": 2}],
                "capture": "SHA",
            },
            {"/anchors/0/end": "conflict"},
        ),
    ],
)
def test_what_is_wrong_is_pointed_at(ines: APIClient, body: Any, expected: dict[str, str]) -> None:
    capture = CaptureFactory(words=TEXT)
    if isinstance(body, dict):
        given = {"ID": capture.article.uid, "SHA": capture.sha256}
        body = {k: given.get(v, v) if isinstance(v, str) else v for k, v in body.items()}
    assert errors(write(ines, "post", "statements/", body)) == expected
    assert not Statement.objects.exists()


def test_rules_of_the_model_are_pointed_at_too(ines: APIClient) -> None:
    body = {
        "article": ArticleFactory().uid,
        "kind": "direct",
        "words": ["x"],
        "attribution": {"by": "extractor", "confidence": 0.7},
    }
    assert errors(write(ines, "post", "statements/", body)) == {"": "invalid"}


def test_a_uid_that_is_taken_answers_with_the_address(ines: APIClient) -> None:
    statement = StatementFactory(status="proposed")
    body = {
        "uid": str(statement.uid),
        "article": statement.article.uid,
        "kind": "direct",
        "words": ["The same again"],
    }
    answer = write(ines, "post", "statements/", body)
    assert errors(answer, 409) == {"/uid": "taken"}
    assert answer.json()["url"].endswith(f"/api/v1/statements/{statement.uid}/")


@pytest.mark.django_db(transaction=True)
def test_a_patch_changes_what_it_names(ines: APIClient) -> None:
    statement = anchored_statement("It will stay", cue="said", said_on="2024-10-23", said_precision="day")
    before = ines.get(f"/api/v1/statements/{statement.uid}/")
    answer = write(
        ines,
        "patch",
        f"statements/{statement.uid}/",
        {"cue": "added", "said_on": None, "said_on_source_url": None, "attribution": {"reviewed": False}},
        before.headers["ETag"],
    )
    assert answer.status_code == 200, answer.content
    after = answer.json()
    changed = {name for name in after if after[name] != before.json()[name]}
    assert changed == {"cue", "date", "date_precision", "date_basis", "attribution", "updated_at"}
    read = ines.get(f"/api/v1/statements/{statement.uid}/")
    assert (read.json(), read.headers["ETag"]) == (after, answer.headers["ETag"])
    assert answer.headers["ETag"] != before.headers["ETag"]


@pytest.mark.django_db(transaction=True)
def test_place_is_written_and_stays_with_another_speaker(ines: APIClient) -> None:
    read = {"attributed_by": "extractor", "extractor": "marks", "confidence": 0.5}
    statement = anchored_statement("It will stay", status="proposed", cue="said", **read)
    path = f"statements/{statement.uid}/"
    long = write(ines, "patch", path, {"place": "a" * 201})
    assert (long.status_code, errors(long)) == (400, {"/place": "max_length"})
    placed = write(ines, "patch", path, {"place": "a" * 200})
    assert (placed.status_code, placed.json()["place"]) == (200, "a" * 200)
    assert placed.json()["attribution"]["by"] == "extractor"
    answer = write(ines, "patch", path, {"speaker": ActorFactory().slug, "speaker_label": "The mayor"})
    assert answer.status_code == 200, answer.content
    assert (answer.json()["cue"], answer.json()["place"]) == ("", "a" * 200)
    changes = Change.objects.filter(uid=statement.uid).order_by("-version")[:2]
    assert [each.snapshot and each.snapshot["place"] for each in changes] == ["a" * 200] * 2


def test_other_words_are_looked_for_and_others_refused(ines: APIClient) -> None:
    capture = CaptureFactory(words=TEXT)
    statement = StatementFactory(article=capture.article, text="The ferry runs again")
    path = f"statements/{statement.uid}/"
    assert write(ines, "patch", path, {"words": ["It will stay"]}).json()["text_match"] == "matched"
    assert errors(write(ines, "patch", path, {"words": ["It won’t"]})) == {"/words/0": "not_in_the_text"}
    assert errors(write(ines, "patch", path, {"uid": str(uuid.uuid4()), "article": 1})) == {
        "/uid": "unknown",
        "/article": "unknown",
    }


@pytest.mark.django_db(transaction=True)
def test_a_changed_speaker_demands_a_reason(ines: APIClient) -> None:
    statement, other = StatementFactory(), ActorFactory()
    path = f"statements/{statement.uid}/"
    same = write(ines, "patch", path, {"speaker": statement.speaker.slug})
    assert same.status_code == 200
    assert errors(write(ines, "patch", path, {"speaker": other.slug})) == {"/reason": "required"}
    assert errors(write(ines, "patch", path, {"speaker": None, "reason": ""})) == {"/reason": "required"}
    changed = write(ines, "patch", path, {"speaker": other.slug, "reason": "Misheard."})
    assert changed.json()["speaker"]["slug"] == other.slug
    latest = APIClient().get(f"/api/v1/{path}history/")
    assert latest.json()["results"][0]["reason"] == "Misheard."
    assert "ines" not in latest.content.decode()


def test_what_is_public_is_not_withdrawn_by_a_patch(ines: APIClient) -> None:
    path = f"statements/{StatementFactory().uid}/"
    assert errors(write(ines, "patch", path, {"status": "proposed"})) == {"/status": "conflict"}


def test_retracting_and_restoring(ines: APIClient) -> None:
    statement = StatementFactory()
    path = f"statements/{statement.uid}/"
    assert errors(write(ines, "post", f"{path}retract/", {})) == {"/reason": "required"}
    assert errors(write(ines, "post", f"{path}retract/", {"reason": "x", "y": 1})) == {"/y": "unknown"}
    retracted = write(ines, "post", f"{path}retract/", {"reason": "Misattributed."})
    assert (retracted.status_code, retracted.json()["status"]) == (200, "retracted")
    public = APIClient().get(f"/api/v1/{path}")
    assert (public.status_code, public.json()["reason"]) == (410, "Misattributed.")
    assert write(ines, "patch", path, {"cue": "x"}).status_code == 410
    # An editor still sees it, and so has its ETag.
    assert ines.get(f"/api/v1/{path}").headers["ETag"] == retracted.headers["ETag"]
    assert write(ines, "post", f"{path}retract/", {"reason": "Again."}).status_code == 409
    restored = write(ines, "post", f"{path}restore/", {"reason": "It was right."})
    assert (restored.status_code, restored.json()["status"]) == (200, "published")
    assert APIClient().get(f"/api/v1/{path}").status_code == 200
    assert write(ines, "post", f"{path}restore/", {"reason": "Again."}).status_code == 409


def test_what_is_proposed_is_for_editors_only(ines: APIClient) -> None:
    statement = StatementFactory(status="proposed")
    path = f"/api/v1/statements/{statement.uid}/"
    reader = client_with(token_for(make_editor(), "read"))
    assert [c.get(path).status_code for c in (APIClient(), reader, ines)] == [404, 404, 200]
    assert "Authorization" in ines.get(path).headers["Vary"]
    published = write(ines, "patch", f"statements/{statement.uid}/", {"status": "published"})
    assert published.json()["status"] == "published"
    assert APIClient().get(path).status_code == 200


def test_a_write_needs_the_present_version(ines: APIClient) -> None:
    statement = StatementFactory()
    path = f"statements/{statement.uid}/"
    etag = ines.get(f"/api/v1/{path}").headers["ETag"]
    assert write(ines, "patch", path, {"cue": "a"}, None).status_code == 428
    for stale in ('"x"', f"W/{etag}", "x", "", f'"{etag}"'):
        answer = ines.patch(f"/api/v1/{path}", {"cue": "a"}, format="json", headers={"If-Match": stale})
        assert answer.status_code == 412, stale
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert write(ines, "patch", path, {"cue": "a"}, f'"x", {etag}').status_code == 200
    assert write(ines, "patch", path, {"cue": "b"}, etag).status_code == 412
    assert write(ines, "patch", path, {"cue": "b"}, "*").status_code == 200
    assert write(ines, "post", f"{path}retract/", {"reason": "x"}, etag).status_code == 412
    assert write(ines, "patch", "statements/999999/", {"cue": "a"}, None).status_code == 404
    assert write(ines, "patch", "statements/abc/", {"cue": "a"}, None).status_code == 404


def test_options_says_what_a_body_may_hold() -> None:
    statement = StatementFactory()
    bodies = APIClient().options("/api/v1/statements/").json()["bodies"]
    members = {member["name"]: member for member in bodies["POST"]}
    assert {"uid", "article", "words", "anchors", "reason"} <= set(members)
    assert [name for name, member in members.items() if member["required"]] == ["article", "kind"]
    assert [name for name, member in members.items() if not member["description"]] == []
    bodies = APIClient().options(f"/api/v1/statements/{statement.uid}/").json()["bodies"]
    assert {"uid", "article"}.isdisjoint(member["name"] for member in bodies["PATCH"])
    bodies = APIClient().options(f"/api/v1/statements/{statement.uid}/retract/").json()["bodies"]
    required = {member["name"]: member["required"] for member in bodies["POST"]}
    assert required == {"reason": True, "joint": False}
    assert "bodies" not in APIClient().options("/api/v1/speakers/").json()


@pytest.mark.torture(times=50)
@pytest.mark.django_db(transaction=True)
def test_of_sixteen_with_one_version_one_succeeds(seed: int) -> None:
    statement = StatementFactory(cue="said")
    secret = token_for(make_editor())
    etag = APIClient().get(f"/api/v1/statements/{statement.uid}/").headers["ETag"]
    start, statuses = threading.Barrier(16), []

    def patch(number: int) -> None:
        try:
            start.wait()
            path = f"/api/v1/statements/{statement.uid}/"
            body = {"cue": f"said {seed} {number}"}
            answer = client_with(secret).patch(path, body, format="json", headers={"If-Match": etag})
            statuses.append(answer.status_code)
        finally:
            connection.close()

    clients = [threading.Thread(target=patch, args=(number,)) for number in range(16)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert sorted(statuses) == [200] + [412] * 15
    assert Change.objects.of(statement).count() == 2
