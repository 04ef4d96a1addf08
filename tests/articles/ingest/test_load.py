"""A page is kept with its article, and what it says is proposed."""

import datetime
from dataclasses import replace

import pytest

from actors.models import Actor
from articles.ingest.load import load, load_document
from articles.models import Article, Byline, Capture, Proposal, RelatedLink, RoleProposal, Statement
from articles.reading.documents import Document, hash_of
from articles.reading.page import DeclaredMetadata
from articles.reading.page.organisations import author_called
from articles.reading.printed_links import PrintedLink, PrintedList
from newsdb.models import Change
from tests.articles.ingest.pages import ADDRESS, PAGE, SHED, SOUP, load_text, received, sample
from tests.factories import ActorFactory, ActorNameFactory, ArticleFactory, erase

pytestmark = pytest.mark.django_db


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


def test_the_related_links_of_an_html_page_are_kept_in_order() -> None:
    html = (
        f"<html><body><article><h1>A bell</h1><p>{PAGE}</p></article><aside class=related><h3>Read next</h3>"
        "<ul><li><a href=/fog>Fog again on Monday</a> <time>10 March 2025</time></li>"
        "<li><a href=/gauge>Who pays? asks a keeper</a></li></ul></aside></body></html>"
    )
    given = DeclaredMetadata(outlet="The Lindle Observer")
    outcome = load_document(Document("bell", hash_of(html.encode()), html, "text/html", declared=given))
    kept = RelatedLink.objects.filter(related_list__article=outcome.article)
    assert [(each.related_list.title, each.title, str(each.published_on)) for each in kept] == [
        ("Read next", "Fog again on Monday", "2025-03-10"),
        ("Read next", "Who pays? asks a keeper", "None"),
    ]


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


@pytest.mark.parametrize("declared", [False, True])
def test_a_printed_link_leads_where_its_page_says(declared: bool) -> None:
    ferry = ArticleFactory(source_url="https://observer.lindle.example/ferry")
    printed = PrintedList("Related", (PrintedLink("The ferry", url="/ferry"), PrintedLink("Fog", url="fog")))
    metadata = DeclaredMetadata(source_url=ADDRESS if declared else "")
    load_text(PAGE, lists=(printed,), declared=metadata, source_url="" if declared else ADDRESS)
    urls = [f"https://observer.lindle.example/{name}" for name in ("ferry", "fog")]
    assert [(link.source_url, link.target) for link in RelatedLink.objects.all()] == [
        (urls[0], ferry),
        (urls[1], None),
    ]
    load_text(f"{PAGE}Fog\n", source_url=urls[1], declared=DeclaredMetadata(headline="Fog again"))
    (fog,) = RelatedLink.objects.filter(source_url=urls[1])
    assert fog.target == Article.objects.with_source_url(urls[1]).get()


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
