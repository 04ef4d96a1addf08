"""Quoted words in the text around them."""

import pytest

from articles.models import Anchor
from articles.pages.passage import passage

TEXT = "At the quay: “It hums like a duck,” she said, “and ducks do not hum.” All laughed."


def anchor(words: str, context: int) -> Anchor:
    start = TEXT.index(words)
    end = start + len(words)
    prefix, suffix = TEXT[max(0, start - context) : start], TEXT[end : end + context]
    return Anchor(exact=words, start=start, end=end, prefix=prefix, suffix=suffix)


def read(*anchors: Anchor) -> str:
    return "".join(f"[{piece.text}]" if piece.quoted else piece.text for piece in passage(anchors, len(TEXT)))


@pytest.mark.parametrize(
    ("context", "text"),
    [
        (
            32,
            "At the quay: “[It hums like a duck],” she said, “[and ducks do not hum.]” All laughed.",
        ),
        (
            8,
            "… quay: “[It hums like a duck],” she said, “[and ducks do not hum.]” All…",
        ),
        (4, "…y: “[It hums like a duck],” s … d, “[and ducks do not hum.]”…"),
        (0, "…[It hums like a duck] … [and ducks do not hum.]…"),
    ],
)
def test_parts_of_a_quotation_run_through_where_what_is_known_around_them_meets(context, text):
    parts = ("It hums like a duck", "and ducks do not hum.")
    assert read(*(anchor(words, context) for words in parts)) == text


def test_parts_that_touch_or_go_backwards_repeat_nothing():
    assert read(anchor("At the", 0), anchor(" quay", 0)) == "[At the][ quay]…"
    assert read(anchor("quay", 2), anchor("At", 2)) == "…[quay]:  … [At]…"
