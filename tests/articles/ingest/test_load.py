"""A page is kept with its article, and what it says is proposed; once."""

import datetime
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.core.management import call_command

from actors.models import Actor
from articles.ingest.load import LoadError, load
from articles.models import (
    NO_HEADLINE,
    Anchor,
    Article,
    Byline,
    Capture,
    Outlet,
    Proposal,
    Reading,
    RelatedLink,
    RoleProposal,
    Statement,
)
from articles.reading.page import DeclaredMetadata
from articles.reading.page.organisations import author_called
from articles.services.retraction import retract_article
from newsdb.models import Change
from tests.articles.ingest.pages import BODY, CHANGED, HEAD, PAGE, load_text, received, sample
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    OutletDomainFactory,
    OutletFactory,
    erase,
)

pytestmark = pytest.mark.django_db

SOUP = "I rang it once and the whole village came for soup"
SHED = "We looked for it in every shed of the county"
ADDRESS = "https://observer.lindle.example/bell"


def rows() -> dict[str, list[Any]]:
    """Everything the dataset's tables hold, and how far the ledger has come."""
    models = [model for label in ("actors", "articles") for model in apps.get_app_config(label).get_models()]
    held = {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}
    return held | {"ledger": [Change.objects.count()]}


FOREIGN = (
    "„Wir haben in jedem Schuppen des Landes nach ihr gesucht“, sagte Odo Brannick am Freitag im Rathaus, und"
    " der Gemeinderat will erst im April darüber entscheiden, wer sie läuten darf und wann.\n"
)


def test_a_page_in_another_language_is_kept_and_nothing_is_proposed() -> None:
    outcome = load_text(HEAD + FOREIGN, declared=DeclaredMetadata(language="en"))
    assert (outcome.proposals, outcome.article.language) == ((), "de")
    assert outcome.notes == (
        "declared to be in en, but its text is in another language (de)",
        "its text is not in English (de): no statements are proposed",
    )


def test_a_page_in_english_that_is_declared_to_be_in_another_language_is_read() -> None:
    outcome = load_text(PAGE, declared=DeclaredMetadata(language="de"))
    assert (len(outcome.proposals), outcome.article.language) == (2, "en")
    assert outcome.notes == ("declared to be in de, but its text is in another language (en)",)


def test_a_page_whose_language_is_declared_rightly_needs_no_note() -> None:
    outcome = load_text(PAGE, declared=DeclaredMetadata(language="en-GB"))
    assert (len(outcome.proposals), outcome.article.language, outcome.notes) == (2, "en-GB", ())


def test_the_sample_page_becomes_an_article_with_all_that_is_printed() -> None:
    outcome = load_text(sample(), captured_at=datetime.datetime(2025, 3, 14, 9, tzinfo=datetime.UTC))
    assert outcome.action == "created"
    article = Article.objects.get()
    assert article.headline == "A small ferry returns to Lindle Water, and the school bus gets shorter"
    assert article.outlet.name == "The Lindle Observer"
    capture = article.captures.get()
    assert capture.text == sample()
    assert capture.sha256 == capture.text_sha256
    byline = Byline.objects.get()
    assert (byline.author.name, byline.author.slug) == ("Pernilla Quillfeather", "pernilla-quillfeather")
    assert byline.note.startswith("Pernilla Quillfeather has been lake towns correspondent")
    titles = [link.title for link in RelatedLink.objects.order_by("related_list__position", "position")]
    assert titles[0] == "Ferry society picks a bell over a horn"
    assert titles[-1] == "What goes into the broth — and what doesn't"
    assert len(titles) == 5
    assert RelatedLink.objects.get(title="How quiet is an electric boat?").published_on == datetime.date(
        2025, 3, 12
    )
    roles = RoleProposal.objects.order_by("started_on")
    assert [(role.title, str(role.started_on)) for role in roles] == [
        ("Harbour clerk", "2012-01-01"),
        ("Lake towns correspondent", "2019-01-01"),
    ]
    assert all("Lindle" in sample()[role.start : role.end] for role in roles)


def test_an_agency_is_one_organisation_by_whichever_name_it_signs() -> None:
    for number, name in enumerate(("AP", "The Associated Press")):
        authors = (author_called(name), author_called("Ada Example"))
        declared = DeclaredMetadata(authors=authors, headline=f"Bell {number}", outlet="The Lindle Observer")
        load(replace(received(PAGE + "\n" * number), declared=declared))
    signed = Byline.objects.filter(author__kind="organisation").values_list("printed_name", "author__name")
    assert sorted(signed) == [("AP", "Associated Press"), ("The Associated Press", "Associated Press")]
    assert Actor.objects.filter(kind="organisation").count() == 1
    assert Actor.objects.get(name="Ada Example").kind == "person"


def test_what_is_said_is_proposed_where_it_stands() -> None:
    outcome = load_text(PAGE)
    proposal = Proposal.objects.get(words=SOUP)
    statement = proposal.statement
    assert (statement.status, statement.reviewed, statement.attributed_by) == ("proposed", False, "extractor")
    assert (statement.extractor, statement.speaker) == ("newsdb", None)
    assert (statement.text, statement.text_match, statement.capture) == (SOUP, "matched", outcome.capture)
    assert str(statement.published_on) == "2025-03-14"
    (anchor,) = statement.anchors.all()
    assert PAGE[anchor.start : anchor.end] == SOUP
    assert proposal.name == "Mirela Tansy-Okoro"
    assert statement.speaker_label == PAGE[proposal.mention_start : proposal.mention_end] == "Tansy-Okoro"
    assert {found["method"] for found in proposal.evidence} >= {"cue"}
    assert {each.pk for each in outcome.proposals} == set(Proposal.objects.values_list("pk", flat=True))


def test_a_speaker_is_the_one_actor_of_that_name() -> None:
    farmer = ActorFactory(name="Odo Brannick")
    owner = ActorNameFactory(name="Mirela Tansy-Okoro").actor
    load_text(PAGE)
    assert Statement.objects.get(text=SHED).speaker == farmer
    assert Statement.objects.get(text=SOUP).speaker == owner


def test_a_tie_of_speakers_waits_for_a_person() -> None:
    ActorFactory(name="Odo Brannick")
    ActorFactory(name="ODO BRANNICK")
    load_text(PAGE, publish=0.1)
    statement = Statement.objects.get(text=SHED)
    assert (statement.speaker, statement.status) == (None, "proposed")


def test_a_run_may_publish_what_is_sure_and_has_a_speaker() -> None:
    ActorFactory(name="Odo Brannick")
    ActorFactory(name="Mirela Tansy-Okoro")
    load_text(PAGE)
    sure = Proposal.objects.get(words=SOUP).statement.confidence
    assert sure
    erase(Statement.objects.all())
    Capture.objects.all().delete()
    load_text(PAGE, publish=sure)
    assert Statement.objects.public().filter(text=SOUP, reviewed=False, attributed_by="extractor").exists()
    assert Proposal.objects.get(words=SOUP).decision == ""
    erase(Statement.objects.all())
    Capture.objects.all().delete()
    load_text(PAGE, publish=sure + 0.001)
    assert Statement.objects.get(text=SOUP).status == "proposed"


def test_a_joint_statement_is_proposed_once_per_speaker() -> None:
    ActorFactory(name="Odo Brannick")
    text = PAGE.rstrip() + "\n\n“Every bell is ours,” said Odo Brannick and Mirela Tansy-Okoro.\n"
    load_text(text, publish=0.5)
    load_text(text, publish=0.5)
    first, second = Statement.objects.filter(text="Every bell is ours").order_by("pk")
    assert first.joint_uid is not None
    assert first.joint_uid == second.joint_uid
    assert {first.speaker_label, second.speaker_label} == {"Odo Brannick and Mirela Tansy-Okoro"}
    assert [first.proposal.name, second.proposal.name] == ["Odo Brannick", "Mirela Tansy-Okoro"]
    assert {first.status, second.status} == {"proposed"}  # one of them is no actor yet


@pytest.mark.parametrize("text", [sample(), PAGE])
def test_a_second_time_changes_nothing(text: str) -> None:
    load_text(text)
    before = rows()
    assert load_text(text).action == "unchanged"
    assert rows() == before


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    load_text(PAGE)
    monkeypatch.delattr("articles.ingest.load.read_material")
    assert load_text(PAGE).action == "unchanged"


def test_the_text_at_hand_goes_before_what_another_version_takes_out_of_the_same_bytes() -> None:
    capture = load_text(PAGE).capture
    Reading.objects.update(extractor_version="0")
    assert load(replace(received(PAGE), text=CHANGED)).action == "unchanged"
    capture.refresh_from_db()
    assert capture.text == PAGE


def test_a_reading_that_finds_nothing_new_changes_nothing_but_its_mark() -> None:
    load_text(PAGE)
    Reading.objects.update(extractor_version="0")
    before = rows()
    outcome = load_text(PAGE)
    assert (outcome.action, outcome.proposals) == ("unchanged", ())
    after = rows()
    assert before.pop("Reading") != after.pop("Reading")
    assert after == before


def test_the_shipped_fixture_is_recognised_and_gets_its_text() -> None:
    call_command("loaddata", "fixtures/sample_page.json", verbosity=0)
    Anchor.objects.update(match="unchecked", checked_at=None)
    counts = {name: len(held) for name, held in rows().items()}
    outcome = load_text(sample())
    assert outcome.action == "updated"
    capture = Capture.objects.get()
    assert capture.text == sample()
    assert set(Statement.objects.values_list("text_match", flat=True)) == {"matched"}
    after = {name: len(held) for name, held in rows().items()}
    for name in ("Outlet", "Article", "Actor", "Byline", "Capture", "RelatedLink", "Statement", "Proposal"):
        assert after[name] == counts[name], name
    assert load_text(sample()).action == "unchanged"


def test_other_text_is_not_attached_under_the_same_bytes() -> None:
    call_command("loaddata", "fixtures/sample_page.json", verbosity=0)
    with pytest.raises(LoadError, match="not the text that was captured"):
        load(replace(received(sample()), text=f"{sample()}More."))
    assert Capture.objects.get().text is None


def test_the_same_article_again_is_a_second_capture_of_it() -> None:
    first = load_text(PAGE).capture
    outcome = load_text(CHANGED)
    assert outcome.action == "updated"
    second = outcome.capture
    assert (second.article, Article.objects.count(), Byline.objects.count()) == (first.article, 1, 1)
    for words in (SHED, SOUP):
        statement = Statement.objects.get(text=words)
        assert statement.capture == first
        moved = Anchor.objects.get(statement=statement, capture=second)
        assert CHANGED[moved.start : moved.end] == words
    assert [proposal.words for proposal in outcome.proposals] == [
        "It will be rung at noon, and at no other time"
    ]
    assert load_text(PAGE).action == load_text(CHANGED).action == "unchanged"


def test_what_is_printed_around_an_article_comes_with_its_first_capture() -> None:
    load_text(PAGE)
    Byline.objects.all().delete()
    load_text(CHANGED)
    assert not Byline.objects.exists()


def test_what_was_rejected_or_reworded_does_not_come_back() -> None:
    load_text(PAGE)
    Statement.objects.filter(text=SHED).update(status="rejected")
    Statement.objects.filter(text=SOUP).update(text="I rang it once")
    outcome = load_text(CHANGED)
    assert {SHED, SOUP}.isdisjoint(proposal.words for proposal in outcome.proposals)
    assert not Anchor.objects.filter(statement__text=SHED, capture=outcome.capture).exists()


def test_words_that_were_edited_stay_away_though_they_stand_nowhere() -> None:
    load_text(PAGE)
    Anchor.objects.all().delete()
    Statement.objects.filter(text=SOUP).update(text="I rang it once")
    Proposal.objects.filter(words=SHED).delete()
    assert {SHED, SOUP}.isdisjoint(proposal.words for proposal in load_text(CHANGED).proposals)


class TestWhichArticle:
    """By address, else by its very text, else by headline and day."""

    def test_by_its_address_however_it_was_copied(self) -> None:
        article = ArticleFactory(source_url=ADDRESS)
        outcome = load_text(PAGE, source_url=f"{ADDRESS}/?utm_source=mail#top")
        assert outcome.article == article
        assert (outcome.action, Article.objects.count(), Outlet.objects.count()) == ("updated", 1, 1)

    def test_another_address_is_another_article(self) -> None:
        first = load_text(PAGE, source_url=ADDRESS).article
        second = load_text(CHANGED, source_url=f"{ADDRESS}-2").article
        assert first != second

    def test_by_its_text(self) -> None:
        first = load_text(PAGE).article
        again = load(
            replace(received(PAGE), sha256="0" * 64, declared=DeclaredMetadata(headline="Bell found"))
        )
        assert (again.article, again.action) == (first, "updated")

    def test_a_headline_of_another_day_is_another_article(self) -> None:
        first = load_text(PAGE).article
        assert load_text(CHANGED.replace("March 14", "March 21")).article != first

    def test_without_a_day_the_texts_have_to_have_something_in_common(self) -> None:
        first = load_text(PAGE.replace("March 14, 2025\n", "")).article
        again = load_text(CHANGED.replace("March 14, 2025\n", ""))
        assert again.article == first
        head, _, _ = PAGE.partition("The old bell")
        another = "A wholly different piece, which only has the same words over it, as briefings have.\n"
        assert load_text(head.replace("March 14, 2025\n", "") + another).article != first

    def test_a_retracted_article_takes_nothing(self) -> None:
        article = load_text(PAGE).article
        retract_article(article=article, reason="Made up.", by="ines")
        before = rows()
        with pytest.raises(LoadError, match="retracted: Made up"):
            load_text(CHANGED)
        assert rows() == before
        Capture.objects.update(text=None)
        with pytest.raises(LoadError, match="retracted: Made up"):
            load_text(PAGE)


class TestWhichOutlet:
    def test_the_one_that_publishes_at_its_address(self) -> None:
        owner = OutletDomainFactory(domain="lindle.example").outlet
        OutletFactory(name="The Lindle Observer")
        assert load_text(PAGE, source_url=ADDRESS).article.outlet == owner

    def test_else_the_one_of_this_name(self) -> None:
        outlet = OutletFactory(name="THE LINDLE OBSERVER")
        assert load_text(PAGE).article.outlet == outlet

    def test_else_a_new_one_with_its_domain(self) -> None:
        OutletFactory(slug="the-lindle-observer", name="Another")
        outlet = load_text(PAGE, source_url=ADDRESS).article.outlet
        assert (outlet.name, outlet.slug) == ("The Lindle Observer", "the-lindle-observer-2")
        assert outlet.domains.get().domain == "observer.lindle.example"

    def test_two_of_the_same_name_are_not_chosen_between(self) -> None:
        for name in ("The Lindle Observer", "the lindle observer"):
            OutletFactory(name=name)
        with pytest.raises(LoadError, match="may be more than one outlet"):
            load_text(PAGE)
        assert not Article.objects.exists()

    def test_without_any_the_page_is_refused(self) -> None:
        with pytest.raises(LoadError, match="does not name its outlet"):
            load_text("The bell of Lindle Water is back\nIt hangs at the landing again.\n")
        assert not Outlet.objects.exists()


class TestWithoutAHeadline:
    """A text that prints none is taken, and the headline is asked for."""

    GIVEN: ClassVar = {"given_outlet": "The Lindle Observer"}

    def test_it_is_taken(self) -> None:
        outcome = load_text(BODY, **self.GIVEN)
        assert (outcome.action, outcome.article.headline) == ("created", NO_HEADLINE)
        assert outcome.notes == ("it prints no headline: give the article's",)
        assert len(outcome.proposals) == 2
        assert load_text(BODY, **self.GIVEN).action == "unchanged"

    @pytest.mark.parametrize("known", [False, True])
    def test_the_name_of_its_outlet_is_not_one(self, known: bool) -> None:
        if known:
            OutletFactory(name="Lindle & Shore")
        declared = DeclaredMetadata(outlet="" if known else "Lindle & Shore")
        article = load_text(f"Lindle & Shore\nMarch 14, 2025\n{BODY}", declared=declared).article
        assert (article.headline, article.outlet.name) == (NO_HEADLINE, "Lindle & Shore")
        assert str(article.published_on) == "2025-03-14"

    def test_a_later_version_is_the_same_article(self) -> None:
        first = load_text(BODY, **self.GIVEN).article
        assert (
            load_text(f"{BODY}And so on, as the village does whenever it can.\n", **self.GIVEN).article
            == first
        )

    @pytest.mark.parametrize("url", ["", ADDRESS])
    def test_two_of_them_are_two_articles(self, url: str) -> None:
        declared = DeclaredMetadata(outlet="The Lindle Observer", source_url=url)
        first = load_text(BODY, declared=declared).article
        other = "A wholly different piece, which only has the same lack of words over it, as briefs have.\n"
        assert load_text(other, declared=declared).article != first

    def test_without_text_either_it_is_refused(self) -> None:
        with pytest.raises(LoadError, match="neither a headline nor any text"):
            load_text("March 14, 2025\n", **self.GIVEN)


class TestAuthors:
    def test_a_tie_leaves_the_byline_to_a_person(self) -> None:
        for name in ("Pernilla Quillfeather", "pernilla quillfeather"):
            ActorFactory(name=name)
        outcome = load_text(PAGE)
        assert not Byline.objects.exists()
        assert "Pernilla Quillfeather” may be more than one actor" in outcome.notes[0]
        assert Actor.objects.count() == 2

    def test_known_by_another_name(self) -> None:
        author = ActorNameFactory(name="Pernilla Quillfeather").actor
        load_text(PAGE)
        assert Byline.objects.get().author == author


def test_who_loaded_it_is_in_the_ledger() -> None:
    load_text(PAGE, by="ines")
    assert set(Change.objects.values_list("actor", flat=True)) == {"ines"}
