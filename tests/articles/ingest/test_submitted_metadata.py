"""What is given with a page that is already recorded: it fills what is unknown, and overwrites nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from articles.ingest.load import LoadError, Outcome, load_document
from articles.models import Article, Statement
from articles.reading.documents import Document, hash_of
from articles.reading.page import DeclaredMetadata
from articles.services.erasure import erase as erase_article
from articles.services.retraction import retract_article
from newsdb.dates import PartialDate
from newsdb.models import Change
from tests.articles.ingest.pages import BODY, CHANGED, PAGE
from tests.articles.ingest.records import rows
from tests.factories import ArticleFactory, OutletFactory, OutletNameFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit

URL, ARCHIVED = (
    "https://observer.example/bell",
    "https://web.archive.org/web/20250314080000/https://observer.example/bell",
)
DAY, TIME = PartialDate.parse("2025-03-14"), datetime(2025, 3, 15, 6, tzinfo=UTC)
#: A page that says nothing of itself but its outlet.
BARE = f"The Lindle Observer\n{BODY}"


def hand_in(text: str = BARE, *, url: str = "", time: datetime | None = None, **declared: Any) -> Outcome:
    declared.setdefault("outlet", "The Lindle Observer")
    document = Document(
        "page", hash_of(text.encode()), text, "text/plain", url, time, DeclaredMetadata(**declared)
    )
    return load_document(document, by="ines", reason="Told.")


@pytest.mark.parametrize(
    ("given", "record", "field", "value"),
    [
        ({"url": URL}, "article", "source_url", URL),
        ({"url": URL}, "capture", "source_url", URL),
        ({"time": TIME}, "capture", "captured_at", TIME),
        ({"language": "en-GB"}, "article", "language", "en-GB"),
        ({"headline": "The bell"}, "article", "headline", "The bell"),
        ({"section": "Local"}, "article", "section", "Local"),
        ({"deck": "It is back."}, "article", "deck", "It is back."),
        ({"published": DAY}, "article", "published_on", DAY.first),
    ],
)
def test_what_was_unknown_is_filled_in(given: Any, record: str, field: str, value: Any) -> None:
    first = hand_in()
    outcome = hand_in(**given)
    assert (outcome.capture, outcome.action, outcome.notes) == (first.capture, "updated", ())
    capture = type(first.capture).objects.get()
    assert getattr(capture if record == "capture" else capture.article, field) == value
    change = Change.objects.filter(uid=capture.article.uid).order_by("pk").last()
    assert change is not None
    assert (change.actor, change.reason) == ("ines", "Told.")
    before = rows()
    assert hand_in(**given).action == "unchanged"
    assert rows() == before


def test_everything_that_is_known_stays_and_what_differs_is_said() -> None:
    known = {
        "language": "en-GB",
        "headline": "The bell",
        "section": "Local",
        "deck": "Back.",
        "published": DAY,
    }
    OutletFactory(name="The Gazette")
    hand_in(url=URL, time=TIME, **known)
    before = rows()
    outcome = hand_in(
        url=f"{URL}-2",
        time=TIME.replace(hour=7),
        outlet="The Gazette",
        language="de",
        headline="The horn",
        section="Sports",
        deck="Gone.",
        published=PartialDate.parse("2025-04"),
    )
    assert outcome.action == "unchanged"
    assert outcome.notes == (
        "headline was given as The horn, but is recorded as The bell: it stays",
        "deck was given as Gone., but is recorded as Back.: it stays",
        "section was given as Sports, but is recorded as Local: it stays",
        "language was given as de, but is recorded as en-GB: it stays",
        "published_on was given as 2025-04, but is recorded as 2025-03-14: it stays",
        "outlet was given as The Gazette, but is recorded as The Lindle Observer: it stays",
        f"source_url was given as {URL}-2, but is recorded as {URL}: it stays",
        "captured_at was given as 2025-03-15T07:00:00+00:00, but is recorded as 2025-03-15T06:00:00+00:00:"
        " it stays",
    )
    assert rows() == before


@pytest.mark.parametrize(
    "given",
    [
        {"url": ARCHIVED},
        {"time": TIME},
        {"outlet": "the lindle  OBSERVER"},
        {"outlet": "The Observer"},
        {"outlet": "Lindle Daily", "url": URL},
        {"headline": "The Bell!"},
        {"language": "EN-gb"},
        {"language": "en"},
        {"published": PartialDate.parse("2025")},
        {"section": "x" * 101},
    ],
    ids=str,
)
def test_the_same_in_other_words_is_no_contradiction(given: Any) -> None:
    facts = {"language": "en-GB", "headline": "The bell", "published": DAY, "section": "Local"}
    article = hand_in(url=URL, time=TIME, **facts).article
    OutletNameFactory(outlet=article.outlet, name="The Observer")
    before = rows()
    outcome = hand_in(**given)
    assert (outcome.action, outcome.notes) == ("unchanged", ())
    assert rows() == before


def test_an_address_of_another_article_is_not_taken() -> None:
    other = ArticleFactory(source_url=URL, headline="The horn")
    hand_in()
    outcome = hand_in(url=URL)
    assert outcome.notes == (f"source_url was given as {URL}, which is the address of The horn",)
    assert (outcome.action, outcome.capture.source_url) == ("unchanged", "")
    assert Article.objects.with_source_url(URL).get() == other


def test_it_counts_for_a_later_version_of_the_article_too() -> None:
    article = hand_in(PAGE).article
    outcome = hand_in(CHANGED, url=URL)
    article.refresh_from_db()
    assert (outcome.article, article.source_url) == (article, URL)
    outcome = hand_in(f"{CHANGED}And so on.\n", url=URL, outlet="The Gazette")
    assert outcome.article == article
    assert outcome.notes == (
        "outlet was given as The Gazette, but is recorded as The Lindle Observer: it stays",
    )


def test_the_time_of_a_capture_says_whether_it_is_the_latest() -> None:
    hand_in(PAGE)
    hand_in(CHANGED, time=TIME)
    statement = Statement.objects.get(text__startswith="It will be rung")
    assert statement.latest_capture == statement.capture
    first = hand_in(PAGE, time=TIME.replace(day=16)).capture
    statement = Statement.objects.get(text__startswith="I rang it once")
    assert statement.latest_capture == first


def test_a_day_before_what_was_said_is_refused() -> None:
    article = hand_in().article
    StatementFactory(article=article, said_on=date(2025, 3, 20), said_precision="day", status="published")
    with pytest.raises(LoadError, match="was said on 2025-03-20"):
        hand_in(published=DAY)
    article.refresh_from_db()
    assert article.published_on is None


def test_a_retracted_article_gets_nothing() -> None:
    article = hand_in().article
    retract_article(article=article, reason="Made up.", by="ines")
    before = rows()
    assert hand_in(url=URL).action == "unchanged"
    assert rows() == before


def test_the_address_of_an_erased_page_is_not_taken() -> None:
    erase_article(record=hand_in(PAGE, url=URL).article, reason_code="court")
    other = "The Lindle Observer\nThe horn is gone\nNobody could say who took it from the shed.\n"
    hand_in(other)
    with pytest.raises(LoadError, match="was erased"):
        hand_in(other, url=ARCHIVED)
    assert Article.objects.get().source_url == ""
