"""Joint statements: one row per speaker, each naming the others."""

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from actors.models import Actor
from articles.models import Capture, Statement
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.clients import editor, errors, write
from tests.factories import ActorFactory, CaptureFactory, StatementFactory
from tests.reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "“We sail at noon,” Ada Quay and the mate said."


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


@pytest.fixture
def capture() -> Capture:
    return CaptureFactory(words=TEXT)


@pytest.fixture
def crew() -> list[Actor]:
    return [ActorFactory(name="Ada Quay", slug="ada"), ActorFactory(name="Bea Mast", slug="bea")]


def body(capture: Capture, *speakers: dict[str, Any], **members: Any) -> dict[str, Any]:
    words = {"article": capture.article.uid, "kind": "direct", "words": ["We sail at noon"]}
    return {**words, "speakers": list(speakers), **members}


@pytest.fixture
def pair(ines: APIClient, capture: Capture, crew: list[Actor]) -> list[dict[str, Any]]:
    """The rows of a joint statement, as they were answered."""
    answer = write(ines, "post", "statements/", body(capture, {"slug": "ada"}, {"slug": "bea"}))
    assert answer.status_code == 201, answer.content
    return answer.json()["results"]


def test_all_rows_are_made_at_once(ines: APIClient, capture: Capture, crew: list[Actor]) -> None:
    uid = str(uuid4())
    speakers = [{"slug": "ada", "label": "Ada Quay", "uid": uid}, {"slug": "bea", "label": "the mate"}]
    answer = write(ines, "post", "statements/", body(capture, *speakers, cue="said"))
    assert answer.status_code == 201
    made = answer.json()
    assert made.keys() == {"joint_uid", "results"}
    first, second = made["results"]
    assert first["uid"] == uid
    assert [row["speaker_label"] for row in (first, second)] == ["Ada Quay", "the mate"]
    assert {(row["text"], row["cue"], row["text_match"]) for row in (first, second)} == {
        ("We sail at noon", "said", "matched")
    }
    assert {row["joint_uid"] for row in (first, second)} == {made["joint_uid"]}
    assert first["joint_with"] == [{"uid": second["uid"], "speaker": second["speaker"]}]
    assert second["joint_with"] == [{"uid": uid, "speaker": first["speaker"]}]


def test_all_rows_or_none(ines: APIClient, capture: Capture, crew: list[Actor]) -> None:
    there = write(
        ines, "post", "statements/", body(capture) | {"speakers": [{"slug": "ada"}, {"slug": "bea"}]}
    )
    uid = there.json()["results"][0]["uid"]
    cy = ActorFactory(slug="cy")
    again = write(ines, "post", "statements/", body(capture, {"slug": "cy"}, {"slug": "bea"}))
    assert errors(again, 409) == {"": "taken"}
    assert again.json()["url"] == there.json()["results"][1]["url"]
    taken = body(capture, {"slug": "cy"}, {"slug": "bea", "uid": uid}, words=["We sail"])
    assert errors(write(ines, "post", "statements/", taken), 409) == {"/speakers/1/uid": "taken"}
    assert not cy.statements.exists()


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"speaker": "ada"}, {"/speaker": "conflict"}),
        ({"speaker_label": "they"}, {"/speaker_label": "conflict"}),
        ({"uid": str(uuid4())}, {"/uid": "conflict"}),
        ({"speakers": [{"slug": "ada"}]}, {"/speakers": "min_length"}),
        ({"speakers": [{"slug": "ada"}, {"slug": "ada"}]}, {"/speakers": "conflict"}),
        ({"speakers": [{"slug": None}, {"slug": None}]}, {"/speakers": "conflict"}),
        ({"speakers": [{"slug": "ada"}, {"slug": "nobody"}]}, {"/speakers/1/slug": "unknown"}),
        ({"speakers": [{"slug": "ada"}, {}]}, {"/speakers/1/slug": "required"}),
        ({"speakers": [{"slug": "ada"}, {"slug": "bea", "name": "x"}]}, {"/speakers/1/name": "unknown"}),
        ({"speakers": [{"slug": s, "uid": "0" * 32} for s in ("ada", "bea")]}, {"/speakers": "conflict"}),
    ],
)
def test_what_is_wrong_is_pointed_at(
    ines: APIClient, capture: Capture, crew: list[Actor], members: dict[str, Any], expected: dict[str, str]
) -> None:
    sent = body(capture, {"slug": "ada"}, {"slug": "bea"}) | members
    assert errors(write(ines, "post", "statements/", sent)) == expected
    assert not Statement.objects.exists()


def test_speakers_are_given_once_and_for_all(ines: APIClient, pair: list[dict[str, Any]]) -> None:
    answer = write(ines, "patch", f"statements/{pair[0]['uid']}/", {"speakers": [{"slug": "ada"}]})
    assert errors(answer) == {"/speakers": "unknown"}


def test_unnamed_speakers_have_rows_too(ines: APIClient, capture: Capture, crew: list[Actor]) -> None:
    speakers = [{"slug": "ada"}, {"slug": None, "label": "a mate"}, {"slug": None, "label": "a cook"}]
    rows = write(ines, "post", "statements/", body(capture, *speakers)).json()["results"]
    assert [each["speaker"] and each["speaker"]["slug"] for each in rows[1]["joint_with"]] == ["ada", None]


def told(reader: Reader, uid: str) -> list[list[str]]:
    """What the row says of the others, wherever it is shown."""
    row = next(row for row in reader.rows("statements/") if row["uid"] == uid)
    change = [each for each in reader.rows("changes/", limit=100) if each["uid"] == uid][-1]["record"]
    exported = [json.loads(line) for line in reader.get("statements/export/").getvalue().splitlines()]
    cells = csv.DictReader(io.StringIO(reader.get("statements/export/", format="csv").getvalue().decode()))
    shown = [
        row["joint_with"],
        reader.one(f"statements/{row['uid']}/")["joint_with"],
        change["joint_with"],
        next(each for each in exported if each["uid"] == uid)["joint_with"],
        json.loads(next(each for each in cells if each["uid"] == uid)["joint_with"]),
        last_snapshot(uid)["joint_with"],
    ]
    return [sorted(each["speaker"]["name"] for each in others) for others in shown]


def last_snapshot(uid: str) -> dict[str, Any]:
    snapshots = Change.objects.filter(record_type="statement", uid=uid).order_by("-version")
    return dict(snapshots.values_list("snapshot", flat=True)[0] or {})


def test_a_change_of_one_is_seen_where_another_shows_it(
    ines: APIClient, pair: list[dict[str, Any]], crew: list[Actor], reader: Reader
) -> None:
    uid, path = pair[0]["uid"], f"statements/{pair[1]['uid']}/"
    assert told(reader, uid) == [["Bea Mast"]] * 6
    Actor.objects.filter(slug="bea").update(name="Bea Quay")
    assert told(reader, uid) == [["Bea Quay"]] * 6
    cy = ActorFactory(name="Cy Keel", slug="cy")
    assert write(ines, "patch", path, {"speaker": "cy", "reason": "Misread."}).status_code == 200
    assert told(reader, uid) == [["Cy Keel"]] * 6
    retracted = write(ines, "post", f"{path}retract/", {"reason": "Not Cy.", "joint": "this"})
    assert retracted.status_code == 200
    assert told(reader, uid) == [[]] * 6
    etag = ines.get(f"/api/v1/{path}").headers["ETag"]
    assert write(ines, "post", f"{path}restore/", {"reason": "It was Cy."}, etag).status_code == 200
    assert told(reader, uid) == [["Cy Keel"]] * 6
    third = StatementFactory(
        article=cy.statements.get().article, joint_uid=pair[0]["joint_uid"], speaker=crew[1]
    )
    assert told(reader, uid) == [["Bea Quay", "Cy Keel"]] * 6
    Statement.objects.filter(pk=third.pk).update(joint_uid=None)
    assert told(reader, uid) == [["Cy Keel"]] * 6
    Statement.objects.filter(pk=third.pk).update(joint_uid=pair[0]["joint_uid"])
    with attributed(by="ines", erasing=True):
        third.delete()
    assert told(reader, uid) == [["Cy Keel"]] * 6


def test_a_statement_that_nobody_else_made_is_left_alone(
    pair: list[dict[str, Any]], crew: list[Actor]
) -> None:
    alone = StatementFactory()
    before = Change.objects.of(alone).count()
    Statement.objects.filter(uid=pair[0]["uid"]).update(cue="added")
    with attributed(by="ines", reason="Misread."):
        Statement.objects.filter(uid=pair[0]["uid"]).update(speaker=ActorFactory())
    assert Change.objects.of(alone).count() == before
    other = Statement.objects.get(uid=pair[1]["uid"])
    assert [change.action for change in Change.objects.of(other)] == ["updated", "created"]


def test_retracting_says_how_much(ines: APIClient, pair: list[dict[str, Any]], reader: Reader) -> None:
    path = f"statements/{pair[0]['uid']}/retract/"
    answer = write(ines, "post", path, {"reason": "Made up."})
    assert errors(answer, 422) == {"/joint": "required"}
    assert errors(write(ines, "post", path, {"reason": "Made up.", "joint": "some"})) == {
        "/joint": "invalid_choice"
    }
    assert len(reader.rows("statements/")) == 2
    assert write(ines, "post", path, {"reason": "Made up.", "joint": "all"}).status_code == 200
    assert set(Statement.objects.values_list("status", "retraction_reason")) == {("retracted", "Made up.")}


def test_the_last_row_is_retracted_as_any_statement(ines: APIClient, pair: list[dict[str, Any]]) -> None:
    first, second = (f"statements/{row['uid']}/retract/" for row in pair)
    assert write(ines, "post", first, {"reason": "Not Ada.", "joint": "this"}).status_code == 200
    assert write(ines, "post", second, {"reason": "Not Bea."}).status_code == 200


def test_facets_count_it_once(
    ines: APIClient, pair: list[dict[str, Any]], crew: list[Actor], reader: Reader
) -> None:
    StatementFactory(speaker=crew[0], text="Alone.", kind="partial")

    def counts(facet: str, **parameters: Any) -> dict[str, int]:
        found = reader.one(
            f"statements/facets/?by={facet}&{'&'.join(f'{k}={v}' for k, v in parameters.items())}"
        )
        assert found[facet]["counted"] == sum(each["count"] for each in found[facet]["buckets"]) + found[
            facet
        ].get("undated", 0)
        return {each["key"]: each["count"] for each in found[facet]["buckets"]}

    assert counts("kind") == {"direct": 2, "partial": 1}
    assert counts("kind", distinct="joint") == {"direct": 1, "partial": 1}
    assert counts("speaker", distinct="joint") == {"ada": 2, "bea": 1}
    outlet = pair[0]["article"]["outlet"]["slug"]
    assert counts("outlet", distinct="joint")[outlet] == 1
    assert counts("kind", distinct="joint", text_match="matched") == {"direct": 1}
    assert reader.one("statements/facets/?by=year&distinct=joint")["year"]["undated"] == 2
    assert reader.problem(400, "statements/facets/", by="kind", distinct="all")


def test_in_other_forms(pair: list[dict[str, Any]], reader: Reader) -> None:
    node = json.loads(reader.get(f"statements/{pair[0]['uid']}/", format="jsonld").content)
    assert [each["name"] for each in node["spokenByCharacter"]] == ["Ada Quay", "Bea Mast"]
    cited = reader.get(f"statements/{pair[0]['uid']}/", cite="text").content.decode()
    assert cited.startswith("Ada Quay and Bea Mast: “We sail at noon”")


def test_editors_see_the_others_of_a_proposal(ines: APIClient, capture: Capture, crew: list[Actor]) -> None:
    sent = body(capture, {"slug": "ada"}, {"slug": "bea"}, status="proposed")
    first, second = write(ines, "post", "statements/", sent).json()["results"]
    assert [each["uid"] for each in first["joint_with"]] == [second["uid"]]
    path = f"statements/{first['uid']}/"
    assert write(ines, "patch", path, {"status": "published"}).status_code == 200
    public = APIClient().get(f"/api/v1/{path}").json()
    assert [each["uid"] for each in public["joint_with"]] == [second["uid"]]


def test_no_query_more(ines: APIClient, pair: list[dict[str, Any]], capture: Capture, reader: Reader) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            assert reader.rows("statements/", limit=100)
        return len(context)

    few = queries()
    for number in range(5):
        actors = [ActorFactory() for _ in range(3)]
        for actor in actors:
            StatementFactory(
                article=capture.article,
                speaker=actor,
                joint_uid=f"00000000-0000-4000-8000-00000000000{number}",
            )
    assert queries() == few
