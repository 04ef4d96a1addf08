"""The query language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import MAX_TERMS, Query, QueryError, parse_query


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("ferry", [("ferri",)], []),
        ('ferries "from Monday" -strike', [("ferri",), ("from", "monday")], [("strike",)]),
        ("“from Monday” «at the quay» „pier“", [("from", "monday"), ("at", "the", "quay"), ("pier",)], []),
        ('ferry -"the strike" -dock', [("ferri",)], [("the", "strike"), ("dock",)]),
        ("Jong-un -U.S.", [("jong", "un")], [("u", "s")]),
        ("ferry ferries Ferry", [("ferri",)], []),
        ("ferry - & — !!! harbour", [("ferri",), ("harbour",)], []),
        ('ferry "" -"…" -!', [("ferri",)], []),
        (
            "ferry or dock and not NEAR(pier) *",
            [("ferri",), ("or",), ("dock",), ("and",), ("not",), ("near", "pier")],
            [],
        ),
        ("ferry AND dock", [("ferri",), ("dock",)], []),
        ("乌克兰 AND dock", [("ue4b98c", "ue5858b", "ue585b0"), ("dock",)], []),
        ("FERRY AND NOT DOCK", [("ferri",), ("and",), ("not",), ("dock",)], []),
        ('"this OR that" "boat *"', [("this", "or", "that"), ("boat",)], []),
        ('"ferry"dock', [("ferri",), ("dock",)], []),
        ("乌克兰", [("ue4b98c", "ue5858b", "ue585b0")], []),
    ],
)
def test_what_is_asked_for(text: str, wanted: list, unwanted: list) -> None:
    assert parse_query(text) == Query(tuple((each,) for each in wanted), tuple((each,) for each in unwanted))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ferry OR bus", [(("ferri",), ("bus",))]),
        ('ferry OR "the bus" OR tram quay', [(("ferri",), ("the", "bus"), ("tram",)), (("quay",),)]),
        ("quay ferry OR ferries", [(("quay",),), (("ferri",),)]),
        ("boat*", [(("boat*",),)]),
        ("Jong-uns*", [(("jong", "uns*"), ("jong", "un"))]),
        ("ferries*", [(("ferries*",), ("ferri",))]),
        ("КИЇ*", [(("ud0bad0b8d196*",),)]),
        ("boat* OR bus -tram*", [(("boat*",), ("bus",))]),
    ],
)
def test_alternatives_and_prefixes(text: str, wanted: list) -> None:
    assert parse_query(text).wanted == tuple(wanted)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('"text:ferry"', ("text", "ferri")),
        ("18:30", ("18", "30")),
        ("USA:s", ("usa", "s")),
        ("https://example", ("https", "exampl")),
        ("ferry:", ("ferri",)),
    ],
)
def test_other_colons_separate_words(text: str, phrase: tuple[str, ...]) -> None:
    assert parse_query(text).wanted == ((phrase,),)


def test_an_unwanted_prefix() -> None:
    assert parse_query("quay -boat*").unwanted == ((("boat*",),),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_words"),
        ("…", "no_words"),
        ('""', "no_words"),
        ("😀", "no_words"),
        ("-ferry", "only_negations"),
        ('-ferry -"the dock" …', "only_negations"),
        ('"ferry', "unbalanced"),
        ('ferry" dock', "unbalanced"),
        ('-"ferry', "unbalanced"),
        (" ".join(f"w{number}" for number in range(MAX_TERMS + 1)), "too_many_words"),
        (" OR ".join(f"w{number}" for number in range(MAX_TERMS + 1)), "too_many_words"),
        ("OR ferry", "or"),
        ("ferry OR", "or"),
        ("ferry OR OR bus", "or"),
        ("ferry OR -bus", "or"),
        ("-ferry OR bus", "or"),
        ("(ferry quay) OR bus", "parentheses"),
        ("ferry NOT bus", "not"),
        ("ferry AND NOT bus", "not"),
        ("fe*", "short_prefix"),
        ("fer*y", "misplaced_star"),
        ("quay -*ferry", "misplaced_star"),
        ('"old boat*"', "misplaced_star"),
        ('quay -"bo* quay"', "misplaced_star"),
        ("text:ferry", "field"),
        ("quay -speaker:ada", "field"),
        ('headline:"old boat"', "field"),
        ("outlet:Herald OR bus", "field"),
    ],
)
def test_what_nothing_can_be_found_by(text: str, code: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse_query(text)
    assert refusal.value.code == code
    assert any(word in str(refusal.value) for word in ("give", "have", "has", "must"))


@given(st.text(st.characters() | st.sampled_from(' -"“”')))
def test_whatever_is_typed_is_a_query_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError:
        return
    assert query.wanted
    assert all(phrase and all(phrase) for term in query.wanted + query.unwanted for phrase in term)
