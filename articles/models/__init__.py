from articles.models.anchor import Anchor
from articles.models.article import Article, Byline
from articles.models.capture import Capture
from articles.models.outlet import Outlet, OutletDomain, TextPolicy
from articles.models.proposal import Decision, Proposal, RoleProposal
from articles.models.related import RelatedLink, RelatedList
from articles.models.statement import Match, Statement
from articles.models.syndication import Fingerprint, Syndication

__all__ = [
    "Anchor",
    "Article",
    "Byline",
    "Capture",
    "Decision",
    "Fingerprint",
    "Match",
    "Outlet",
    "OutletDomain",
    "Proposal",
    "RelatedLink",
    "RelatedList",
    "RoleProposal",
    "Statement",
    "Syndication",
    "TextPolicy",
]
