"""What no list takes: parameters it does not know, too many values, and none is ignored."""

import pytest

from tests.factories import ArticleFactory, RelatedLinkFactory, StatementFactory
from tests.reader import Reader

LISTS = ["statements/", "articles/", "outlets/", "actors/", "speakers/", "authors/", "related-links/"]


@pytest.mark.parametrize("path", [*LISTS, "statements/1/", "articles/1/", "outlets/x/", "actors/x/", ""])
def test_an_unknown_parameter_is_named(reader: Reader, path: str) -> None:
    fault = reader.fault(path, speeker="x")
    assert (fault["parameter"], fault["code"]) == ("speeker", "unknown")
    assert "format" in fault["allowed"]
    if path == "statements/":
        assert "'speaker'" in fault["detail"]


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        *((name, "q") for name in ("search", "query")),
        *((name, "cursor") for name in ("page", "offset")),
        *((name, "limit") for name in ("per_page", "page_size")),
        *((name, "date_after") for name in ("from", "since")),
        ("until", "date_before"),
        ("sort", "ordering"),
        ("source", "outlet"),
        ("role", "speaker"),
    ],
)
def test_what_other_apis_call_it_is_understood_and_refused(reader: Reader, name: str, ours: str) -> None:
    fault = reader.fault("statements/", **{name: "x"})
    assert (fault["code"], fault["parameter"]) == ("unknown", name)
    assert f"Did you mean {ours!r}?" in fault["detail"]


def test_only_a_parameter_that_is_there_is_meant(reader: Reader) -> None:
    assert "Did you mean" not in reader.fault("dataset/", search="x")["detail"]


@pytest.mark.parametrize("name", ["id", "uid"])
def test_a_record_has_an_address(reader: Reader, name: str) -> None:
    detail = reader.fault("statements/", **{name: "7"})["detail"]
    assert detail.endswith("A record has its own address: its `url`, as lists show it.")


def test_values_with_a_comma_are_to_be_repeated(reader: Reader) -> None:
    for name, several in (("speaker", "ada-pier,bo-quay"), ("kind", "direct,partial"), ("outlet", "a,b,c")):
        first, second = several.split(",")[:2]
        detail = reader.fault("statements/", **{name: several})["detail"]
        assert detail.endswith(
            f"For several values repeat the parameter, for example: {name}={first}&{name}={second}."
        )
    assert "repeat" not in reader.fault("statements/", speaker="nobody")["detail"]
    assert "repeat" not in reader.fault("statements/", limit="1,2")["detail"]


@pytest.mark.parametrize("path", ["statements/1/", "articles/1/", "outlets/x/", "actors/x/"])
def test_one_record_takes_no_filters(reader: Reader, path: str) -> None:
    problem = reader.problem(400, path, limit="1", date="2024")
    assert {fault["parameter"] for fault in problem["errors"]} == {"limit", "date"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("statements/", name) for name in ("speaker", "author", "outlet", "kind", "section", "language")),
        ("statements/", "text_match"),
        *(("articles/", name) for name in ("author", "outlet", "section", "language")),
        *(("related-links/", name) for name in ("outlet", "section")),
        ("outlets/", "domain"),
    ],
)
def test_a_hundred_values_and_no_more(reader: Reader, path: str, name: str) -> None:
    assert reader.fault(path, **{name: ["x"] * 101})["code"] == "too_many"
    assert {fault["code"] for fault in reader.problem(400, path, **{name: ["x"] * 100})["errors"]} <= {
        "unknown",
        "invalid",
    }


def test_fifty_articles_and_no_more(reader: Reader) -> None:
    articles = ArticleFactory.create_batch(50)
    statement = StatementFactory(article=articles[-1])
    link = RelatedLinkFactory(related_list__article=articles[0])
    RelatedLinkFactory(related_list__article=StatementFactory().article)
    uids = [article.uid for article in articles]
    assert reader.found("statements/", article=uids) == [statement.pk]
    assert reader.found("related-links/", article=uids) == [link.pk]
    assert reader.fault("related-links/", article=[*uids, uids[0]])["code"] == "too_many"


def test_a_hundred_speakers(reader: Reader) -> None:
    statements = [StatementFactory(speaker__slug=f"s-{n}") for n in range(101)]
    found = reader.get("statements/", speaker=[f"s-{n}" for n in range(100)], limit=100).json()["results"]
    assert [row["id"] for row in reversed(found)] == [statement.pk for statement in statements[:100]]


def test_so_many_faults_and_no_more_are_explained(reader: Reader) -> None:
    """Looking for what was meant takes its time."""
    problem = reader.problem(400, "statements/", speaker=[f"s-{n}" for n in range(100)])
    assert [fault["code"] for fault in problem["errors"]] == ["unknown"] * 3


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("statements/", name) for name in ("date", "date_after", "date_before", "undated", "date_basis")),
        *(("statements/", name) for name in ("source_url", "reviewed", "limit", "cursor")),
        ("articles/", "source_url"),
        ("actors/", "q"),
        ("actors/", "kind"),
        ("speakers/", "q"),
        ("authors/", "q"),
    ],
)
def test_what_may_be_given_only_once(reader: Reader, path: str, name: str) -> None:
    assert reader.fault(path, **{name: ["x", "x"]})["code"] == "repeated"
