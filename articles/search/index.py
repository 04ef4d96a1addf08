"""The index in each store: a tsvector column on PostgreSQL, an FTS5 table on SQLite.

SQLite's table is named after the model's with ``_search`` behind, keeps no text, and is filled by triggers
(``articles/sql/sqlite.sql``). Its rowid is the row's place in time, the Julian day before the id, so that the
newest come first without sorting.
"""

from datetime import date
from itertools import chain
from typing import Any

from django.db.models import BigIntegerField, BooleanField, FloatField, Func

from articles.search.analyser import analyse
from articles.search.query import Phrase, Query
from newsdb.models.fields import KeyField

#: Bits of an FTS5 rowid that hold the id; the day takes the other 23.
ID_BITS = 40


class TokensField(KeyField):
    """What the text fields ``source`` are searched by: their tokens, kept true by itself.

    Plain text with a space between on SQLite, a tsvector with their places on PostgreSQL.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"key": analyse, "serialize": False, **kwargs})

    def db_type(self, connection: Any) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def cast_db_type(self, connection: Any) -> str | None:
        return self.db_type(connection)

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        parameters.pop("collation", None)  # a tsvector has none
        return parameters

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        value = super().get_db_prep_save(value, connection)
        return _tsvector(value) if connection.vendor == "postgresql" and isinstance(value, str) else value


def _tsvector(tokens: str) -> str:
    """As PostgreSQL reads it, who gathers the places of a token by itself."""
    return " ".join([f"{token}:{place}" for place, token in enumerate(tokens.split(), 1)])


class Found(Func):
    """Whether a row is found: ``Found("tokens", "pk", query=query)``. Only to be combined by AND.

    On SQLite it is looked for in the index, or with ``reading`` in the tokens of each row.
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
            return f"({' AND '.join([*wanted, *unwanted])})", [*map(_spaced, phrases)]
        index = index_of(self)
        sql = f"({index} MATCH %s AND {key} = {index}.rowid & {2**ID_BITS - 1})"
        return sql, [_joined(query, " + ", " OR ", " AND ", " NOT ")]


class Place(Func):
    """The rowid in SQLite's index, unlike for every row, the higher the newer: ``Place("sort_date", "pk")``.

    It is taken from the index, or with ``reading`` made of the row.
    """

    output_field = BigIntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        if not self.extra["reading"]:
            return f"{index_of(self)}.rowid", []
        (day, _), (key, _) = (compiler.compile(each) for each in self.get_source_expressions())
        return f"(CAST(julianday({day}) AS INTEGER) << {ID_BITS} | {key})", []


class Relevance(Func):
    """How well a row that is found fits, the higher the better: ``Relevance("tokens", query=query)``.

    With ``reading`` it is on SQLite how much of the row's tokens are those asked for.
    """

    output_field = FloatField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        tokens, params = compiler.compile(self.get_source_expressions()[0])
        query = _tsquery(self.extra["query"])
        return f"ts_rank({tokens}, %s::tsquery, 1)", [*params, query]  # 1: long texts are not better for it

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        if not self.extra["reading"]:
            return f"-bm25({index_of(self)})", []
        tokens, _ = compiler.compile(self.get_source_expressions()[0])
        wanted = [*chain.from_iterable(self.extra["query"].wanted)]
        removed = f"(length({tokens}) - length(replace(' ' || {tokens} || ' ', %s, '  ')) + 2.0)"
        return f"(({' + '.join([removed] * len(wanted))}) / length({tokens}))", [
            _spaced(each) for each in wanted
        ]


def index_of(expression: Func) -> str:
    """SQLite's table of the words that ``expression`` looks among, as SQL."""
    model = expression.get_source_expressions()[0].target.model
    return f'"{index_name(model)}"'


def index_name(model: Any) -> str:
    """The name of SQLite's table of the words of ``model``."""
    return f"{model._meta.db_table}_search"


def fill_index(connection: Any, model: Any) -> None:
    """Put all words of ``model`` into SQLite's empty table of them; PostgreSQL's index fills itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {index_name(model)} (rowid, tokens)"  # noqa: S608
                f" SELECT CAST(julianday(sort_date) AS INTEGER) << {ID_BITS} | id, tokens"
                f" FROM {model._meta.db_table} ORDER BY 1"
            )


def refill_index(connection: Any, model: Any) -> None:
    """Rebuild SQLite's search index of ``model``, which keeps the words of deleted rows until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {index_name(model)} ({index_name(model)}) VALUES ('delete-all')")  # noqa: S608
        fill_index(connection, model)


def place_of(day: date) -> int:
    """The lowest place that a row of ``day`` may have in SQLite's index."""
    return (day.toordinal() + 1_721_424) << ID_BITS  # to the Julian day


def _tsquery(query: Query) -> str:
    return _joined(query, " <-> ", " | ", " & ", " & !").replace("*", ":*")


def _joined(query: Query, then: str, either: str, also: str, but_not: str) -> str:
    """The query in a store's own language. Tokens hold nothing that has a meaning there, but for ``*``."""
    wanted, unwanted = (
        [f"({either.join(f'({then.join(phrase)})' for phrase in term)})" for term in terms]
        for terms in (query.wanted, query.unwanted)
    )
    return but_not.join([also.join(wanted), *unwanted])


def _spaced(phrase: Phrase) -> str:
    """The phrase as it stands among tokens with a space on either side; behind a prefix the word goes on."""
    return f" {' '.join(phrase)} ".removesuffix("* ") if phrase[-1].endswith("*") else f" {' '.join(phrase)} "
