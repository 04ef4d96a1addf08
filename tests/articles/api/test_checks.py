"""POST checks/: what the dataset has of quotations."""

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.api.views import checks
from articles.checks.checking import Quotation
from newsdb.api.request.throttling import counter
from newsdb.models import Change
from tests.factories import ActorFactory, StatementFactory, anchored_statement

WORDS = "We will not close the old pier before May"


@pytest.fixture
def statement(db: None) -> Any:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    return StatementFactory(speaker=ada, text=WORDS, said_on="2024-03-05", said_precision="day")


def post(body: Any) -> Any:
    return Client().post("/api/v1/checks/", json.dumps(body), content_type="application/json")


def check(**quotation: Any) -> dict[str, Any]:
    response = post({"quotations": [quotation]})
    assert response.status_code == 200, response.content
    (finding,) = response.json()["quotations"]
    return finding


def test_the_whole_answer(statement: Any) -> None:
    response = post({"quotations": [{"words": WORDS.replace("old", "new"), "speaker": "Ada Pier"}]})
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    (finding,) = body.pop("quotations")
    assert body["not_read"] == []
    assert body["dataset_version"] == Change.objects.public().version()[0]
    (match,) = finding.pop("matches")
    public = Client().get("/api/v1/statements/?speaker=ada").json()["results"][0]
    assert match.pop("statement") == public
    assert match == {
        "words": "altered",
        "speaker": "same",
        "date": "not_given",
        "outlet": "not_given",
        "closeness": 0.889,
        "changes": [],
        "difference": [
            {"operation": "equal", "words": "We will not close the", "held": "We will not close the"},
            {"operation": "replace", "words": "new", "held": "old"},
            {"operation": "equal", "words": "pier before May", "held": "pier before May"},
        ],
        "unsupported": [],
        "left_out": [],
    }
    ada: dict[str, Any] = {"slug": "ada", "name": "Ada Pier"}
    assert finding == {
        "given": {"words": WORDS.replace("old", "new"), "speaker": "Ada Pier", "date": None, "outlet": ""},
        "start": None,
        "end": None,
        "words": "altered",
        "speaker": "same",
        "date": "not_given",
        "outlet": "not_given",
        "speakers": [ada | {"kind": "person", "wikidata_id": None}],
        "outlets": [],
        "retracted": [],
        "coverage": [
            ada | {"statements": 1, "first_date": "2024-03-05", "last_date": "2024-03-05"},
        ],
    }


def test_what_is_unsupported_and_what_is_left_out(statement: Any) -> None:
    assert check(words=f"Friends, {WORDS} of 2031")["matches"][0]["unsupported"] == ["Friends", "of 2031"]
    assert check(words="We will not close … before May")["matches"][0]["left_out"] == ["the old pier"]


def test_a_draft(statement: Any) -> None:
    text = "On Monday Ada Pier said: “We will close the old pier before May.” Nobody else spoke."
    (finding,) = post({"text": text}).json()["quotations"]
    assert text[finding["start"] : finding["end"]] == "We will close the old pier before May."
    assert (finding["words"], finding["speaker"]) == ("altered", "same")
    assert finding["matches"][0]["changes"] == ["negation"]


def test_a_retracted_statement_shows_when_and_why_and_not_its_words(statement: Any) -> None:
    text = "We sold the lighthouse to a private buyer"
    retracted = StatementFactory(
        text=text, status="retracted", retracted_at="2025-01-01T00:00:00Z", retraction_reason="An error."
    )
    finding = check(words="We sold the lighthouse to a public buyer")
    url = f"http://127.0.0.1:8000/api/v1/statements/{retracted.uid}/"
    assert (finding["words"], finding["matches"]) == ("not_found", [])
    assert finding["retracted"] == [
        {
            "uid": str(retracted.uid),
            "url": url,
            "retracted_at": "2025-01-01T00:00:00Z",
            "reason": "An error.",
            "words": "altered",
        }
    ]
    assert Client().get(f"/api/v1/statements/{retracted.uid}/").status_code == 410


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "", "conflict"),
        ({"text": "“A b c d”", "quotations": [{"words": "a b c d"}]}, "", "conflict"),
        ({"quotations": []}, "/quotations", "empty"),
        ({"quotations": {}}, "/quotations", "not_a_list"),
        ({"quotations": [{}]}, "/quotations/0/words", "required"),
        ({"quotations": [{"words": 7}]}, "/quotations/0/words", "invalid"),
        ({"quotations": [{"words": "a", "speeker": "Ada"}]}, "/quotations/0/speeker", "unknown"),
        ({"quotations": [{"words": "a", "date": "2024-02-30"}]}, "/quotations/0/date", "no_such_date"),
        ({"quotations": [{"words": "a"}] * 251}, "/quotations", "max_length"),
        ({"quotations": [{"words": "a" * 5001}]}, "/quotations/0/words", "max_length"),
        ({"text": "a" * 100_001}, "/text", "max_length"),
        ({"quotations": [{"words": "a"}], "language": "en"}, "/language", "conflict"),
        ([], "", "invalid"),
    ],
)
def test_bad_bodies(db: None, body: Any, pointer: str, code: str) -> None:
    response = post(body)
    assert response.status_code == 400
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("date", ["Oct 2024", "23 October 2024"])
def test_a_date_in_another_form_is_told_the_right_ones(db: None, date: str) -> None:
    (error,) = post({"quotations": [{"words": "a", "date": date}]}).json()["errors"]
    assert error["detail"] == "Write a date as 2024-10-23, 2024-10 or 2024."


def test_a_draft_in_another_language(db: None) -> None:
    response = post({"text": "„Wir kommen“, sagte sie.", "language": "de"})
    assert response.status_code == 422
    assert "not in English (de)" in response.json()["detail"]


def test_reading_needs_no_token_and_has_a_quota_of_its_own(statement: Any, settings: Any) -> None:
    counter.reset()  # of what other tests asked within the minute
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous": 1, "checks": 2}
    body = {"quotations": [{"words": WORDS}]}
    assert [post(body).status_code for _ in range(3)] == [200, 200, 429]
    assert Client().get("/api/v1/statements/").status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_other_methods(db: None, method: str) -> None:
    assert getattr(Client(), method)("/api/v1/checks/").status_code == 405


def test_nothing_of_a_draft_is_in_a_log_or_in_the_queries_kept_for_debugging(
    statement: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "xylophone quagmire zeppelin marmalade"
    body = {"quotations": [{"words": secret, "speaker": "Zanzibar Quux", "outlet": "Mumblecore"}]}
    with CaptureQueriesContext(connection) as queries:
        assert post(body).status_code == 200
        assert post({"text": f"“{secret},” Zanzibar Quux said."}).status_code == 200
    logged = f"{caplog.text} {[query['sql'] for query in queries.captured_queries]}".lower()
    assert "checks" in logged
    for word in [*secret.split(), "zanzibar", "mumblecore"]:
        assert word not in logged


@pytest.mark.parametrize("count", [1, 20])
def test_the_records_of_all_findings_are_read_together(db: None, count: int) -> None:
    for number in range(count):
        anchored_statement(f"This is what number {number} said of it all")
    quotations = [{"words": f"this is what number {number} said of it all"} for number in range(count)]
    with CaptureQueriesContext(connection) as queries:
        response = post({"quotations": quotations})
    assert [each["words"] for each in response.json()["quotations"]] == ["same"] * count
    # Besides what each quotation is searched by, which is not among these.
    assert len(queries.captured_queries) <= 6


def test_naming_what_was_not_reached_compares_no_quotations(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look for each one among all of them would take quadratic time."""
    compared = []

    def equals(one: Quotation, other: Any) -> bool:
        compared.append(one)
        return one is other

    monkeypatch.setattr(Quotation, "__eq__", equals)
    monkeypatch.setattr(checks, "BUDGET", -1)
    body = post({"quotations": [{"words": f"{WORDS} or June {number}"} for number in range(250)]}).json()
    assert [each["quotation"] for each in body["not_read"]] == list(range(250))
    assert compared == []
