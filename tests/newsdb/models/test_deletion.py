"""Evidence is not deleted from under what rests on it; what says nothing by itself goes along."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ForeignKey, ProtectedError

from actors.models import Actor
from articles.models import Article, Outlet, RelatedLink, Statement
from newsdb.ledger import attributed
from newsdb.models import Token
from tests.factories import (
    ActorFactory,
    ActorMergeFactory,
    ActorNameFactory,
    AnchorFactory,
    BylineFactory,
    CaptureFactory,
    FingerprintFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletMergeFactory,
    ProposalFactory,
    ReadingFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    RoleProposalFactory,
    StatementFactory,
    SyndicationFactory,
    TokenFactory,
    anchored_statement,
    erase,
)

pytestmark = pytest.mark.django_db

#: What becomes of a row when the row it refers to is deleted.
ON_DELETE = {
    "actors.Actor.merged_into": models.PROTECT,
    "actors.ActorMerge.merged": models.PROTECT,
    "actors.ActorMerge.survivor": models.PROTECT,
    "actors.ActorName.actor": models.CASCADE,
    "actors.ActorSlug.actor": models.SET_NULL,
    "actors.Role.actor": models.CASCADE,
    "actors.Role.organisation": models.PROTECT,
    "articles.Anchor.capture": models.PROTECT,
    "articles.Anchor.statement": models.CASCADE,
    "articles.ClaimReview.statement": models.CASCADE,
    "articles.Article.outlet": models.PROTECT,
    "articles.Byline.article": models.CASCADE,
    "articles.Byline.author": models.PROTECT,
    "articles.Capture.article": models.PROTECT,
    "articles.Fingerprint.capture": models.CASCADE,
    "articles.Outlet.merged_into": models.PROTECT,
    "articles.OutletDomain.outlet": models.CASCADE,
    "articles.OutletMerge.merged": models.PROTECT,
    "articles.OutletMerge.survivor": models.PROTECT,
    "articles.OutletName.outlet": models.CASCADE,
    "articles.OutletSlug.outlet": models.SET_NULL,
    "articles.Proposal.capture": models.PROTECT,
    "articles.Proposal.statement": models.CASCADE,
    "articles.Reading.capture": models.CASCADE,
    "articles.RelatedLink.outlet": models.SET_NULL,
    "articles.RelatedLink.related_list": models.CASCADE,
    "articles.RelatedLink.target": models.SET_NULL,
    "articles.RelatedList.article": models.CASCADE,
    "articles.Document.statement": models.DO_NOTHING,
    "articles.RoleProposal.actor": models.CASCADE,
    "articles.RoleProposal.capture": models.CASCADE,
    "articles.Statement.article": models.PROTECT,
    "articles.Statement.capture": models.PROTECT,
    "articles.Statement.latest_capture": models.PROTECT,
    "articles.Statement.outlet": models.PROTECT,
    "articles.Statement.speaker": models.PROTECT,
    "articles.Syndication.article": models.CASCADE,
    "articles.Syndication.other": models.CASCADE,
    "newsdb.ErasedDigest.erasure": models.CASCADE,
    "newsdb.Token.user": models.CASCADE,
}


def test_every_reference_is_listed() -> None:
    declared = {
        f"{model._meta.label}.{field.name}": field.remote_field.on_delete
        for label in ("newsdb", *settings.DATASET_APPS)
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
    }
    assert declared == ON_DELETE


PROTECTED: dict[str, Callable[[], tuple[Any, str]]] = {
    "a speaker": lambda: (StatementFactory().speaker, "Statement.speaker"),
    "an author": lambda: (BylineFactory().author, "Byline.author"),
    "an organisation with positions": lambda: (
        RoleFactory(organisation=ActorFactory()).organisation,
        "Role.organisation",
    ),
    "a survivor": lambda: (ActorFactory(merged_into=ActorFactory()).merged_into, "Actor.merged_into"),
    "a survivor of a merge on record": lambda: (ActorMergeFactory().survivor, "ActorMerge.survivor"),
    "a merged actor": lambda: (ActorMergeFactory().merged, "ActorMerge.merged"),
    "an outlet that survives": lambda: (
        OutletFactory(merged_into=OutletFactory()).merged_into,
        "Outlet.merged_into",
    ),
    "an outlet that survives a merge on record": lambda: (
        OutletMergeFactory().survivor,
        "OutletMerge.survivor",
    ),
    "a merged outlet": lambda: (OutletMergeFactory().merged, "OutletMerge.merged"),
    "a publisher": lambda: (StatementFactory().article.outlet, "Article.outlet"),
    "a captured article": lambda: (CaptureFactory().article, "Capture.article"),
    "a quoted article": lambda: (StatementFactory().article, "Statement.article"),
    "an anchored capture": lambda: (AnchorFactory().capture, "Anchor.capture"),
    "a capture in which something was read": lambda: (ProposalFactory().capture, "Proposal.capture"),
}


@pytest.mark.parametrize("make", PROTECTED.values(), ids=PROTECTED)
def test_what_something_rests_on_is_not_deleted(make: Callable[[], tuple[Any, str]]) -> None:
    row, reference = make()
    for delete in (row.delete, type(row).objects.filter(pk=row.pk).delete):
        with pytest.raises(ProtectedError, match=reference), transaction.atomic():
            delete()
    row.refresh_from_db()


@pytest.mark.parametrize("make", PROTECTED.values(), ids=PROTECTED)
def test_the_database_refuses_it_too(make: Callable[[], tuple[Any, str]]) -> None:
    row, _ = make()
    with attributed(by="", erasing=True):
        type(row).objects.filter(pk=row.pk)._raw_delete(row._state.db)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_an_actor_takes_its_names_and_roles_along() -> None:
    actor = ActorFactory()
    ActorNameFactory(actor=actor)
    RoleFactory(actor=actor)
    assert actor.delete() == (3, {"actors.Actor": 1, "actors.ActorName": 1, "actors.Role": 1})


def test_an_outlet_takes_its_domains_along_and_stays_printed() -> None:
    outlet = OutletDomainFactory().outlet
    link = RelatedLinkFactory(outlet=outlet, outlet_label="The Gazette")
    assert outlet.delete()[1] == {"articles.Outlet": 1, "articles.OutletDomain": 1}
    link.refresh_from_db()
    assert (link.outlet, link.outlet_label) == (None, "The Gazette")


def test_an_article_takes_what_was_printed_with_it_along() -> None:
    link = RelatedLinkFactory()
    article = link.related_list.article
    BylineFactory(article=article)
    RelatedListFactory(article=article, position=1)
    elsewhere = RelatedLinkFactory(target=article)
    assert erase(article)[1] == {
        "articles.Article": 1,
        "articles.Byline": 1,
        "articles.RelatedLink": 1,
        "articles.RelatedList": 2,
    }
    elsewhere.refresh_from_db()
    assert elsewhere.target is None


def test_a_statement_takes_its_anchors_along() -> None:
    statement = anchored_statement("One part", "and another")
    assert erase(statement)[1] == {"articles.Statement": 1, "articles.Anchor": 2}
    # Then nothing holds the rest.
    capture, article, speaker = statement.capture, statement.article, statement.speaker
    assert capture
    assert speaker
    for row in (capture, article, article.outlet, speaker):
        erase(row)
    assert not any(model.objects.exists() for model in (Actor, Article, Outlet, RelatedLink, Statement))


def test_what_was_proposed_goes_with_what_it_says_something_about() -> None:
    proposal = ProposalFactory()
    assert proposal.statement.delete()[1] == {"articles.Statement": 1, "articles.Proposal": 1}
    role = RoleProposalFactory(capture=proposal.capture)
    FingerprintFactory(capture=proposal.capture)
    ReadingFactory(capture=proposal.capture)
    assert proposal.capture.delete()[1] == {
        "articles.Capture": 1,
        "articles.Fingerprint": 1,
        "articles.Reading": 1,
        "articles.RoleProposal": 1,
    }
    assert RoleProposalFactory(actor=role.actor).actor.delete()[1]["articles.RoleProposal"] == 1
    one = SyndicationFactory()
    another = SyndicationFactory(other=one.article)
    assert erase(one.article)[1] == {"articles.Article": 1, "articles.Syndication": 2}
    erase(another.article)


def test_a_user_takes_their_tokens_along() -> None:
    TokenFactory().user.delete()
    assert not Token.objects.exists()
