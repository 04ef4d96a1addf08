"""A stretch of a text counts code points."""

from __future__ import annotations

from articles.reading.spans import Span


def test_counts_code_points_and_leaves_out_its_end() -> None:
    assert Span(2, 6).of("🦆 Zoë’s") == "Zoë’"
