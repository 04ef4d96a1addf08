"""Counting statements by speaker, outlet, kind and date."""

from typing import Any

import pytest

from articles.api import facets
from tests.factories import ActorFactory, StatementFactory
from tests.reader import Reader

PATH = "statements/facets/"


def buckets(facet: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["count"] for bucket in facet["buckets"]}


def test_each_facet_in_full(reader: Reader, dated: None) -> None:
    found = reader.one(f"{PATH}?by=speaker,outlet,kind,day,month,year")
    assert {(facet.pop("counted"), facet.pop("complete")) for facet in found.values()} == {(6, True)}
    assert found == {
        "speaker": {
            "buckets": [
                {"key": "ada", "name": "Ada Pier", "count": 3},
                {"key": "zoe", "name": "Zoe Quay", "count": 2},
            ],
            "others": 0,
            "missing": 1,
        },
        "outlet": {
            "buckets": [
                {"key": "gazette", "name": "Gazette", "count": 4},
                {"key": "herald", "name": "Herald", "count": 2},
            ],
            "others": 0,
            "missing": 0,
        },
        "kind": {
            "buckets": [
                {"key": "direct", "name": "Direct", "count": 4},
                {"key": "indirect", "name": "Indirect", "count": 1},
                {"key": "partial", "name": "Partial", "count": 1},
            ],
            "others": 0,
            "missing": 0,
        },
        "day": {
            "buckets": [{"key": "1969-07-20", "count": 1}, {"key": "2024-10-23", "count": 2}],
            "others": 0,
            "less_precise": 2,
            "undated": 1,
        },
        "month": {
            "buckets": [{"key": "1969-07", "count": 1}, {"key": "2024-10", "count": 3}],
            "others": 0,
            "less_precise": 1,
            "undated": 1,
        },
        "year": {
            "buckets": [
                {"key": "1969", "count": 1},
                {"key": "2023", "count": 1},
                {"key": "2024", "count": 3},
            ],
            "others": 0,
            "less_precise": 0,
            "undated": 1,
        },
    }


@pytest.mark.parametrize(
    ("filters", "speakers", "kinds"),
    [
        ({}, {"ada": 3, "zoe": 2}, {"direct": 4, "indirect": 1, "partial": 1}),
        ({"q": "ferry"}, {"ada": 2, "zoe": 1}, {"direct": 2, "indirect": 1, "partial": 1}),
        ({"q": "dock -ferry"}, {"ada": 1, "zoe": 1}, {"direct": 2}),
        ({"speaker": "ada"}, {"ada": 3}, {"direct": 2, "partial": 1}),
        ({"kind": "direct"}, {"ada": 2, "zoe": 2}, {"direct": 4}),
        ({"speaker": "zoe", "kind": "partial"}, {}, {}),
        ({"outlet": "herald", "date": "2024"}, {"ada": 1}, {"direct": 1}),
        ({"date": "2024", "q": "ferry"}, {"ada": 2}, {"direct": 1, "partial": 1}),
        ({"undated": "only"}, {}, {"indirect": 1}),
        ({"q": "pier"}, {}, {}),
    ],
)
def test_a_facet_is_counted_under_all_filters(
    reader: Reader, dated: None, filters: dict[str, str], speakers: dict[str, int], kinds: dict[str, int]
) -> None:
    found = reader.get(PATH, by="speaker,kind", **filters).json()
    assert (buckets(found["speaker"]), buckets(found["kind"])) == (speakers, kinds)


@pytest.mark.parametrize(
    ("filters", "speakers", "kinds"),
    [
        ({"speaker": "ada"}, {"ada": 3, "zoe": 2}, {"direct": 2, "partial": 1}),
        ({"kind": "direct"}, {"ada": 2, "zoe": 2}, {"direct": 4, "indirect": 1, "partial": 1}),
        ({"speaker": "zoe", "kind": "partial"}, {"ada": 1}, {"direct": 2}),
    ],
)
def test_others_are_the_alternatives_to_a_filter(
    reader: Reader, dated: None, filters: dict[str, str], speakers: dict[str, int], kinds: dict[str, int]
) -> None:
    found = reader.get(PATH, by="speaker,kind,year", others="on", **filters).json()
    assert (buckets(found["speaker"]), buckets(found["kind"])) == (speakers, kinds)
    years = reader.get(PATH, by="year", **filters).json()["year"]
    assert found["year"] == years


def test_a_timeline_is_counted_under_all_filters(reader: Reader, dated: None) -> None:
    found = reader.get(PATH, by="year", date_after="2000", speaker="ada").json()
    assert buckets(found["year"]) == {"2024": 3}


def test_counts_add_up_to_the_list(reader: Reader, dated: None) -> None:
    total = reader.get("statements/", q="the", count="on").json()["count"]
    for name, facet in reader.get(PATH, by="speaker,outlet,kind,day,month,year", q="the").json().items():
        rest = sum(count for key, count in facet.items() if key not in ("buckets", "counted", "complete"))
        assert sum(buckets(facet).values()) + rest == facet["counted"] == total, name


def test_what_is_listed_is_bounded(reader: Reader, dated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST", 1)
    monkeypatch.setattr(facets, "LATEST", 2)
    found = reader.get(PATH, by="speaker,year").json()
    assert (buckets(found["speaker"]), found["speaker"]["others"]) == ({"ada": 3}, 2)
    assert (buckets(found["year"]), found["year"]["others"]) == ({"2023": 1, "2024": 3}, 1)


def test_equals_are_in_the_order_of_their_keys(reader: Reader) -> None:
    for slug in ("b", "c", "a-z", "a", "ab"):
        StatementFactory(speaker=ActorFactory(slug=slug))
    assert list(buckets(reader.one(f"{PATH}?by=speaker")["speaker"])) == ["a", "a-z", "ab", "b", "c"]


def test_only_what_is_asked_for_in_that_order(reader: Reader, dated: None) -> None:
    assert list(reader.one(f"{PATH}?by=month,kind,month")) == ["month", "kind"]


@pytest.mark.parametrize(
    ("parameters", "parameter", "code"),
    [
        ({}, "by", "required"),
        ({"by": ""}, "by", "empty"),
        ({"by": "author"}, "by", "invalid"),
        ({"by": "speaker,"}, "by", "invalid"),
        ({"by": "Speaker"}, "by", "invalid"),
        ({"by": ["speaker", "kind"]}, "by", "repeated"),
        ({"by": "kind", "ordering": "newest"}, "ordering", "unknown"),
        ({"by": "speaker", "speaker": "nobody"}, "speaker", "unknown"),
        ({"by": "kind", "q": "-a"}, "q", "only_negations"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    reader: Reader, parameters: dict[str, Any], parameter: str, code: str
) -> None:
    fault = reader.fault(PATH, **parameters)
    assert (fault["parameter"], fault["code"]) == (parameter, code)


def test_counts_are_not_made_again_while_nothing_changes(reader: Reader, dated: None) -> None:
    tag = reader.get(PATH, by="kind")["ETag"]
    again = reader.client.get(f"/api/v1/{PATH}?by=kind", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
