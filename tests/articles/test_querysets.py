"""Finding outlets, articles and statements, and what may be of a day."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists

from articles import querysets
from articles.api.filters import StatementFilterSet
from articles.checks.candidates import same_words
from articles.models import Article, Outlet, RelatedLink, Statement
from articles.querysets import StatementQuerySet
from articles.search.query import parse_query
from newsdb.text import fold
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    OutletDomainFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlets(db: None) -> None:
    hill = OutletFactory(name="The Hill", slug="the-hill", wikidata_id="Q1782154")
    for domain in ("thehill.example", "hill.example"):
        OutletDomainFactory(outlet=hill, domain=domain)
    OutletFactory(name="Élan", slug="elan-magazine")
    OutletFactory(name="The Hill", slug="the-hill-again")
    OutletFactory(name="…", slug="ellipsis")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("the-hill", ["the-hill"]),
        ("The-Hill", ["the-hill"]),
        ("THE HILL", ["the-hill", "the-hill-again"]),
        ("q1782154", ["the-hill"]),
        ("TheHill.example", ["the-hill"]),
        ("hill.example", ["the-hill"]),
        ("elan", ["elan-magazine"]),
        ("hill", []),
        ("", []),
        ("!", []),
        ("😀", []),
        ("\x01", []),
    ],
)
def test_an_outlet_is_found_by_slug_id_domain_or_name(outlets: None, typed: str, found: list[str]) -> None:
    assert sorted(outlet.slug for outlet in Outlet.objects.found_by(typed)) == found


DAY = datetime.date(2024, 10, 23)
OF = {
    "day": {"published_on": DAY, "published_precision": "day"},
    "month": {"published_on": DAY.replace(day=1), "published_precision": "month"},
    "year": {"published_on": DAY.replace(month=1, day=1), "published_precision": "year"},
    "nothing": {},
}


@pytest.mark.parametrize("model", [Article, RelatedLink, Statement])
def test_rows_are_dated_or_undated(model: Any) -> None:
    rows = {name: dated(model, **date) for name, date in OF.items()}
    assert list(model.objects.undated()) == [rows["nothing"]]
    assert set(model.objects.dated()) == {rows["day"], rows["month"], rows["year"]}


def dated(model: Any, **date: Any) -> Any:
    if model is RelatedLink:
        return RelatedLinkFactory(**date)
    article = ArticleFactory(**date)
    return StatementFactory(article=article) if model is Statement else article


def test_the_undated_come_last() -> None:
    articles = {name: ArticleFactory(**OF[name]) for name in ("nothing", "year", "day", "month")}
    names = {article.pk: name for name, article in articles.items()}
    assert [names[a.pk] for a in Article.objects.all()] == ["day", "month", "year", "nothing"]
    for article in articles.values():
        StatementFactory(article=article)
    assert [names[s.article_id] for s in Statement.objects.all()] == ["day", "month", "year", "nothing"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://www.a.example/ferry/#top", {"published"}),
        ("https://a.example/ferry?utm_source=x", {"published"}),
        ("https://b.example/f%65rry", {"captured", "captured twice"}),
        ("https://a.example/", set()),
        ("a.example/ferry", set()),
        ("", set()),
        ("javascript:alert(1)", set()),
        ("https://a.example/\ud800", set()),
    ],
)
def test_an_article_is_found_where_it_stands_or_was_captured(address: str, found: set[str]) -> None:
    ArticleFactory(headline="published", source_url="https://a.example/ferry")
    captured, twice = ArticleFactory(headline="captured"), ArticleFactory(headline="captured twice")
    for article in (captured, twice, twice):
        CaptureFactory(article=article, source_url="https://b.example/ferry")
    CaptureFactory(article=ArticleFactory(headline="nowhere"))
    articles = list(Article.objects.at(address))
    assert {article.headline for article in articles} == found
    assert len(articles) == len(found)


def with_words(text: str) -> StatementQuerySet:
    key = fold(text)
    return Statement.objects.with_words_key(key[:200], key)


def test_the_same_words_are_found_elsewhere() -> None:
    words = "“It’s the Élysée’s – not ours!”"
    one, other = StatementFactory(text=words), StatementFactory(text="its the ELYSEES not ours")
    StatementFactory(text="It’s the Élysée’s – not ours, still")
    StatementFactory(text="😀")
    assert set(with_words(words)) == {one, other}
    for wordless in ("", "😀", "…"):
        assert same_words(wordless) == []


def test_long_statements_are_told_apart_by_their_ends() -> None:
    start = "ferries " * 40
    one = StatementFactory(text=f"{start}run")
    StatementFactory(text=f"{start}stop")
    assert list(with_words(f"{start.upper()}— run")) == [one]


def test_the_same_words_are_found_by_their_index() -> None:
    """It is on an expression, which each store recognises only as it was written."""
    sql, params = with_words("The ferry runs").order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        prefix = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{prefix} {sql}", params)
        assert "articles_statement_same_words" in str(cursor.fetchall())


def test_only_what_is_published_is_public() -> None:
    retracted = {"status": "retracted", "retracted_at": "2026-01-01T00:00Z", "retraction_reason": "Made up."}
    public = StatementFactory()
    for facts in ({"status": "proposed"}, {"status": "rejected"}, retracted):
        StatementFactory(article=public.article, **facts)
    withdrawn = ArticleFactory(**retracted)
    link = RelatedLinkFactory(related_list__article=public.article)
    RelatedLinkFactory(related_list__article=withdrawn)
    assert list(Statement.objects.public()) == [public]
    assert list(Article.objects.public()) == [public.article]
    assert list(RelatedLink.objects.public()) == [link]


@pytest.mark.parametrize("few", [0, 1, 1000])
def test_what_is_by_several_of_the_authors_asked_for_is_found_once(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(querysets, "FEW", few)
    byline = BylineFactory()
    second = BylineFactory(article=byline.article, position=1)
    statement = StatementFactory(article=byline.article)
    StatementFactory(article=BylineFactory().article)
    authors = [byline.author_id, second.author_id]
    assert list(Article.objects.by(authors)) == [byline.article]
    assert list(Statement.objects.by(authors)) == [statement]
    assert not Article.objects.by([]).exists()


def test_the_rows_of_an_author_of_much_are_read_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    author = BylineFactory().author_id
    if connection.vendor == "sqlite":
        monkeypatch.setattr(querysets, "FEW", 1)
        for rows in (Article.objects.by([author]), Statement.objects.public().by([author])):
            plan = rows.order_by("-sort_date", "-id")[:26].explain()
            assert "_newest" in plan
            assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("few", [0, 1, 2, 1000])
def test_the_same_statements_are_of_a_kind_of_speaker_whether_few_or_many(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(querysets, "FEW", few)
    StatementFactory(speaker=None)
    council, zoe = ActorFactory(kind="organisation"), ActorFactory(kind="person")
    theirs, hers = (StatementFactory(speaker=speaker) for speaker in (council, zoe))
    StatementFactory(speaker=council, status="proposed")
    public = Statement.objects.public()
    assert list(public.by_kind_of_speaker(["organisation"])) == [theirs]
    assert set(public.by_kind_of_speaker(["organisation", "person"])) == {theirs, hers}
    assert not public.by_kind_of_speaker([]).exists()


def test_a_kind_of_speaker_is_found_by_its_few_speakers_or_read_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    StatementFactory(speaker=ActorFactory(kind="organisation"))
    if connection.vendor == "sqlite":

        def plan() -> str:
            rows = Statement.objects.public().by_kind_of_speaker(["organisation"])
            return rows.order_by("-sort_date", "-id")[:26].explain()

        few = plan()
        assert "actors_actor_of_kind" in few
        assert "SCAN" not in few
        monkeypatch.setattr(querysets, "FEW", 1)
        many = plan()
        assert "_newest" in many
        assert "TEMP B-TREE" not in many


def test_a_place_has_an_index_of_what_was_said_there() -> None:
    StatementFactory(place="Rome")
    rows = StatementFilterSet({}).filter_place(Statement.objects.public(), ("Rome",))
    if connection.vendor == "postgresql":  # which reads so few rows from end to end
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.order_by("-sort_date", "-id")[:26].explain()
    assert "articles_statement_by_place" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_the_newest_few() -> None:
    days = ["2024-01-02", None, "2024-01-03", "2024-01-01", "2024-01-03"]
    rows = [StatementFactory(said_on=day, said_precision="day" if day else "") for day in days]
    StatementFactory(status="proposed", said_on="2025-01-01", said_precision="day")
    public = Statement.objects.public()
    assert set(public.newest(2)) == {rows[2], rows[4]}
    assert set(public.newest(4)) == {rows[0], rows[2], rows[3], rows[4]}
    assert set(public.filter(pk__lt=rows[2].pk).newest(1)) == {rows[0]}
    searched = public.search(parse_query("the"))
    assert set(searched.newest(9)) == set(searched)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL needs no hint")
def test_a_subquery_too_is_read_by_the_index_it_names() -> None:
    rows = Statement.objects.public().by_index("articles_statement_newest").filter(extractor="x")
    for query in (rows, Outlet.objects.filter(Exists(rows))):
        assert "USING INDEX articles_statement_newest" in query.explain()
