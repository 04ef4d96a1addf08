"""Suggestions for a search without results: speakers it may name, statements with similar words."""

from typing import Any

from actors.models import Actor
from articles.api.serializers import SpeakerSerializer, StatementSerializer
from articles.checks.checking import Quotation, check
from articles.models import Statement
from articles.querysets import with_statement_count
from newsdb.api.rows.reading import Row, read_rows

#: The most suggestions of each kind.
MOST_SPEAKERS, MOST_STATEMENTS = 5, 3

SCHEMA: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "On the first page of a list with `q` that is empty: what may be meant instead.",
    "required": ["speakers", "statements"],
    "properties": {
        "speakers": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Speaker"},
            "description": f"Up to {MOST_SPEAKERS} speakers whom the words may name, for `speaker`; those"
            " with the most statements first.",
        },
        "statements": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Statement"},
            "description": f"Up to {MOST_STATEMENTS} statements that have nearly these words, under no other"
            " filter, the closest first.",
        },
    },
}


def hints(searched: str) -> Row:
    """The suggestions for this search."""
    words = words_of(searched)
    named = with_statement_count(Actor.objects.not_merged()).filter(statement_count__gt=0).named_in(words)
    speakers = named.order_by("-statement_count", "id")[:MOST_SPEAKERS]
    return {
        "speakers": read_rows(SpeakerSerializer, speakers),
        "statements": _similar_statements(words),
    }


def _similar_statements(words: str) -> list[Row]:
    findings, _ = check([Quotation(words)])
    ids = [match.statement.pk for finding in findings for match in finding.matches[:MOST_STATEMENTS]]
    rows = read_rows(StatementSerializer, Statement.objects.public().filter(pk__in=ids))
    return sorted(rows, key=lambda row: ids.index(row["id"]))


def words_of(searched: str) -> str:
    """The words of a search, without its operators and exclusions."""
    words = (word for word in searched.split() if word != "OR" and not word.startswith("-"))
    return " ".join(word.strip('"“”*') for word in words)
