"""Links to published checks of a statement: how they are written, where shown, and what they never say."""

from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from articles.models import ClaimReview
from articles.services.retraction import restore_statement, retract_statement
from newsdb.models import Change
from tests.articles.api.routes import settle
from tests.clients import editor, errors, write
from tests.factories import ArticleFactory, ClaimReviewFactory, ProposalFactory, StatementFactory
from tests.reader import Reader

pytestmark = pytest.mark.django_db

REVIEW = {
    "source_url": "https://checks.example/ferry",
    "publisher": "Example Checks",
    "rating": "Mostly true",
    "published_on": "2024-10-01",
    "published_precision": "month",
}
OTHER = {"source_url": "https://more-checks.example/1", "publisher": "More Checks"}
#: What is not given is unknown.
BLANK = {"rating": "", "published_on": None, "published_precision": None}


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


def made(ines: APIClient, **members: Any) -> dict[str, Any]:
    body = {"article": ArticleFactory().uid, "kind": "direct", "words": ["It hums."], **members}
    answer = write(ines, "post", "statements/", body)
    assert answer.status_code == 201, answer.content
    row: dict[str, Any] = answer.json()
    return row


def test_links_are_written_with_a_statement_and_replaced_as_a_whole(ines: APIClient, reader: Reader) -> None:
    month = {**REVIEW, "published_on": "2024-10"}
    del month["published_precision"]
    row = made(ines, claim_reviews=[OTHER, month])
    assert row["claim_reviews"] == [REVIEW, BLANK | OTHER]
    path = f"statements/{row['uid']}/"
    assert reader.one(path) == row
    assert write(ines, "patch", path, {"cue": "said"}).json()["claim_reviews"] == row["claim_reviews"]
    changed = write(ines, "patch", path, {"claim_reviews": [{**REVIEW, "rating": "False"}], "reason": "New."})
    assert changed.json()["claim_reviews"] == [{**REVIEW, "rating": "False"}]
    assert write(ines, "patch", path, {"claim_reviews": []}).json()["claim_reviews"] == []


def test_each_row_of_a_joint_statement_has_the_links(ines: APIClient) -> None:
    made(ines, claim_reviews=[REVIEW], speakers=[{"slug": None, "label": name} for name in ("A", "B")])
    assert ClaimReview.objects.values("statement").distinct().count() == 2


def test_a_link_needs_an_address_and_a_publisher_and_stands_once(ines: APIClient) -> None:
    statement = StatementFactory()
    path = f"statements/{statement.uid}/"

    def refused(*reviews: Any) -> dict[str, str]:
        return errors(write(ines, "patch", path, {"claim_reviews": reviews}))

    assert refused({}) == {
        "/claim_reviews/0/source_url": "required",
        "/claim_reviews/0/publisher": "required",
    }
    assert refused({**REVIEW, "verdict": "x"}) == {"/claim_reviews/0/verdict": "unknown"}
    assert refused({**REVIEW, "publisher": ""}) == {"/claim_reviews/0/publisher": "blank"}
    assert refused({**OTHER, "source_url": "javascript:x"}) == {"/claim_reviews/0/source_url": "invalid"}
    assert refused(OTHER, {**OTHER, "source_url": f"{OTHER['source_url']}/?utm_source=x"}) == {
        "/claim_reviews/1/source_url": "invalid"
    }
    assert not ClaimReview.objects.exists()


@pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit
def test_a_link_is_in_the_history_and_the_feed_and_leaves_the_attribution_alone(ines: APIClient) -> None:
    statement = ProposalFactory().statement
    write(ines, "patch", f"statements/{statement.uid}/", {"status": "published", "speaker": None})
    answer = write(
        ines,
        "patch",
        f"statements/{statement.uid}/",
        {"claim_reviews": [REVIEW], "reason": "They checked it."},
    )
    assert answer.json()["attribution"]["by"] == "extractor"
    change = Change.objects.of(statement).latest("sequence")
    assert (change.action, change.actor, change.reason) == ("updated", "ines", "They checked it.")
    feed = APIClient().get(f"/api/v1/changes/?after={change.sequence - 1}").json()["results"]
    assert feed[0]["record"]["claim_reviews"] == [REVIEW]
    history = APIClient().get(f"/api/v1/statements/{statement.uid}/history/").json()["results"]
    (changed,) = history[0]["changes"]
    assert (changed["field"], changed["before"]) == ("claim_reviews", [])


def test_statements_are_found_by_a_check_however_its_address_was_copied(reader: Reader) -> None:
    reviews = [ClaimReviewFactory(source_url=REVIEW["source_url"]) for _ in range(2)]
    ClaimReviewFactory(statement=reviews[0].statement)
    ClaimReviewFactory(statement__status="proposed", source_url=REVIEW["source_url"])
    found = [review.statement_id for review in reversed(reviews)]
    for address in (REVIEW["source_url"], "http://www.checks.example/ferry/?utm_medium=x#top"):
        assert reader.found("statements/", claim_review=address) == found
        assert reader.get("statements/", claim_review=address, count="on").json()["count"] == 2
    assert reader.rows("statements/", claim_review="https://checks.example/Ferry") == []
    for address in ("ferry", "https://", "https://a:99999/"):
        fault = reader.fault("statements/", claim_review=address)
        assert (fault["parameter"], fault["code"]) == ("claim_review", "invalid")


def test_a_field_of_its_own(reader: Reader) -> None:
    ClaimReviewFactory(**REVIEW)
    (row,) = reader.rows("statements/", fields="claim_reviews")
    assert row == {"claim_reviews": [REVIEW]}
    (row,) = reader.rows("statements/", omit="claim_reviews")
    assert "claim_reviews" not in row


def test_it_goes_with_a_retracted_statement_and_comes_back_with_it(reader: Reader) -> None:
    review = ClaimReviewFactory(**REVIEW)
    statement, path = review.statement, f"statements/{review.statement.uid}/"
    retract_statement(statement=statement, reason="Misread.", by="ines")
    settle()
    assert REVIEW["publisher"] not in reader.get(path).content.decode()
    assert reader.rows("statements/", claim_review=REVIEW["source_url"]) == []
    restore_statement(statement=statement, reason="It was right.", by="ines")
    settle()
    assert reader.one(path)["claim_reviews"] == [REVIEW]


def test_linked_data_links_the_page_and_publishes_no_claim_review(reader: Reader) -> None:
    review = ClaimReviewFactory(**{**REVIEW, "published_on": date(2024, 10, 1)})
    answer = reader.get(f"statements/{review.statement.uid}/", format="jsonld")
    assert answer.json()["subjectOf"] == [
        {
            "@type": "WebPage",
            "@id": REVIEW["source_url"],
            "url": REVIEW["source_url"],
            "publisher": {"@type": "Organization", "name": REVIEW["publisher"]},
            "datePublished": "2024-10",
        }
    ]
    assert "ClaimReview" not in answer.content.decode()
    assert REVIEW["rating"] not in answer.content.decode()
