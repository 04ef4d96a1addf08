from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import connections
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Col
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan

from articles.search.index import Matches, SearchRowid, index_name, rowid_of
from articles.search.near import MatchesAny
from articles.search.query import Query
from articles.search.relevance import most_relevant
from newsdb.addresses import canonical_url
from newsdb.models.literal import FirstCharacters, Literal
from newsdb.models.merging import MergeableQuerySet
from newsdb.models.moments import Moment
from newsdb.models.querysets import QuerySet
from newsdb.text import fold

#: If fewer rows than this remain, they are scanned instead of using SQLite's search index of all rows.
FEW = 5_000


class OutletQuerySet(MergeableQuerySet):
    def meanings(self, text: str) -> Iterator[Self]:
        """Yield the outlets that ``text`` may mean, most certain first: by slug, by domain, by any name."""
        yield self.at_address(text).distinct()
        yield self.filter(domains__domain=text.lower()).distinct()
        key = fold(text)
        yield self.not_merged().named([key]) if key else self.none()

    def found_by(self, text: str) -> Self:
        """The outlets of the first of ``meanings`` that finds any."""
        return next((found for found in self.meanings(text) if found.exists()), self.none())


class DatedQuerySet(QuerySet):
    """Rows with a date, or without one."""

    first_day = "date"

    def dated(self) -> Self:
        return self.filter(**{f"{self.first_day}__isnull": False})

    def undated(self) -> Self:
        return self.filter(**{f"{self.first_day}__isnull": True})


class SearchedQuerySet(DatedQuerySet):
    """Rows that can be searched by their ``tokens``, and are ordered by ``sort_date``."""

    def search(self, query: Query) -> Self:
        """Rows with every word and phrase of ``query``, and none that it excludes.

        Use only ``filter`` on the result, not ``exclude``, and search it only once.
        """
        found: Any = self
        if self._in_sqlite:
            reading = self._is_narrowed_by_index and self.values("pk")[:FEW].count() < FEW
            if not reading:
                # Joined: a subquery would be evaluated completely before the first row.
                found = found.extra(tables=[index_name(self.model)])  # noqa: S610  # a name of our own
            found = found.annotate(rank=SearchRowid("sort_date", "pk", reading=reading))
            return found.filter(Matches("tokens", "pk", query=query, reading=reading))
        return found.filter(Matches("tokens", "pk", query=query))

    def search_near(self, written: Sequence[Any], count: int) -> Self:
        """The newest rows, at most ``count``, that meet a condition, each as ``written_for`` the store."""
        found: Any = self
        if self._in_sqlite:
            found = found.extra(tables=[index_name(self.model)])  # noqa: S610  # a name of our own
            newest: Any = SearchRowid("sort_date", "pk", reading=False).desc()
        else:
            # An expression: by the column, PostgreSQL would scan the newest rows until enough match.
            newest = (F("id") + 0).desc()
        near: Self = found.filter(MatchesAny("tokens", "pk", written=tuple(written))).order_by(newest)
        return near[:count]

    @property
    def newest_found(self) -> tuple[str, ...]:
        """The ordering for the newest rows of a search, in the form that is fast on this store."""
        return ("-rank",) if self._in_sqlite else ("-sort_date", "-id")

    @property
    def newest_first(self) -> tuple[str, ...]:
        """The ordering for the newest rows, whether or not they are search results."""
        return self.newest_found if "rank" in self.query.annotations else ("-sort_date", "-id")

    def newest(self, count: int) -> Self:
        """The newest ``count`` of these rows, unordered."""
        rows: Any = self.model._default_manager.order_by()
        newest: Self = rows.filter(pk__in=self.order_by(*self.newest_first).values("pk")[:count])
        return newest

    def most_relevant(self, query: Query, count: int) -> list[int]:
        """The ids of the ``count`` most relevant rows of a search for ``query``, best first."""
        return most_relevant(self, query, count)

    def sorted_between(self, first: date | None, last: date | None) -> Self:
        """Rows with a ``sort_date`` from ``first`` to ``last``, inclusive; ``None`` means no limit."""
        searched = "rank" in self.query.annotations
        rows = self
        if first is not None:
            rows = rows.filter(rank__gte=rowid_of(first)) if searched else rows.filter(sort_date__gte=first)
        if last is not None:
            after = last + timedelta(days=1)
            rows = rows.filter(rank__lt=rowid_of(after)) if searched else rows.filter(sort_date__lt=after)
        return rows

    @property
    def _is_narrowed_by_index(self) -> bool:
        """Whether an index narrows the rows (by speaker, outlet and so on), so that counting them is fast."""
        led = {index.fields[0] for index in self.model._meta.indexes if index.fields}
        conditions: Any = self.query.where.children
        columns = (
            each.lhs.target.name
            for each in conditions
            if isinstance(each, Exact) and isinstance(each.lhs, Col)
        )
        return any(name in led for name in columns)

    @property
    def _in_sqlite(self) -> bool:
        return connections[self.db].vendor == "sqlite"


class RetractableQuerySet(SearchedQuerySet):
    """Rows with a ``status``, which the conditions of indexes refer to."""

    def public(self) -> Self:
        return self.of_status("published")

    def of_status(self, status: str) -> Self:
        return self.filter(status=Literal(status))

    def counts_by(self, *columns: str) -> dict[Any, int]:
        """The number of rows by value of a column, or by tuple of values of several columns."""
        rows = self.order_by().values_list(*columns).annotate(count=Count("*"))
        return {values[0] if len(columns) == 1 else tuple(values): count for *values, count in rows}

    def updated_after(self, moment: datetime) -> Self:
        """Rows that changed after ``moment``."""
        if not self._in_sqlite:
            return self.filter(GreaterThan(Moment("updated_at"), moment))
        changed = self.model._default_manager.order_by().filter(updated_at__gt=moment).values("pk")
        if changed[:FEW].count() < FEW:
            return self.filter(pk__in=changed)
        return self.filter(GreaterThan(Moment("updated_at"), moment))

    def _with_byline(self, article: str, authors: Iterable[int]) -> Self:
        """Rows whose ``article`` has such a byline: on SQLite by id if these are few, else tested row by row.

        PostgreSQL chooses the better plan itself.
        """
        bylines = apps.get_model("articles.Byline").objects.order_by().filter(author__in=list(authors))
        if self._in_sqlite and bylines[:FEW].count() == FEW:
            return self.filter(Exists(bylines.filter(article=OuterRef(article))))
        return self.filter(**{f"{article}__in": bylines.values("article")})


class ArticleQuerySet(RetractableQuerySet):
    first_day = "published_on"

    def at(self, url: str) -> Self:
        """Articles with this source or capture URL; variants of the URL are recognised."""
        key = canonical_url(url)
        if not key:
            return self.none()
        # One condition over both tables would read all articles: no index has both addresses.
        articles: Any = self.model._default_manager.order_by()
        captures = apps.get_model("articles.Capture").objects.order_by().filter(source_url_key=key)
        return self.filter(
            pk__in=articles.with_source_url(url).values("pk").union(captures.values("article"))
        )

    def with_source_url(self, url: str) -> Self:
        """The article with this URL of its own; variants of the URL are recognised."""
        return self.with_own_url().filter(source_url_key=canonical_url(url))

    def with_own_url(self) -> Self:
        """Articles with a URL of their own, which alone are in the index that finds a URL."""
        return self.exclude(source_url_key="")

    def by(self, authors: Iterable[int]) -> Self:
        """Articles with a byline by one of these authors (ids)."""
        return self._with_byline("pk", authors)


class RelatedLinkQuerySet(DatedQuerySet):
    first_day = "published_on"

    def public(self) -> Self:
        return self.filter(related_list__article__status="published")


class StatementQuerySet(RetractableQuerySet):
    def by_speaker(self, speakers: Iterable[int]) -> Self:
        """Statements by one of these speakers (ids)."""
        return self.filter(speaker__in=list(speakers))

    def by(self, authors: Iterable[int]) -> Self:
        """Statements in articles with a byline of one of these authors (ids)."""
        return self._with_byline("article", authors)

    def by_kind_of_speaker(self, kinds: Iterable[str]) -> Self:
        """Statements whose speaker is of one of these kinds: on SQLite by id if few, else tested row by row.

        PostgreSQL chooses the better plan itself.
        """
        speakers = apps.get_model("actors.Actor").objects.order_by().filter(kind__in=list(kinds))
        if self._in_sqlite:
            theirs = self.model._default_manager.order_by().filter(speaker__in=speakers.values("pk"))
            if speakers[:FEW].count() == FEW or theirs[:FEW].count() == FEW:
                return self.filter(Exists(speakers.filter(pk=OuterRef("speaker"))))
        return self.filter(speaker__in=speakers.values("pk"))

    def from_corpora(self, names: Iterable[str]) -> Self:
        """Statements imported from these corpora."""
        # SQLite uses the index of statements with an extractor only for a query that has this condition.
        return self.filter(~Q(extractor=Literal("")), extractor__in=names)

    def with_place(self) -> Self:
        """Statements with a known place."""
        return self.filter(~Q(place=Literal("")))

    def in_outlet(self, outlets: Iterable[int]) -> Self:
        """Statements printed in one of these outlets (ids)."""
        return self.filter(outlet__in=list(outlets))

    def with_words_key(self, start: Any, key: Any) -> Self:
        """Statements with the same words, ignoring case, accents and punctuation.

        ``key`` is a text's ``words_key``, and ``start`` its first 200 characters.
        """
        first = FirstCharacters("words_key", length=200)
        # As a range: with an equality on the column, SQLite would not use the index on the expression.
        return self.alias(_start=first).filter(_start=start, words_key__range=(key, key))

    def published_twice(self) -> Self:
        """Published statements that duplicate another in words, speaker and place.

        The database refuses these; they are older than that rule.
        """
        anchors = apps.get_model("articles.Anchor").objects.order_by()
        overlapping = anchors.filter(
            statement=OuterRef("pk"),
            capture__anchors__statement=OuterRef(OuterRef("pk")),
            capture__anchors__start__lt=F("end"),
            capture__anchors__end__gt=F("start"),
        )
        others: Any = self.model._default_manager.order_by()
        alike = others.public().filter(
            ~Q(pk=OuterRef("pk")) & ~Q(words_key=""),
            article=OuterRef("article"),
            words_key=OuterRef("words_key"),
        )
        placed = alike.filter(Exists(overlapping) | Q(capture=None))
        named = Exists(placed.filter(speaker=OuterRef("speaker")))
        unnamed = Exists(placed.filter(speaker=None, speaker_label=OuterRef("speaker_label")))
        return self.public().filter(named | Q(speaker=None) & unnamed)


def with_statement_count(actors: Any) -> Any:
    """Annotate actors with ``statement_count``, the number of their public statements."""
    published = Literal("published")
    return actors.annotate(statement_count=_count("articles.Statement", "speaker", status=published))


def with_article_count(actors: Any) -> Any:
    """Annotate actors with ``article_count``, the number of their public articles."""
    return actors.annotate(article_count=_count("articles.Byline", "author", article__status="published"))


def _count(model: str, actor: str, **public: Any) -> Coalesce:
    rows = apps.get_model(model)._default_manager.filter(**{actor: OuterRef("pk")}, **public).order_by()
    return Coalesce(Subquery(rows.values(actor).annotate(n=Count("pk")).values("n")), 0)
