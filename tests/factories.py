"""Rows for tests, each with the least it needs; every name and address is made up."""

import hashlib
import uuid
from datetime import date
from typing import Any

import factory
from django.contrib.auth.models import User
from django.utils import timezone

from actors.models import Actor, ActorMerge, ActorName, ActorSlug, Role
from articles.models import (
    Anchor,
    Article,
    Byline,
    Capture,
    ClaimReview,
    Fingerprint,
    Outlet,
    OutletDomain,
    OutletMerge,
    OutletName,
    OutletSlug,
    Proposal,
    Reading,
    RelatedLink,
    RelatedList,
    RoleProposal,
    Statement,
    Syndication,
)
from newsdb.ledger import attributed, loading
from newsdb.models import EditorGrant, ErasedDigest, Erasure, Token


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"curator{n}")


class TokenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Token

    name = "Nightly import"
    user = factory.SubFactory(UserFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")


class EditorGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EditorGrant

    permission = factory.Sequence(lambda n: f"articles.do_{n}")


class ErasureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Erasure

    record_type = "statement"
    uid = factory.LazyFunction(uuid.uuid4)
    erased_on = date(2026, 11, 28)
    reason_code = "court"


class ErasedDigestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ErasedDigest

    erasure = factory.SubFactory(ErasureFactory)
    kind = "words"
    digest = factory.Sequence(lambda n: f"{n:064x}")


class ActorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Actor

    name = factory.Sequence(lambda n: f"Ada Example {n}")
    slug = factory.Sequence(lambda n: f"ada-example-{n}")


class ActorNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActorName

    actor = factory.SubFactory(ActorFactory)
    name = factory.Sequence(lambda n: f"A. Example {n}")


class ActorSlugFactory(factory.django.DjangoModelFactory):
    """A former address; the present one is there by itself."""

    class Meta:
        model = ActorSlug

    actor = factory.SubFactory(ActorFactory)
    slug = factory.Sequence(lambda n: f"a-example-{n}")


class MergeFactory(factory.django.DjangoModelFactory):
    """The record of a merge, without the merge."""

    class Meta:
        abstract = True

    reason = "One and the same."
    by = "ines"


class ActorMergeFactory(MergeFactory):
    class Meta:
        model = ActorMerge

    survivor = factory.SubFactory(ActorFactory)
    merged = factory.SubFactory(ActorFactory)
    moved = {"articles.Statement.speaker": [1]}


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Role

    actor = factory.SubFactory(ActorFactory)
    title = "Harbour master"


class OutletFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outlet

    name = factory.Sequence(lambda n: f"The Gazette {n}")
    slug = factory.Sequence(lambda n: f"the-gazette-{n}")


class OutletSlugFactory(factory.django.DjangoModelFactory):
    """A former address; the present one is there by itself."""

    class Meta:
        model = OutletSlug

    outlet = factory.SubFactory(OutletFactory)
    slug = factory.Sequence(lambda n: f"a-gazette-{n}")


class OutletNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutletName

    outlet = factory.SubFactory(OutletFactory)
    name = factory.Sequence(lambda n: f"Gazette Online {n}")


class OutletMergeFactory(MergeFactory):
    class Meta:
        model = OutletMerge

    survivor = factory.SubFactory(OutletFactory)
    merged = factory.SubFactory(OutletFactory)
    moved = {"articles.Article.outlet": [1]}


class OutletDomainFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutletDomain

    outlet = factory.SubFactory(OutletFactory)
    domain = factory.Sequence(lambda n: f"gazette{n}.example")


class RecordedElsewhereFactory(factory.django.DjangoModelFactory):
    """A record with any status to begin with, as a fixture's may have."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with loading():
            return super()._create(model_class, *args, **kwargs)


class ArticleFactory(RecordedElsewhereFactory):
    class Meta:
        model = Article

    headline = factory.Sequence(lambda n: f"Ferry runs again ({n})")
    outlet = factory.SubFactory(OutletFactory)


class BylineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Byline

    article = factory.SubFactory(ArticleFactory)
    author = factory.SubFactory(ActorFactory)


class CaptureFactory(factory.django.DjangoModelFactory):
    """A capture of ``text``; with ``held=False`` its text is absent, as for most publishers' pages."""

    class Meta:
        model = Capture
        exclude = ("words", "held")

    words = factory.Sequence(lambda n: f"“The ferry runs again,” she said, for the {n}th time.")
    held = True
    article = factory.SubFactory(ArticleFactory)
    text = factory.LazyAttribute(lambda o: o.words if o.held else None)
    length = factory.LazyAttribute(lambda o: len(o.words))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.words.encode()).hexdigest())
    text_sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.words.encode()).hexdigest())


class RelatedListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RelatedList

    article = factory.SubFactory(ArticleFactory)
    title = "Topics"


class RelatedLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RelatedLink

    related_list = factory.SubFactory(RelatedListFactory)
    position = factory.Sequence(lambda n: n)
    title = "Harbour to be dredged"


class StatementFactory(RecordedElsewhereFactory):
    class Meta:
        model = Statement

    article = factory.SubFactory(ArticleFactory)
    speaker = factory.SubFactory(ActorFactory)
    kind = "direct"
    text = factory.Sequence(lambda n: f"The ferry runs again {n}.")


class ClaimReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClaimReview

    statement = factory.SubFactory(StatementFactory)
    source_url = factory.Sequence(lambda n: f"https://checks.example/ferry-{n}")
    publisher = "Example Checks"


class AnchorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Anchor

    statement = factory.SubFactory(StatementFactory)
    capture = factory.SubFactory(CaptureFactory, article=factory.SelfAttribute("..statement.article"))
    exact = factory.SelfAttribute("statement.text")
    start = 0
    end = factory.LazyAttribute(lambda o: o.start + len(o.exact))


class ProposalFactory(factory.django.DjangoModelFactory):
    """A proposed statement without a speaker, and how it came to be proposed."""

    class Meta:
        model = Proposal

    statement = factory.SubFactory(
        StatementFactory,
        speaker=None,
        status="proposed",
        attributed_by="extractor",
        extractor="marks",
        confidence=0.5,
        reviewed=False,
    )
    capture = factory.SubFactory(CaptureFactory, article=factory.SelfAttribute("..statement.article"))
    words = factory.SelfAttribute("statement.text")


class RoleProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleProposal

    actor = factory.SubFactory(ActorFactory)
    capture = factory.SubFactory(CaptureFactory)
    start = 0
    end = 10
    title = "Harbour master"


class SyndicationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Syndication

    article = factory.SubFactory(ArticleFactory)
    other = factory.SubFactory(ArticleFactory)
    shared = 0.9


class FingerprintFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Fingerprint

    capture = factory.SubFactory(CaptureFactory)
    digest = factory.Sequence(lambda n: n)


class ReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reading

    capture = factory.SubFactory(CaptureFactory)
    extractor = "marks"


def anchored_statement(*parts: str, held: bool = True, matched: bool = False, **facts: Any) -> Statement:
    """A statement whose parts stand, one after the other, in a capture of its article."""
    text = "At the quay: " + " — ".join(f"“{part}”" for part in parts) + "."
    statement = StatementFactory(text=" […] ".join(parts), **facts)
    capture = CaptureFactory(article=statement.article, words=text, held=held)
    place = 0
    for position, part in enumerate(parts):
        start = text.index(part, place)
        place = start + len(part)
        AnchorFactory(
            statement=statement,
            capture=capture,
            position=position,
            exact=part,
            prefix=text[max(0, start - 32) : start],
            suffix=text[place : place + 32],
            start=start,
            match="matched" if matched else "unchecked",
            checked_at=timezone.now().replace(microsecond=0) if matched else None,
        )
    statement.refresh_from_db()
    return statement


def erase(rows: Any) -> Any:
    """Delete one row or many, public ones too, which only an erasure may."""
    with attributed(by="", erasing=True):
        return rows.delete()
