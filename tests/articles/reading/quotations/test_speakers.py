"""Who said what, on the table of constructs beside this module."""

from pathlib import Path

import pytest

from articles.reading.quotations import extract

TABLE = Path(__file__).with_name("constructs.txt")


def read_table():
    """Each text with the lines that say what is found in it."""
    constructs = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
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
