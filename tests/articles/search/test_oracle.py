"""What a store finds is what a plain reading finds; hence all stores find the same."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Outlet, Statement
from articles.search.analyser import analyse
from articles.search.query import parse_query
from articles.search.snippets import highlights
from newsdb.text import fold

pytestmark = pytest.mark.django_db

#: Forms of few words, so that much is found, and whatever a store's own parser might trip over.
WORDS = st.sampled_from(
    [
        *(
            "ferry",
            "Ferries",
            "FERRY’S",
            "run",
            "running",
            "runs",
            "Élysée",
            "elysee",
            "Jong-un",
            "un",
            "U.S.",
        ),
        *(
            "1e5",
            "3.14",
            "-5",
            "0x1f",
            "2nd",
            "½",
            "乌克兰",
            "克",
            "Київ",
            "Straße",
            "STRASSE",
            "𝐊irby",
            "İzmir",
        ),
        *(
            "or",
            "AND",
            "NOT",
            "NEAR(a",
            "b)",
            "*",
            "^a",
            "{b}",
            "a:b",
            "tokens:a",
            "a+b",
            "a<->b",
            "'a'",
            "!b",
        ),
        *(
            "don't",
            "don’t",
            "😀",
            "—",
            "_a_",
            "a@b.example",
            "http://a.example/b",
            "a/b",
            "\\",
            "%",
            "ß",
            "ǅ",
        ),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=4), min_size=1, max_size=8).map(" ".join)
#: A word or a phrase, and whether it is unwanted.
TERMS = st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.booleans())
QUERIES = st.lists(TERMS, min_size=1, max_size=4)


def passes(texts: tuple[str, ...], terms: list[tuple[list[str], bool]]) -> bool:
    """Whether a row with these texts is found, read word by word."""
    tokens = [analyse(text).split() for text in texts]
    for words, unwanted in terms:
        phrase = analyse(" ".join(words)).split()
        stands = any(
            row[start : start + len(phrase)] == phrase for row in tokens for start in range(len(row))
        )
        if phrase and stands == unwanted:
            return False
    return True


def written(terms: list[tuple[list[str], bool]]) -> str:
    return " ".join(f'{"-" if unwanted else ""}"{" ".join(words)}"' for words, unwanted in terms)


def asks_for_something(terms: list[tuple[list[str], bool]]) -> bool:
    return any(not unwanted and analyse(" ".join(words)) for words, unwanted in terms)


def check(model: Any, rows: list[Any], names: tuple[str, ...], queries: list[Any]) -> None:
    made = model.objects.bulk_create(rows)
    for terms in queries:
        found = model.objects.search(parse_query(written(terms)))
        expected = {row.pk for row in made if passes(tuple(getattr(row, name) for name in names), terms)}
        in_order = list(found.order_by(*found.newest_found).values_list("pk", flat=True))
        assert set(in_order) == expected, written(terms)
        assert in_order == list(found.order_by("-sort_date", "-id").values_list("pk", flat=True))
        assert found.count() == len(expected)
        assert set(found.most_relevant(parse_query(written(terms)), 100)) == expected


#: Words that have an ending, or another alphabet; the beginnings of words; and either of two such.
PREFIXES = st.sampled_from(["fer", "ferr", "ferries", "runn", "elys", "кий", "Киї", "stra", "kirb", "乌克兰"])
CHOICES = st.lists(
    st.tuples(WORDS.map(lambda word: f'"{word}"') | PREFIXES.map(lambda word: f"{word}*"), st.booleans()),
    min_size=1,
    max_size=4,
)


def stands(written: str, tokens: list[str]) -> bool:
    """Whether the phrase or the prefix stands among the tokens of a text, read one by one."""
    if written.startswith('"'):
        phrase = analyse(written).split()
        return any(tokens[start : start + len(phrase)] == phrase for start in range(len(tokens)))
    *before, last = analyse(written).split()
    begun = fold(written).split()[-1]
    begun = begun if begun.isascii() else f"u{begun.encode().hex()}"
    return any(
        tokens[end - len(before) : end] == before and (tokens[end].startswith(begun) or tokens[end] == last)
        for end in range(len(before), len(tokens))
    )


@settings(max_examples=20)
@given(st.lists(TEXTS.filter(str.strip), max_size=8), CHOICES)
def test_either_of_two_and_prefixes(texts: list[str], choices: list[tuple[str, bool]]) -> None:
    """Each is required, or an alternative to the one before it."""
    choices = [(word, either) for word, either in choices if analyse(word)]
    terms: list[list[str]] = []
    for word, either in choices:
        if either and terms:
            terms[-1].append(word)
        else:
            terms.append([word])
    if not terms:
        return
    with transaction.atomic():
        article = Article.objects.create(headline="Ferry", outlet=Outlet.objects.create(name="O", slug="o"))
        made = Statement.objects.bulk_create(
            [
                Statement(article=article, kind="direct", text=text, speaker_label=f"resident {number}")
                for number, text in enumerate(text.replace("\x00", "") for text in texts)
                if text.strip()
            ]
        )
        query = parse_query(" ".join(" OR ".join(term) for term in terms))
        expected = {
            row.pk
            for row in made
            if all(any(stands(word, analyse(row.text).split()) for word in term) for term in terms)
        }
        found = Statement.objects.search(query)
        assert set(found.values_list("pk", flat=True)) == expected, terms
        assert set(found.most_relevant(query, 100)) == expected
        read = Statement.objects.filter(article=article).search(query)
        assert set(read.values_list("pk", flat=True)) == expected, terms
        for row in made:
            assert bool(highlights(query, row.text)) >= (row.pk in expected)
        transaction.set_rollback(True)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(TEXTS.filter(str.strip), st.none() | st.dates(datetime.date(1900, 1, 1))), max_size=10
    ),
    st.lists(QUERIES.filter(asks_for_something), min_size=1, max_size=4),
)
def test_statements(texts: list[tuple[str, datetime.date | None]], queries: list[Any]) -> None:
    with transaction.atomic():
        article = Article.objects.create(headline="Ferry", outlet=Outlet.objects.create(name="O", slug="o"))
        rows = [
            Statement(
                article=article,
                kind="direct",
                text=text.replace("\x00", ""),
                speaker_label=f"resident {number}",  # so that several may say the same
                said_on=day and min(day, datetime.date(9998, 12, 31)),
                said_precision="day" if day else "",
            )
            for number, (text, day) in enumerate(texts)
            if text.strip("\x00 ")
        ]
        check(Statement, rows, ("text",), queries)
        transaction.set_rollback(True)


@settings(max_examples=20)
@given(
    st.lists(st.tuples(TEXTS, TEXTS), max_size=8),
    st.lists(QUERIES.filter(asks_for_something), min_size=1, max_size=4),
)
def test_articles(texts: list[tuple[str, str]], queries: list[Any]) -> None:
    with transaction.atomic():
        outlet = Outlet.objects.create(name="O", slug="o")
        rows = [
            Article(
                headline=f"{headline} x".replace("\x00", ""), deck=deck.replace("\x00", ""), outlet=outlet
            )
            for headline, deck in texts
        ]
        check(Article, rows, ("headline", "deck"), queries)
        transaction.set_rollback(True)
