"""The filters of articles."""

from django.db.models import QuerySet

from articles.api.filters.shared import (
    AUTHOR,
    OUTLET,
    SOURCE_URL,
    ResolvingFilterSet,
    SortedByDateFilterSet,
)
from articles.api.resolution import resolve_printed
from articles.api.search import QueryFilter
from articles.models import Article
from articles.querysets import ArticleQuerySet
from newsdb.api.request.filters import TextFilter, UpdatedAfterFilter


class ArticleFilterSet(SortedByDateFilterSet, ResolvingFilterSet):
    date_columns = ("published_on", "published_last")

    q = QueryFilter(of="headline and deck")
    author = TextFilter(many=True, help_text=AUTHOR)
    outlet = TextFilter("outlet_id", many=True, help_text=OUTLET)
    section = TextFilter(many=True, help_text="The section as printed.")
    language = TextFilter(many=True, help_text="The language it is written in; BCP 47 tag, for example: en.")
    source_url = TextFilter(max_length=2000, help_text=SOURCE_URL)
    updated_after = UpdatedAfterFilter()

    def resolve_section(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("section", texts, Article.objects.public(), "section")

    def resolve_language(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("language", texts, Article.objects.public(), "language")

    def filter_author(self, queryset: ArticleQuerySet, authors: tuple[int, ...]) -> ArticleQuerySet:
        return queryset.by(authors)

    def filter_source_url(self, queryset: QuerySet, articles: tuple[int, ...]) -> QuerySet:
        return queryset.filter(pk__in=articles)

    class Meta:
        model = Article
        fields: list[str] = []
