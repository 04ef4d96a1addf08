"""Search in the lists of statements and articles: ``q`` and snippets."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from articles.querysets import SearchedQuerySet
from articles.search.query import Query, parse_query
from articles.search.snippets import LENGTH, snippet
from newsdb.api.request.filters import TextFilter
from newsdb.api.rows.fields import Computed


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

    def function(self, context: Mapping[str, Any]) -> Any:
        """Makes snippets for the ``query`` that the page is searched for."""
        query = context.get("query")
        return None if query is None else (lambda *texts: snippet(query, *texts))
