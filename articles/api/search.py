"""Search in lists of statements and articles: the parameter ``q``, and snippets."""

from typing import Any

from rest_framework import serializers

from articles.querysets import SearchedQuerySet
from articles.search.query import Query, parse_query
from articles.search.snippets import LENGTH, snippet
from newsdb.api.request.filters import TextFilter
from newsdb.api.rows.fields import Computed


class QueryFilter(TextFilter):
    """Searches for words, "phrases" and -exclusions."""

    def __init__(self, *, of: str) -> None:
        super().__init__(
            help_text=f'Searches {of}. Every word and "phrase" must occur, unless a minus excludes it, for'
            ' example: europe "serious issue" -strike. OR between two means either; prefix* matches every'
            " word that begins with it. Case, accents, punctuation and English endings are ignored. There are"
            " no other operators."
        )

    def parse(self, text: str) -> Query:  # type: ignore[override]
        return parse_query(super().parse(text))

    def filter(self, queryset: Any, value: Query) -> SearchedQuerySet:
        """Search ``queryset``."""
        return queryset.search(value)


class SnippetSerializer(serializers.Serializer):
    """The part of a text in which words were found."""

    text = serializers.CharField(help_text=f"At most {LENGTH} code points of the text, unchanged.")
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        help_text="The matches in it: [start, end] in code points, from 0, end exclusive.",
    )


class Snippet(Computed):
    """A snippet of the first of these columns that matches the search."""

    needs = "query"

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        kwargs.setdefault("allow_null", True)
        super().__init__(SnippetSerializer(), *columns, compute=snippet, **kwargs)
