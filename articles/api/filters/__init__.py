"""The filters of each list."""

from articles.api.filters.actors import CountedActorFilterSet
from articles.api.filters.articles import ArticleFilterSet
from articles.api.filters.outlets import OutletFilterSet
from articles.api.filters.related import RelatedLinkFilterSet
from articles.api.filters.statements import StatementFilterSet

__all__ = [
    "ArticleFilterSet",
    "CountedActorFilterSet",
    "OutletFilterSet",
    "RelatedLinkFilterSet",
    "StatementFilterSet",
]
