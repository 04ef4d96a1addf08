"""Snippets: what was found, and a bit around it."""

from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import parse_query
from articles.search.snippets import LENGTH, highlights, snippet

WORDS = st.sampled_from(
    ["ferry", "Ferries’", "runs", "running", "the", "quay,", "—", "½", "乌克兰", "é" * 40]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=120).map(" ".join)
QUERIES = st.sampled_from(
    ["ferry", "run", '"the ferry"', '"ferry runs"', "the quay -ferry", "1", "乌克", "é" * 40]
)


def marked(query: str, *texts: str) -> list[str]:
    found = snippet(parse_query(query), *texts)
    return [found["text"][start:end] for start, end in found["highlights"]]


def test_words_and_phrases_are_marked_as_they_stand() -> None:
    text = "“The Ferries’ first runs,” he said: ferry runs again."
    assert snippet(parse_query('ferry "first run"'), text)["text"] == text
    assert marked('ferry "first run"', text) == ["Ferries", "first runs", "ferry"]
    assert marked('"ferry run"', text) == ["ferry runs"]


def test_what_is_not_wanted_is_not_marked() -> None:
    assert marked("runs -ferry", "It runs.") == ["runs"]


def test_overlapping_phrases_are_one_mark() -> None:
    assert marked('"a b" "b c" c', "a b c a") == ["a b c"]


def test_the_first_text_in_which_something_stands_is_shown() -> None:
    assert snippet(parse_query("quay"), "Ferry", "At the quay") == {
        "text": "At the quay",
        "highlights": [[7, 11]],
    }


def test_code_points_are_counted() -> None:
    assert snippet(parse_query("quay"), "👩‍🚀 quay")["highlights"] == [[4, 8]]


def test_a_long_text_is_cut_between_words_around_the_first_word_found() -> None:
    text = "before " * 100 + "ferry " + "after " * 100
    found = snippet(parse_query("ferry"), text)
    assert found["text"].startswith("before ")
    assert found["text"].endswith(" after")
    assert found["text"] in text
    assert 280 <= len(found["text"]) <= LENGTH
    ((start, end),) = found["highlights"]
    assert found["text"][start:end] == "ferry"
    assert start <= 60


def test_a_phrase_longer_than_a_snippet_is_marked_as_far_as_it_shows() -> None:
    text = "word " * 100
    query = parse_query(f'"{"word " * 80}"')
    found = snippet(query, text)
    assert found["highlights"] == [[0, len(found["text"])]]
    assert len(found["text"]) <= LENGTH


@given(TEXTS, QUERIES)
def test_a_snippet_is_a_bounded_part_of_the_text_with_marks_apart_and_in_order(text: str, query: str) -> None:
    parsed = parse_query(query)
    found = snippet(parsed, text)
    assert found["text"] in text
    assert len(found["text"]) <= LENGTH
    places = [place for mark in found["highlights"] for place in mark]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(found["text"]) for start, end in found["highlights"])
    assert bool(found["highlights"]) == bool(highlights(parsed, text))
