"""The search index of each store: a tsvector column on PostgreSQL, an FTS5 table on SQLite.

SQLite's table has the model's table name with the suffix ``_search``, stores no text, and is filled by
triggers (``articles/sql/sqlite.sql``). Its rowid combines the row's Julian day and id, so that the newest
come first without sorting.
"""

from datetime import date
from itertools import chain
from typing import Any

from django.db.models import BigIntegerField, BooleanField, FloatField, Func

from articles.search.analyser import analyse
from articles.search.query import Phrase, Query
from newsdb.models.fields import KeyField

#: The low bits of an FTS5 rowid have the id; the day takes the other 23.
ID_BITS = 40


class TokensField(KeyField):
    """The tokens of the text fields ``source``, kept up to date on every write.

    It is space-separated text on SQLite, and a tsvector with positions on PostgreSQL.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"key": analyse, "serialize": False, **kwargs})

    def db_type(self, connection: Any) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def cast_db_type(self, connection: Any) -> str | None:
        return self.db_type(connection)

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        parameters.pop("collation", None)  # not for a tsvector
        return parameters

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        value = super().get_db_prep_save(value, connection)
        return _tsvector(value) if connection.vendor == "postgresql" and isinstance(value, str) else value


def _tsvector(tokens: str) -> str:
    """The tokens as a tsvector literal; PostgreSQL merges the positions of repeated tokens."""
    return " ".join([f"{token}:{place}" for place, token in enumerate(tokens.split(), 1)])


class Matches(Func):
    """Whether a row matches: ``Matches("tokens", "pk", query=query)``. Combine it only with AND.

    On SQLite it uses the index or, with ``reading``, compares the tokens of each row.
    """

    output_field = BooleanField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        tokens, params = compiler.compile(self.get_source_expressions()[0])
        return f"{tokens} @@ %s::tsquery", [*params, _tsquery(self.extra["query"])]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (tokens, _), (key, _) = (compiler.compile(each) for each in self.get_source_expressions())
        query = self.extra["query"]
        if self.extra["reading"]:
            stands = f"instr(' ' || {tokens} || ' ', %s) > 0"
            wanted = [f"({' OR '.join([stands] * len(term))})" for term in query.wanted]
            unwanted = [f"NOT ({' OR '.join([stands] * len(term))})" for term in query.unwanted]
            phrases = chain.from_iterable([*query.wanted, *query.unwanted])
            return f"({' AND '.join([*wanted, *unwanted])})", [*map(_with_spaces, phrases)]
        index = index_of(self)
        sql = f"({index} MATCH %s AND {key} = {index}.rowid & {2**ID_BITS - 1})"
        return sql, [_format_query(query, " + ", " OR ", " AND ", " NOT ")]


class SearchRowid(Func):
    """The rowid in SQLite's index, unique and higher for newer rows: ``SearchRowid("sort_date", "pk")``.

    It is read from the index or, with ``reading``, computed from the row.
    """

    output_field = BigIntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        if not self.extra["reading"]:
            return f"{index_of(self)}.rowid", []
        (day, _), (key, _) = (compiler.compile(each) for each in self.get_source_expressions())
        return f"(CAST(julianday({day}) AS INTEGER) << {ID_BITS} | {key})", []


class Relevance(Func):
    """How relevant a matching row is, higher is better: ``Relevance("tokens", query=query)``.

    On SQLite with ``reading``, it is the share of the row's tokens that the query asks for.
    """

    output_field = FloatField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        tokens, params = compiler.compile(self.get_source_expressions()[0])
        query = _tsquery(self.extra["query"])
        # 1: divided by the logarithm of the length, so that long texts gain nothing.
        return f"ts_rank({tokens}, %s::tsquery, 1)", [*params, query]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        if not self.extra["reading"]:
            return f"-bm25({index_of(self)})", []
        tokens, _ = compiler.compile(self.get_source_expressions()[0])
        wanted = [*chain.from_iterable(self.extra["query"].wanted)]
        removed = f"(length({tokens}) - length(replace(' ' || {tokens} || ' ', %s, '  ')) + 2.0)"
        return f"(({' + '.join([removed] * len(wanted))}) / length({tokens}))", [
            _with_spaces(each) for each in wanted
        ]


def index_of(expression: Func) -> str:
    """The name, quoted for SQL, of SQLite's index for the model of ``expression``."""
    model = expression.get_source_expressions()[0].target.model
    return f'"{index_name(model)}"'


def index_name(model: Any) -> str:
    """The name of SQLite's index for ``model``."""
    return f"{model._meta.db_table}_search"


def fill_index(connection: Any, model: Any, first: int = 0) -> None:
    """Add the rows of ``model`` from the id ``first`` on to SQLite's index; PostgreSQL's needs no filling."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {index_name(model)} (rowid, tokens)"  # noqa: S608
                f" SELECT CAST(julianday(sort_date) AS INTEGER) << {ID_BITS} | id, tokens"
                f" FROM {model._meta.db_table} WHERE id >= %s ORDER BY 1",
                [first],
            )


def refill_index(connection: Any, model: Any) -> None:
    """Rebuild SQLite's index for ``model``; until then it still has the words of deleted rows."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {index_name(model)} ({index_name(model)}) VALUES ('delete-all')")  # noqa: S608
        fill_index(connection, model)


def rowid_of(day: date) -> int:
    """The lowest rowid in SQLite's index for a row of ``day``."""
    return (day.toordinal() + 1_721_424) << ID_BITS  # ordinal to Julian day


def _tsquery(query: Query) -> str:
    return _format_query(query, " <-> ", " | ", " & ", " & !").replace("*", ":*")


def _format_query(query: Query, then: str, either: str, also: str, but_not: str) -> str:
    """The query in a store's syntax. No character of a token is special there, except ``*``."""
    wanted, unwanted = (
        [f"({either.join(f'({then.join(phrase)})' for phrase in term)})" for term in terms]
        for terms in (query.wanted, query.unwanted)
    )
    return but_not.join([also.join(wanted), *unwanted])


def _with_spaces(phrase: Phrase) -> str:
    """The phrase with a space on either side, as it occurs among tokens; none after a prefix."""
    return f" {' '.join(phrase)} ".removesuffix("* ") if phrase[-1].endswith("*") else f" {' '.join(phrase)} "
