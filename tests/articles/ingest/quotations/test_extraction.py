"""Who said what, construct by construct, on sentences of our own."""

import pytest

from articles.ingest.quotations import AUTOMATIC, extract

#: Text; for each quotation its words, the speaker as printed, and the name.
CONSTRUCTS = [
    ("“The library stays,” Ada Brook said.", [("The library stays", "Ada Brook", "Ada Brook")]),
    ("“The library stays,” said Ada Brook.", [("The library stays", "Ada Brook", "Ada Brook")]),
    ("Ada Brook said, “The library stays.”", [("The library stays.", "Ada Brook", "Ada Brook")]),
    ("Ada Brook said: \"The library stays.\"", [("The library stays.", "Ada Brook", "Ada Brook")]),
    (
        "“The library stays,” said Ada Brook, chair of the council, on Monday.",
        [("The library stays", "Ada Brook", "Ada Brook")],
    ),
    (
        "Ada Brook, who has read every book in it, said, “The library stays.”",
        [("The library stays.", "Ada Brook", "Ada Brook")],
    ),
    (
        "Ada Brook opened the door. “The library stays open,” she said.",
        [("The library stays open", "she", "Ada Brook")],
    ),
    (
        "“The library stays open,” according to Ada Brook.",
        [("The library stays open", "Ada Brook", "Ada Brook")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONSTRUCTS, ids=[text[:40] for text, _ in CONSTRUCTS])
def test_the_speaker_of_a_quotation(text, expected):
    found = [
        (quotation.parts[0].of(text), quotation.mention and quotation.mention.of(text), quotation.name)
        for quotation in extract(text)
    ]
    assert found == expected


def test_methods_that_agree_make_it_sure_enough_to_publish():
    (quotation,) = extract("“The library stays,” Ada Brook said.")
    assert {found.name for found in quotation.evidence} == {"Ada Brook"}
    assert quotation.confidence >= AUTOMATIC


def test_scare_quotes_are_nobodys_words():
    assert extract("The so-called “golden age” of the ferry is over.") == []
