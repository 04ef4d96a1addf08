"""Proposals to decide on."""

import pytest

from articles.models import Proposal
from tests.articles.ingest.pages import PAGE, load_text
from tests.articles.services.review.proposals import SOUP
from tests.factories import ActorFactory, ProposalFactory


@pytest.fixture
def proposal() -> Proposal:
    """A proposal of a page that was loaded, with its speaker."""
    ActorFactory(name="Mirela Tansy-Okoro", slug="mirela")
    load_text(PAGE)
    return Proposal.objects.get(words=SOUP)


@pytest.fixture
def nameless() -> Proposal:
    """A proposal without a speaker."""
    return ProposalFactory()
