"""A captured page handed in by an editor: kept, read, and answered with what it proposes."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from articles.models import Article, Capture, Proposal, Statement
from articles.services.retraction import retract_article
from newsdb.api.openapi.views import openapi
from newsdb.models import Change
from tests.articles.ingest.pages import CHANGED, PAGE
from tests.clients import editor, errors, write
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db

HTML = "<html lang='en'><head><title>Bell</title></head><body><article>{}</article></body></html>"
SOUP = "I rang it once and the whole village came for soup"


def hand_in(**body: Any) -> Any:
    """What the API answers to an editor."""
    return write(editor(), "post", "captures/", body, etag=None)


def test_it_answers_with_the_article_and_its_proposals() -> None:
    ActorFactory(name="Mirela Tansy-Okoro", slug="mirela")
    answer = hand_in(
        text=PAGE,
        source_url="https://observer.lindle.example/bell",
        captured_at="2025-03-15T10:00:00Z",
        reason="For the archive.",
    )
    assert answer.status_code == 201, answer.content
    told = answer.json()
    article = Article.objects.get()
    assert answer.headers["Location"] == told["article"]["url"]
    assert (told["action"], told["notes"]) == ("created", [])
    assert told["article"]["headline"] == article.headline == "The bell of Lindle Water is back"
    assert told["capture"]["sha256"] == Capture.objects.get().sha256
    assert told["capture"]["captured_at"] == "2025-03-15T10:00:00Z"
    assert "text" not in told["capture"]
    soup = next(row for row in told["proposals"] if row["text"] == SOUP)
    assert (soup["status"], soup["speaker"]["slug"]) == ("proposed", "mirela")
    assert soup["proposal"]["name"] == "Mirela Tansy-Okoro"
    assert len(told["proposals"]) == Proposal.objects.count()
    assert Change.objects.of(article).get().actor == "ines"
    assert Change.objects.of(article).get().reason == "For the archive."


def test_again_it_answers_200_and_changes_nothing() -> None:
    first = hand_in(text=PAGE)
    changes = Change.objects.count()
    again = hand_in(text=PAGE)
    assert again.status_code == 200
    assert again.json() == {**first.json(), "action": "unchanged"}
    assert Change.objects.count() == changes
    changed = hand_in(text=CHANGED)
    assert (changed.status_code, changed.json()["action"]) == (201, "updated")


def test_answers_are_as_described() -> None:
    schema = openapi()
    responses = schema["paths"]["/api/v1/captures/"]["post"]["responses"]
    for status in ("201", "200"):
        shape = responses[status]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**shape, "components": schema["components"]})
        assert list(validator.iter_errors(hand_in(text=PAGE).json())) == []


def test_what_is_told_goes_before_what_is_printed() -> None:
    hand_in(
        text="It hangs at the landing again.\nNobody could say where it had gone.",
        outlet="The Gazette",
        headline="The bell is back",
        authors=["Ada Example"],
        published_on="2025-03",
        language="en-GB",
    )
    article = Article.objects.get()
    assert (article.headline, article.outlet.name, article.language) == (
        *("The bell is back", "The Gazette"),
        "en-GB",
    )
    assert (str(article.published_on), article.published_precision) == ("2025-03-01", "month")
    assert article.bylines.get().author.name == "Ada Example"


def test_a_text_without_a_headline_is_taken_and_it_is_asked_for() -> None:
    answer = hand_in(text="It hangs at the landing again. Nobody knows why.", outlet="The Gazette")
    assert (answer.status_code, answer.json()["article"]["headline"]) == (201, "[no headline]")
    assert answer.json()["notes"] == ["it prints no headline: give the article's"]


def test_html_is_read_where_the_extra_is_installed() -> None:
    pytest.importorskip("trafilatura")
    body = "".join(f"<p>{line}</p>" for line in PAGE.splitlines()[4:])
    answer = hand_in(html=HTML.format(body), outlet="The Gazette", headline="The bell is back")
    assert answer.status_code == 201, answer.content
    capture = Capture.objects.get()
    assert (capture.media_type, capture.extractor) == ("text/html", "trafilatura")
    assert capture.text
    assert "<p>" not in capture.text
    assert SOUP in [row["text"] for row in answer.json()["proposals"]]
    assert hand_in(html=HTML.format(body)).status_code == 200


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"": "required"}),
        ({"text": PAGE, "html": "<p>"}, {"": "required"}),
        ({"text": ""}, {"/text": "blank"}),
        ({"text": PAGE, "sauce_url": ""}, {"/sauce_url": "unknown"}),
        ({"text": PAGE, "source_url": "javascript:alert(1)"}, {"/source_url": "invalid"}),
        ({"text": PAGE, "captured_at": "yesterday"}, {"/captured_at": "invalid"}),
        ({"text": PAGE, "captured_at": "0001-01-01T00:00:00+14:00"}, {"/captured_at": "invalid"}),
        ({"text": PAGE, "published_on": "2025-13"}, {"/published_on": "no_such_date"}),
        ({"text": PAGE, "published_on": "2999-03"}, {"/published_on": "invalid"}),
        ({"text": PAGE, "authors": "Ada"}, {"/authors": "not_a_list"}),
        ({"html": "<p></p>"}, {"": "invalid"}),
    ],
)
def test_what_is_not_valid_is_named(body: dict[str, Any], pointers: dict[str, str]) -> None:
    assert errors(hand_in(**body)) == pointers
    assert not Capture.objects.exists()


def test_a_page_that_cannot_be_loaded_says_why() -> None:
    assert "does not name its outlet" in hand_in(text="The bell is back.").json()["detail"]
    hand_in(text=PAGE)
    retract_article(article=Article.objects.get(), reason="Made up.", by="ines")
    answer = hand_in(text=CHANGED)
    assert (answer.status_code, Capture.objects.count()) == (409, 1)
    assert "retracted: Made up." in answer.json()["detail"]


def test_nothing_of_it_waits_in_public() -> None:
    hand_in(text=PAGE)
    assert Statement.objects.exists()
    assert not Statement.objects.public().exists()
