"""A dataset in which every column of every table is filled somewhere, and nothing is plain."""

import os
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.db import connection

from actors.models import Actor
from actors.models.merge import merge_actors
from articles.models import Article, Statement
from articles.services.retraction import retract_article, retract_statement
from newsdb.ledger import attributed
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AnchorFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    ClaimReviewFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletNameFactory,
    OutletSlugFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)

ODD = 'Ænd, "so" –\r\nline\ttwo 🐙 e\u0301 \u2028 \\ =1+1'


@pytest.fixture
def dataset() -> Article:
    """Fill the database; the article that most of it hangs on."""
    ministry = ActorFactory(kind="organisation", name="Ministry of Ferries", slug="ministry")
    ada = ActorFactory(name="Ada Ælfgifu", slug="zz-first-address", wikidata_id="Q42")
    ada.slug = "ada"
    ada.save()
    for name in ("Zoë", "Ada 🐙", "=SUM(A1)"):
        ActorNameFactory(actor=ada, name=name)
    RoleFactory(
        actor=ada,
        organisation=ministry,
        started_on=date(2020, 3, 1),
        started_precision="month",
        ended_on=date(2024, 1, 1),
        ended_precision="year",
    )
    RoleFactory(actor=ada, title="Skipper")

    outlet = OutletFactory(name="Ünder", slug="under", wikidata_id="Q7", text_policy="full")
    OutletDomainFactory.create_batch(2, outlet=outlet)
    OutletNameFactory(outlet=outlet, name="Ünder Online 🐙")
    article = ArticleFactory(
        outlet=outlet,
        headline=ODD,
        deck=ODD,
        section="Politics",
        language="en",
        source_url="https://under.example/a?b=1&c=é",
        published_on=date(2024, 10, 1),
        published_precision="month",
    )
    undated = ArticleFactory()
    BylineFactory(article=article, author=ada, position=1, printed_name="Ada Æ.", note=ODD)
    BylineFactory(article=article, author=ActorFactory(), position=0)
    listed = RelatedListFactory(article=article, title="Topics")
    RelatedLinkFactory(
        related_list=listed,
        title="+1",
        source_url="https://under.example/é?c=2&b=1",
        section="World",
        outlet_label="Ünder",
        outlet=outlet,
        printed_date="5 days ago",
        published_on=date(2024, 10, 18),
        published_precision="day",
        target=undated,
    )
    RelatedLinkFactory(related_list=listed)

    two = anchored_statement("We sail.", "We do 🐙 sail.", matched=True, article=article, speaker=ada)
    later = CaptureFactory(
        article=article,
        media_type="text/html",
        extractor="reader",
        extractor_version="1.2",
        source_url="https://under.example/a",
        captured_at=datetime(2024, 10, 2, 3, 4, 5, 678900, UTC),
        held=False,
    )
    AnchorFactory(statement=two, capture=later, exact="We sail.", start=7)
    ClaimReviewFactory(
        statement=two,
        source_url="https://checks.example/a?b=1&c=é",
        publisher="Ünder Checks",
        rating=ODD,
        published_on=date(2024, 11, 1),
        published_precision="month",
    )
    ClaimReviewFactory(statement=two, source_url="https://checks.example/A", rating="=1+1")
    Statement.objects.filter(pk=two.pk).update(in_latest_capture=False, latest_capture=later)
    StatementFactory(
        article=undated,
        speaker=None,
        speaker_label="a ferryman",
        kind="partial",
        text=ODD,
        cue="-said",
        audience="@all",
        language="uk",
        translated=True,
        said_on=date(2023, 1, 1),
        said_precision="year",
        said_on_source_url="https://under.example/day",
        place="=the quay",
        attributed_by="extractor",
        extractor="finder",
        extractor_version="0.1",
        confidence=0.1 + 0.2,
        reviewed=False,
    )
    StatementFactory(article=undated, speaker=ada, kind="indirect", translated=False)
    joint_uid = UUID("5f0c0000-0000-4000-8000-000000000000")
    for speaker in (ada, ministry):
        StatementFactory(article=undated, speaker=speaker, text="All aboard.", joint_uid=joint_uid)
    _hide_some(article, ada)
    with attributed(by="ines", reason="Later."):
        Actor.objects.filter(pk=ministry.pk).update(name="Ministry of Øre")
    return article


def _hide_some(article: Article, ada: Actor) -> None:
    """What a release must not show: proposals, what was retracted, who was merged."""
    again = ActorFactory(name="Hidden Ada", slug="hidden-ada")
    ActorNameFactory(actor=again, name="Known as Hidden Ada")
    BylineFactory(article=article, author=again, position=2, printed_name="Hidden byline")
    StatementFactory(article=article, speaker=again, text="Said under the other name.")
    merge_actors(survivor=ada, merged=again, reason="The same.", by="ines")
    StatementFactory(article=article, status="proposed", text="Hidden proposal")
    gone = StatementFactory(article=article, text="Hidden retracted")
    ClaimReviewFactory(statement=gone, publisher="Hidden publisher")
    retract_statement(statement=gone, reason="Hidden reason", by="ines")
    hidden = ArticleFactory(headline="Hidden article")
    ClaimReviewFactory(statement=anchored_statement("Hidden words", article=hidden), publisher="Hidden too")
    RelatedLinkFactory(
        related_list=RelatedListFactory(article=article, position=1, title="More"),
        target=hidden,
        title="To it",
    )
    retract_article(article=hidden, reason="Hidden reason", by="ines")
    ActorFactory(slug="a-deleted-actor", name="Hidden deleted").delete()
    OutletFactory(slug="a-deleted-outlet", name="Hidden deleted").delete()
    OutletSlugFactory(slug="a-former-address", outlet=article.outlet)


def store_url() -> str:
    """DATABASE_URL of the database that the test runs on."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
