"""Published checks, in records that we wrote in the shape of schema.org's ClaimReview."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import ClaimReview, Statement
from articles.services.retraction import retract_statement
from newsdb.models import Change
from tests.factories import ActorFactory, StatementFactory

WORDS = "We will not close the old pier before May"


def review(**facts: Any) -> dict[str, Any]:
    """A ClaimReview as it is published."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/pier",
        "claimReviewed": WORDS,
        "datePublished": "2024-03-09",
        "author": {"@type": "Organization", "name": "Example Checks", "url": "https://checks.example/"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ada Pier"}},
        "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "alternateName": "Half true"},
    } | facts


@pytest.fixture(autouse=True)
def statement(transactional_db: None) -> Statement:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    made: Statement = StatementFactory(speaker=ada, text=WORDS, said_on="2024-03-05", said_precision="day")
    return made


Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Imports records, or a text as it is; returns what was listed, without the path."""

    def imported(*records: Any) -> list[str]:
        path = tmp_path / "checks.json"
        path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in records))
        capsys.readouterr()
        call_command("import_corpus", path, corpus="claimreview", verbosity=0)
        return [line.removeprefix(f"{path}, ") for line in capsys.readouterr().out.splitlines()]

    return imported


def test_a_check_of_the_words_is_attached(run: Run, statement: Statement) -> None:
    assert run(review()) == []
    link = ClaimReview.objects.get()
    assert (link.statement, link.source_url, link.publisher) == (
        statement, "https://checks.example/pier", "Example Checks",
    )  # fmt: skip
    assert (link.rating, str(link.published_on), link.published_precision) == (
        "Half true",
        "2024-03-09",
        "day",
    )
    latest: Any = Change.objects.of(statement).first()
    assert (latest.action, latest.reason) == ("updated", "A published check of it was imported.")
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"claimReviewed": "“We will NOT close the old pier before May!”"},
        {"claimReviewed": f'A mayor said "{WORDS}," and left.'},
        {"claimReviewed": f"«{WORDS}», she said."},
        {"itemReviewed": None},
        {"itemReviewed": [{"author": [{"name": "Bo Quay"}, {"name": "Ada Pier"}]}]},
        {"reviewRating": {"ratingValue": 2}, "author": [{"name": "Example Checks"}], "datePublished": ""},
    ],
    ids=[
        "other marks",
        "quoted in a claim",
        "other quotation marks",
        "no speaker",
        "two speakers",
        "a number",
    ],
)
def test_records_vary(run: Run, facts: dict[str, Any]) -> None:
    assert run(review(**facts)) == []
    assert ClaimReview.objects.get().rating in ("Half true", "2")


def test_every_statement_of_the_words_has_the_link(run: Run, statement: Statement) -> None:
    StatementFactory(speaker=statement.speaker, text=WORDS)
    other = StatementFactory(speaker=ActorFactory(name="Bo Quay"), text=WORDS)
    run(review())
    assert ClaimReview.objects.count() == 2
    assert not ClaimReview.objects.filter(statement=other).exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"claimReviewed": "Nobody has ever seen a whale in the harbour"}, "not found"),
        ({"claimReviewed": "We will close the old pier before May"}, "altered"),
        ({"claimReviewed": "We will not close the old pier"}, "contained"),
        ({"claimReviewed": "The pier"}, "too short"),
        ({"itemReviewed": {"author": {"name": "Bo Quay"}}}, "another speaker"),
    ],
)
def test_others_are_listed_with_the_reason(run: Run, facts: dict[str, Any], reason: str) -> None:
    record = review(**facts)
    assert run(record) == [f"line 1: {reason}: https://checks.example/pier: {record['claimReviewed']}"]
    assert not ClaimReview.objects.exists()


def test_a_retracted_statement_gets_no_link(run: Run, statement: Statement) -> None:
    retract_statement(statement=statement, reason="It was invented.", by="ines")
    assert run(review())[0].startswith("line 1: not found: ")


def test_importing_again_changes_nothing(run: Run) -> None:
    run(review(), review(url="https://checks.example/pier-2"))
    before = Change.objects.count()
    again = run(
        review(url="http://checks.example/pier/?utm_source=x"), review(url="https://checks.example/3")
    )
    assert [line.partition(" http")[0] for line in again] == ["line 1: already attached:"]
    assert ClaimReview.objects.count() == 3
    assert Change.objects.count() == before + 1


def test_wrong_records_are_named_and_the_others_attached(run: Run, capsys: Any) -> None:
    wrong = {
        "{": "It is not JSON.",
        json.dumps(review(**{"@type": "Claim"})): "It is not a ClaimReview.",
        json.dumps(review(url="")): "url is empty.",
        json.dumps(review(claimReviewed=None)): "claimReviewed is missing.",
        json.dumps(review(claimReviewed="a" * 5001)): "claimReviewed is longer than 5,000 characters.",
        json.dumps(review(author={})): "author.name is missing.",
        json.dumps(review(itemReviewed="Ada Pier")): "itemReviewed is of the wrong type.",
        json.dumps(review(itemReviewed={"author": {"name": 1}})): "itemReviewed.author.name is of the wrong",
        json.dumps(review(reviewRating="false")): "reviewRating is of the wrong type.",
        json.dumps(
            review(reviewRating={"ratingValue": []})
        ): "reviewRating.ratingValue is of the wrong type.",
        json.dumps(review(datePublished="May")): "datePublished is not a date: May",
        json.dumps(review(author={"name": "A\0"})): "It contains the NUL character",
        json.dumps(review(url="nowhere")): "An address begins with",
        json.dumps(review(author={"name": "A" * 201})): "Ensure this value has at most 200 characters",
    }
    with pytest.raises(CommandError, match=r"^1 links made; .* 14 could not be imported"):
        run(*wrong, review())
    listed = capsys.readouterr().out.splitlines()
    for number, (line, reason) in enumerate(zip(listed, wrong.values(), strict=True), start=1):
        assert f", line {number}: {reason}" in line


def test_a_feed_and_a_list_are_read_too(run: Run, tmp_path: Path) -> None:
    other = review(url="https://checks.example/other", claimReviewed="Nobody has ever seen a whale there")
    elements = [{"@type": "DataFeedItem", "item": [review()]}, {"@type": "DataFeedItem", "item": [other]}]
    feed = {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": elements}
    assert [line.partition(": ")[0] for line in run(json.dumps(feed, indent=1))] == ["element 2"]
    assert ClaimReview.objects.count() == 1
    listed = tmp_path / "listed.txt"
    path = tmp_path / "checks.json"
    path.write_text(json.dumps([review(), other]))
    call_command("import_corpus", path, corpus="claimreview", unlinked=listed, verbosity=0)
    reasons = [line.split(": ")[1] for line in listed.read_text().splitlines()]
    assert reasons == ["already attached", "not found"]


def test_options_of_other_formats_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="checks make no statements"):
        call_command("import_corpus", tmp_path / "x", corpus="claimreview", publish=0.5)
    with pytest.raises(CommandError, match="--unlinked is only for claimreview"):
        call_command("import_corpus", tmp_path / "x", corpus="quotebank", unlinked=tmp_path / "y")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_corpus", tmp_path / "x", corpus="claimreview")
