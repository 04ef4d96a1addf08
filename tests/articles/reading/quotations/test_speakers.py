"""Who said what, on the tables beside this module."""

from pathlib import Path

import pytest

from articles.reading.quotations import extract

TABLES = [Path(__file__).with_name(f"{name}.txt") for name in ("constructs", "people")]


def read_table():
    """Each text with the lines that say what is found in it."""
    constructs = []
    lines = [line for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line.startswith("  = "):
            constructs[-1][1].append(line.removeprefix("  = "))
        elif line and not line.startswith("#"):
            constructs.append((line.replace(" ¶¶ ", "\n\n").replace(" ¶ ", "\n"), []))
    return constructs


CONSTRUCTS = read_table()


@pytest.mark.parametrize(("text", "expected"), CONSTRUCTS, ids=[text[:40] for text, _ in CONSTRUCTS])
def test_the_speaker_of_a_quotation(text, expected):
    found = []
    for quotation in extract(text):
        parts = " | ".join(part.of(text) for part in quotation.parts)
        mention = quotation.mention.of(text) if quotation.mention else ""
        found.append(f"{parts} / {mention} / {quotation.name}".rstrip())
    assert found == expected
