"""Search in the lists of statements and articles: ``q``, ``ordering`` and snippets."""

from contextvars import ContextVar
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from articles.querysets import SearchedQuerySet
from articles.search.query import Query, parse_query
from articles.search.relevance import WEIGHED
from articles.search.snippets import LENGTH, snippet
from newsdb.api.endpoints.views import ListViewSet
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.filters import TextFilter
from newsdb.api.request.parameters import ChoiceParameter, Parameter
from newsdb.api.response.pagination import KeysetPagination
from newsdb.api.rows.fields import Computed
from newsdb.api.rows.serializers import Row

#: What the page that is being made was searched for.
_searched: ContextVar[Query | None] = ContextVar("articles_searched", default=None)


def searching() -> bool:
    """Whether the page that is being made is one of a search."""
    return _searched.get() is not None


class QueryFilter(TextFilter):
    """Words, "phrases" and -not, in the columns that a record is searched by."""

    def __init__(self, *, of: str) -> None:
        super().__init__(
            help_text=f'{of} every word and "phrase", and none after a minus: ferry "from Monday" -strike.'
            " Case, accents, punctuation and English endings do not matter. There are no other operators."
        )

    def parse(self, text: str) -> Query:  # type: ignore[override]
        return parse_query(super().parse(text))

    def filter(self, queryset: Any, value: Query) -> SearchedQuerySet:
        """What is found in ``queryset``."""
        return queryset.search(value)


class SnippetSerializer(serializers.Serializer):
    """The part of a text in which words were found."""

    text = serializers.CharField(help_text=f"At most {LENGTH} code points of it, as they stand there.")
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        help_text="Where in them the words stand: [start, end] in code points, from 0, end exclusive.",
    )


class Snippet(Computed):
    """The snippet of the first of these columns in which words were found."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        kwargs.setdefault("allow_null", True)
        super().__init__(SnippetSerializer(), *columns, compute=snippet, **kwargs)

    def prepare(self) -> Any:
        """Makes snippets for what the page is searched for."""
        query = _searched.get()
        return None if query is None else (lambda *texts: snippet(query, *texts))


class SearchPagination(KeysetPagination):
    """Pages of what was searched, newest first; or the most relevant, which is one page without a next.

    Relevance changes with every row that is added, so that a second page of it would skip and repeat.
    """

    unique_annotations = frozenset({"place"})

    def parameters(self) -> dict[str, Parameter]:
        """Those of any list, and the order."""
        ordering = ChoiceParameter(
            choices=["newest", "relevance"],
            help_text="newest, by default; or, with `q`, relevance: one page, the best `limit` among the"
            f" {WEIGHED:,} newest that are found.",
        )
        return {**super().parameters(), "ordering": ordering}

    def paginate_queryset(  # type: ignore[override]
        self, queryset: SearchedQuerySet, request: Request, view: Any = None
    ) -> list[Row]:
        """One page, with snippets where it was searched. Raises ``ParameterError``."""
        query = view.parameters.get("q")
        token = _searched.set(query)
        try:
            if view.parameters.get("ordering") == "relevance":
                return self._most_relevant(queryset, query, view)
            return super().paginate_queryset(queryset, request, view)
        finally:
            _searched.reset(token)

    def _most_relevant(self, queryset: SearchedQuerySet, query: Query | None, view: Any) -> list[Row]:
        if query is None:
            raise ParameterError("ordering", "conflict", "ordering=relevance: relevant to what? It needs q.")
        if "cursor" in view.parameters:
            raise ParameterError("cursor", "conflict", "cursor: ordering=relevance has only one page.")
        self.next = None
        best = queryset.most_relevant(query, view.parameters.get("limit", self.default_limit))
        rows, ids = self.read(view, queryset.model.objects.filter(pk__in=best), ("id",))
        by_id = {key: row for (key,), row in zip(ids, rows, strict=True)}
        return [by_id[key] for key in best]


class SearchedViewSet(ListViewSet):
    """A list that can be searched."""

    pagination_class = SearchPagination

    def get_ordering(self) -> tuple[str, ...]:
        """The order of the list; it is the same for what was searched, but asked for in another way."""
        queryset: Any = self.get_queryset()
        return queryset.newest_found if "q" in self.parameters else super().get_ordering()
