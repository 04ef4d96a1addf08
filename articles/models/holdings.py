"""Counts all public records, once per version of the dataset."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from actors.models import Actor
from articles.models.article import Article, Byline
from articles.models.outlet import Outlet
from articles.models.related import RelatedLink
from articles.models.statement import Statement
from newsdb.models.version_cache import cached_per_version


@dataclass(frozen=True)
class Holdings:
    """Numbers of public records."""

    speakers: int
    authors: int
    outlets: int
    actors: int
    related_links: int
    articles_by_outlet: dict[int, int]
    statements_by_outlet: dict[int, int]
    #: By first day of the date; ``UNDATED`` for statements without a date.
    statements_by_day: dict[date, int]

    @property
    def articles(self) -> int:
        return sum(self.articles_by_outlet.values())

    @property
    def statements(self) -> int:
        return sum(self.statements_by_day.values())


@cached_per_version(3)
def count_public_by(column: str) -> dict[Any, int]:
    """The number of public statements by ``speaker``, ``outlet`` or ``sort_date``, from an index."""
    return Statement.objects.public().counts_by(column)


@cached_per_version(1)
def count_public() -> int:
    """The number of public statements, from an index: counting rows, SQLite would read the whole table."""
    return sum(count_public_by("sort_date").values())


@cached_per_version(1)
def holdings() -> Holdings:
    """Count the records, using one index lookup per actor and scans of three other indexes."""
    statements: Any = Statement.objects.public()
    articles = Article.objects.counts_by("outlet")
    # Few articles are retracted, and counting the others would read most of the table.
    withdrawn = Article.objects.of_status("retracted").order_by()
    for outlet, count in withdrawn.counts_by("outlet").items():
        articles[outlet] -= count
    links = RelatedLink.objects.order_by()
    bylines = Byline.objects.order_by()
    mine = bylines.filter(author=OuterRef("pk"))
    suspect = bylines.filter(article__in=withdrawn.values("pk")).values("author")
    actors = Actor.objects.not_merged()
    silenced = actors.filter(pk__in=suspect).exclude(Exists(mine.filter(article__status="published")))
    return Holdings(
        speakers=Actor.objects.filter(Exists(statements.filter(speaker=OuterRef("pk")))).count(),
        authors=actors.filter(Exists(mine)).count() - silenced.count(),
        outlets=Outlet.objects.not_merged().count(),
        actors=actors.count(),
        related_links=links.count() - links.filter(related_list__article__in=withdrawn.values("pk")).count(),
        articles_by_outlet=articles,
        statements_by_outlet=count_public_by("outlet"),
        statements_by_day=count_public_by("sort_date"),
    )
