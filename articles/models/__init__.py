from articles.models.anchor import Anchor
from articles.models.article import NO_HEADLINE, Article, Byline
from articles.models.capture import Capture
from articles.models.choices import Match
from articles.models.claim_review import ClaimReview
from articles.models.document import Document
from articles.models.outlet import (
    UNKNOWN_OUTLET,
    Outlet,
    OutletDomain,
    OutletMerge,
    OutletName,
    OutletSlug,
    TextPolicy,
)
from articles.models.proposal import Decision, Proposal, RoleProposal
from articles.models.reading import Fingerprint, Reading, Syndication
from articles.models.related import RelatedLink, RelatedList
from articles.models.statement import Statement

__all__ = [
    "NO_HEADLINE",
    "UNKNOWN_OUTLET",
    "Anchor",
    "Article",
    "Byline",
    "Capture",
    "ClaimReview",
    "Decision",
    "Document",
    "Fingerprint",
    "Match",
    "Outlet",
    "OutletDomain",
    "OutletMerge",
    "OutletName",
    "OutletSlug",
    "Proposal",
    "Reading",
    "RelatedLink",
    "RelatedList",
    "RoleProposal",
    "Statement",
    "Syndication",
    "TextPolicy",
]
