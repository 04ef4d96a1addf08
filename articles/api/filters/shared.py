"""What the filters of articles, statements and links share."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from actors.api.resolution import resolve_actors
from articles.api.resolution import resolve_outlets
from articles.models import Article
from articles.models.statement import UNDATED
from articles.querysets import with_article_count, with_statement_count
from newsdb.addresses import canonical_url
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.date_filters import DateFilterSet
from newsdb.api.request.filters import FilterSet
from newsdb.api.request.parameters import shorten


def key_of(parameter: str, url: str) -> str:
    """The key of a web address. Raises ``ParameterError`` if the text is not one."""
    if key := canonical_url(url):
        return key
    raise ParameterError(
        parameter, "invalid", f"{parameter}={shorten(url)}: give an address, as in https://…"
    )


class ResolvingFilterSet(FilterSet):
    """Resolves the shared parameters of articles, statements and links."""

    def resolve_speaker(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_actors("speaker", texts, count=with_statement_count, count_name="statement_count")

    def resolve_author(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_actors("author", texts, count=with_article_count, count_name="article_count")

    def resolve_outlet(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_outlets("outlet", texts)

    def resolve_article(self, uids: tuple[UUID, ...]) -> tuple[int, ...]:
        return resolve_articles("article", uids)

    def resolve_source_url(self, url: str) -> tuple[int, ...]:
        key_of("source_url", url)
        return tuple(Article.objects.public().at(url).values_list("pk", flat=True))


def resolve_articles(parameter: str, uids: tuple[UUID, ...]) -> tuple[int, ...]:
    """The ids of public articles. Raises ``ParameterError``."""
    known = dict(Article.objects.public().filter(uid__in=uids).values_list("uid", "pk"))
    if unknown := [str(uid) for uid in uids if uid not in known]:
        raise ParameterError(parameter, "unknown", f"There is no article {', '.join(unknown)} here.")
    return tuple(known[uid] for uid in uids)


SPEAKER = (
    "Who said it: slug, former slug, Wikidata id, or a name that means one actor only; for example:"
    " lloyd-austin."
)
AUTHOR = (
    "Who wrote the article: slug, former slug, Wikidata id, or a name that means one actor only; for"
    " example: joseph-bosco."
)
OUTLET = (
    "Where it is printed: slug, former slug, domain, Wikidata id or name of an outlet; for example: the-hill."
)
SOURCE_URL = "Only records from this URL; variants of it are recognised."


class SortedByDateFilterSet(DateFilterSet):
    """Filters by the date that the list is ordered by, and by the time of the last change."""

    def filter_updated_after(self, queryset: Any, moment: datetime.datetime) -> QuerySet:
        changed: QuerySet = queryset.updated_after(moment)
        return changed

    def filter_queryset(self, queryset: Any, values: Mapping[str, Any]) -> QuerySet:
        """Apply the filters, the search last, so that it only has to search the remaining rows."""
        words = {"q": values["q"]} if "q" in values else {}
        return super().filter_queryset(
            queryset, {name: values[name] for name in values if name != "q"} | words
        )

    def filter_dates(
        self, queryset: Any, after: datetime.date | None, before: datetime.date | None, undated: str
    ) -> QuerySet:
        """Filter by dates, and also by ``sort_date``, so that only part of its index is read."""
        queryset = super().filter_dates(queryset, after, before, undated)
        if undated == "only":
            return queryset.sorted_between(None, UNDATED)
        if after is None or undated == "include":
            return queryset.sorted_between(None, before)
        # A date known only by year may begin before the range, but not before its year.
        return queryset.sorted_between(after.replace(month=1, day=1), before)
