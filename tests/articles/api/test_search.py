"""Searching statements and articles: `q`, its order, and snippets."""

from typing import Any

import pytest

from articles.models import Statement
from tests.factories import ActorFactory, ArticleFactory, StatementFactory, erase
from tests.reader import Reader

DATES = ["2024-10-23", "2024-10-22", "1969-07-20", "1000-01-01", None]


@pytest.fixture
def ferries(db: None) -> list[int]:
    """Statements on ferries, newest first; between them others."""
    made = []
    for number, day in enumerate(DATES):
        facts = {"said_on": day, "said_precision": "day" if day else ""}
        made += [StatementFactory(text=f"Ferries run at {n}.", **facts).pk for n in (number, number)][::-1]
        StatementFactory(text="The dock is closed.", **facts)
    return made


@pytest.mark.parametrize("limit", [1, 3, 4, 100])
def test_pages_hold_what_is_found_newest_first(reader: Reader, ferries: list[int], limit: int) -> None:
    pages = reader.pages("statements/", q="ferry", limit=limit)
    assert [row["id"] for page in pages for row in page] == ferries
    assert len(pages) == -(-len(ferries) // limit)
    page = reader.get("statements/", q="ferry", count="on").json()
    assert (page["count"], page["count_is_exact"]) == (len(ferries), True)
    newest = reader.pages("statements/", q="ferry", limit=limit, ordering="newest")
    assert newest == pages


def test_a_page_goes_on_where_it_ended_whatever_is_added(reader: Reader, ferries: list[int]) -> None:
    first = reader.get("statements/", q="ferry", limit=7).json()
    StatementFactory(text="A ferry, new", said_on="2025-01-01", said_precision="day")
    late = StatementFactory(text="A ferry, undated").pk
    erase(Statement.objects.filter(pk=ferries[6]))
    rest = reader.client.get(first["next"].partition("8000")[2]).json()
    assert rest["next"] is None
    assert [row["id"] for row in rest["results"]] == [ferries[7], late, *ferries[8:]]


def test_a_cursor_belongs_to_its_query(reader: Reader, ferries: list[int]) -> None:
    path = reader.get("statements/", q="ferry", limit=1).json()["next"].partition("/api/v1/")[2]
    assert reader.fault(path.replace("q=ferry", "q=dock"))["code"] == "other_list"


def test_every_filter_narrows_what_is_found(reader: Reader) -> None:
    year = {"published_on": "2020-01-01", "published_precision": "year"}
    article = ArticleFactory(section="Ports", **year)
    facts = {
        "text": "A ferry",
        "speaker": ActorFactory(),
        "article": article,
        "kind": "partial",
        "language": "en",
    }
    right = StatementFactory(**facts)
    others: tuple[dict[str, Any], ...] = (
        {"speaker": ActorFactory()},
        {"article": ArticleFactory(section="Ports", **year)},
        {"article": ArticleFactory(section="Politics", outlet=article.outlet, **year)},
        {"kind": "direct"},
        {"language": "uk"},
        {"said_on": "2019-12-31", "said_precision": "day"},
        {"status": "proposed"},
        {"text": "A dock"},
    )
    for number, other in enumerate(others):
        StatementFactory(**{**facts, "text": f"Ferry {number}", **other})
    filters = {
        "speaker": right.speaker.slug,
        "outlet": article.outlet.slug,
        "section": "Ports",
        "kind": "partial",
        "language": "en",
        "date": "2020",
    }
    assert reader.found("statements/", q="ferry", **filters) == [right.pk]
    assert reader.found("statements/", q="ferry", **{**filters, "date": "2020-06"}) == [right.pk]
    for name in filters:
        rest = {key: value for key, value in filters.items() if key != name}
        assert len(reader.rows("statements/", q="ferry", **rest)) == 2, name
    undated = StatementFactory(text="A ferry").pk
    assert reader.found("statements/", q="ferry", undated="only") == [undated]
    assert reader.found("statements/", q="ferry", undated="include", date="2019") == [
        *Statement.objects.filter(date__year=2019).values_list("pk", flat=True),
        undated,
    ]


def test_words_phrases_and_not(reader: Reader) -> None:
    first, second, third = (
        StatementFactory(text=text).pk
        for text in (
            "The ferry runs again.",
            "Again the Ferry will not run.",
            "“Élysée” is Kim Jong-un’s ferry.",
        )
    )
    found = {
        "ferry": [third, second, first],
        "FERRIES running": [second, first],
        '"ferry runs"': [first],
        "“the ferry” -not": [first],
        'ferry -"ferry runs" -élysée': [second],
        "elysee jong-un": [third],
        "dock": [],
        "ferry -ferry": [],
    }
    for q, expected in found.items():
        assert reader.found("statements/", q=q) == expected, q


def test_articles_are_found_by_headline_and_deck(reader: Reader) -> None:
    old = ArticleFactory(
        headline="The ferry runs", deck="Docks reopen", published_on="2001-01-01", published_precision="day"
    ).pk
    new = ArticleFactory(
        headline="Docks", deck="The ferry waits", published_on="2002-01-01", published_precision="day"
    ).pk
    ArticleFactory(
        headline="The ferry runs",
        status="retracted",
        retracted_at="2024-01-01T00:00Z",
        retraction_reason="No.",
    )
    assert reader.found("articles/", q="ferry docks") == [new, old]
    assert reader.found("articles/", q='"runs docks"') == []
    assert reader.found("articles/", q="ferry", date="2001") == [old]
    snippets = [row["snippet"] for row in reader.rows("articles/", q="ferry")]
    assert snippets == [
        {"text": "The ferry waits", "highlights": [[4, 9]]},
        {"text": "The ferry runs", "highlights": [[4, 9]]},
    ]


def test_snippets_are_there_with_q_only(reader: Reader) -> None:
    uid = StatementFactory(text="👩‍🚀 “The Ferries run”").uid
    (row,) = reader.rows("statements/", q='"ferry runs"')
    assert row["snippet"] == {"text": "👩‍🚀 “The Ferries run”", "highlights": [[9, 20]]}
    (row,) = reader.rows("statements/")
    assert row["snippet"] is None
    assert reader.one(f"statements/{uid}/")["snippet"] is None
    (row,) = reader.rows("statements/", q="ferry", fields="snippet")
    assert list(row) == ["snippet"]
    (row,) = reader.rows("statements/", q="ferry", omit="snippet")
    assert "snippet" not in row


def test_relevance_is_one_page_of_the_best(reader: Reader) -> None:
    long = StatementFactory(text="The ferry " + "and many other words " * 20).pk
    short = StatementFactory(text="Ferry, ferry").pk
    twins = [StatementFactory(text="A ferry of ours").pk for _ in range(2)]
    found = reader.found("statements/", q="ferry", ordering="relevance")
    assert (found[0], found[-1]) == (short, long)
    assert found[1:3] == twins[::-1]
    page = reader.get("statements/", q="ferry", ordering="relevance", limit=2).json()
    assert [row["id"] for row in page["results"]] == found[:2]
    assert page["next"] is None
    assert page["results"][0]["snippet"]["highlights"] == [[0, 5], [7, 12]]
    assert reader.found("articles/", q="runs", ordering="relevance") == list(
        Statement.objects.order_by("-article").values_list("article", flat=True)
    )


def test_relevance_weighs_the_newest(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.relevance.MAX_RANKED", 2)
    for day in range(1, 5):
        StatementFactory(
            text="A ferry" if day > 2 else "Ferry", said_on=f"2024-01-0{day}", said_precision="day"
        )
    rows = reader.rows("statements/", q="ferry", ordering="relevance")
    assert [row["date"] for row in rows] == ["2024-01-04", "2024-01-03"]


@pytest.mark.parametrize(
    ("parameters", "parameter", "code"),
    [
        ({"q": "-ferry"}, "q", "only_negations"),
        ({"q": "…"}, "q", "no_words"),
        ({"q": '"ferry'}, "q", "unbalanced"),
        ({"q": "a b " * 60}, "q", "too_long"),
        ({"q": " ".join(map(str, range(60)))}, "q", "too_many_words"),
        ({"q": ["a", "b"]}, "q", "repeated"),
        ({"q": ""}, "q", "empty"),
        ({"ordering": "relevance"}, "ordering", "conflict"),
        ({"ordering": "oldest", "q": "a"}, "ordering", "invalid"),
        ({"query": "ferry"}, "query", "unknown"),
    ],
)
@pytest.mark.parametrize("path", ["statements/", "articles/"])
def test_what_cannot_be_searched_for_is_refused(
    reader: Reader, path: str, parameters: dict[str, Any], parameter: str, code: str
) -> None:
    fault = reader.fault(path, **parameters)
    assert (fault["parameter"], fault["code"]) == (parameter, code)


def test_relevance_has_no_cursor(reader: Reader, ferries: list[int]) -> None:
    path = reader.get("statements/", q="ferry", limit=1).json()["next"].partition("/api/v1/")[2]
    assert reader.fault(f"{path}&ordering=relevance")["parameter"] == "cursor"


def test_histories_know_no_order(reader: Reader, ferries: list[int]) -> None:
    assert reader.fault(f"statements/{ferries[0]}/history/", ordering="newest")["code"] == "unknown"


HOSTILE = [
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR(ferry dock, 5)",
        "ferry*",
        "^ferry",
        "tokens : ferry",
        "{tokens}:ferry",
    ),
    *(
        "ferry AND",
        "OR ferry",
        "NOT ferry",
        "(ferry",
        "ferry)",
        "()",
        "{",
        "}",
        "[ferry]",
        "ferry;--",
        "'",
        "''",
    ),
    *(
        "ferry' OR '1'='1",
        "ferry & dock",
        "ferry | dock",
        "!ferry",
        "ferry <-> dock",
        "ferry <2> dock",
        ":*",
        "ferry:*",
    ),
    *(
        "\\",
        "\\'",
        "\\\\ferry",
        "%",
        "_",
        "%s",
        "{0}",
        "$1",
        "ferry\x0bdock",
        "ferry\tdock",
        "\u200b",
        "\ufeffferry",
    ),
    *(
        "😀",
        "👩‍👩‍👧‍👦 ferry",
        "ß",
        "ẞ",
        "İ",
        "ﬁ",
        "\u0301",
        "a\u0301" * 100,
        "乌克兰" * 60,
        "я" * 200,
        "x" * 200,
        "x " * 100,
    ),
    *(
        "-",
        "--",
        "---ferry",
        "- ferry",
        '-""',
        '""',
        '"""',
        '"" ""',
        "“”",
        '“ferry"',
        "«ferry»",
        '"ferry""dock"',
    ),
    *(
        "1e999",
        "-1",
        "0x0",
        "1.5",
        "½",
        "²",
        "٣",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "\U0010ffff",
        "ferry" + "\u0300" * 190,
    ),
]


@pytest.mark.parametrize("ordering", ["newest", "relevance"])
@pytest.mark.parametrize("path", ["statements/", "articles/"])
def test_whatever_is_asked_for_is_answered_or_refused(reader: Reader, path: str, ordering: str) -> None:
    StatementFactory(text="The ferry — dock 1e999 ½ я 乌克兰", article__headline="The ferry")
    for q in HOSTILE:
        response = reader.get(path, q=q, ordering=ordering)
        assert response.status_code in (200, 400), q
        if response.status_code == 400:
            (error,) = response.json()["errors"]
            assert error["parameter"] == "q", q


def test_what_is_hostile_is_not_obeyed(reader: Reader) -> None:
    ferry = StatementFactory(text="The ferry").pk
    dock = StatementFactory(text="The dock").pk
    for q in ("ferry | dock", "NEAR(ferry dock)", "ferry AND dock"):
        assert reader.found("statements/", q=q) == [], q
    assert reader.found("statements/", q="ferry' OR '1'='1") == [ferry]
    for q in ("ferry*", "^ferry", "ferry:*", "(ferry)", "'ferry'", "{ferry}", "ferry;--", "!ferry"):
        assert reader.found("statements/", q=q) == [ferry], q
    assert reader.found("statements/", q='dock -"ferry"') == [dock]


def test_either_of_two_and_beginnings_of_words(reader: Reader) -> None:
    ferry = StatementFactory(text="The ferryman waits").pk
    dock = StatementFactory(text="The dock is full").pk
    assert reader.found("statements/", q="ferryman OR dock") == [dock, ferry]
    assert reader.found("statements/", q="ferry") == []
    assert reader.found("statements/", q="ferry* OR quay") == [ferry]
    (row,) = reader.rows("statements/", q="ferry*")
    assert row["snippet"] == {"text": "The ferryman waits", "highlights": [[4, 12]]}
    for q, code in (("ferry OR", "or"), ("fe*", "short_prefix"), ("(ferry dock) OR quay", "parentheses")):
        assert reader.fault("statements/", q=q)["code"] == code
