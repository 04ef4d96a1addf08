"""Words that somebody is said not to have said, or only supposed to say."""

import pytest

from articles.reading.quotations import extract


def denials(text):
    return [
        found.mention.of(text)
        for quotation in extract(text)
        for found in quotation.evidence
        if found.method == "denial"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Achter never said “the clinic will close.”",
        "Rosa Achter has denied ever saying “the clinic will close.”",
        "Rosa Achter denied that she had said “the clinic will close.”",
        "Rosa Achter declined to say “the clinic will close.”",
        "“The clinic will close,” Rosa Achter could say.",
        "“The clinic will close,” Rosa Achter would say if asked.",
        "If Rosa Achter says “the clinic will close,” the town will weep.",
        "Imagine Rosa Achter saying “the clinic will close.”",
        "A doctored video shows Rosa Achter saying “the clinic will close.”",
        "A fake letter in which Rosa Achter wrote “the clinic will close” was shared widely.",
        "There is no record of Rosa Achter saying “the clinic will close.”",
        "There is no evidence that Rosa Achter said “the clinic will close.”",
        "It is not true that Rosa Achter said “the clinic will close.”",
        "The claim that Rosa Achter said “the clinic will close” was debunked in May.",
        "Did Rosa Achter say “the clinic will close”?",
        "The house stays. Nor did Rosa Achter ever say, “The clinic will close.”",
        "At no time did Rosa Achter say “the clinic will close.”",
        "“The clinic will close,” Rosa Achter said. The quote is made up.",
        "“The clinic will close,” Rosa Achter is quoted as saying in the post. She never said that.",
        "A meme has Rosa Achter saying “the clinic will close.” The meme is fake.",
        "“The clinic will close,” Rosa Achter did not say.",
        "Rosa Achter would never say “the clinic will close.”",
        "“The clinic will close,” Rosa Achter might have said, had anyone asked.",
        "No one at the clinic said “the clinic will close,” Rosa Achter insisted.",
        "Asked whether she said “the clinic will close,” Rosa Achter left.",
        "Rosa Achter may say “the clinic will close” on Monday.",
        "An invented interview has Rosa Achter telling reporters: “The clinic will close.”",
    ],
)
def test_what_was_not_said_is_doubtful_and_its_evidence_says_why(text):
    (quotation,) = extract(text)
    assert quotation.confidence < 0.6
    assert len(denials(text)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rosa Achter did not say “the clinic will close.”", "not say"),
        ("A fake post claims Rosa Achter said “the clinic will close.”", "fake post claims Rosa Achter said"),
        ("“The clinic will close,” Rosa Achter said. The quote is made up.", "is made"),
    ],
)
def test_the_evidence_is_the_words_that_deny(text, words):
    assert denials(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "“The clinic will not close,” Rosa Achter said of the fake letter.",
        "Rosa Achter denied the report. “The clinic will stay,” she said.",
        "Rosa Achter said the claim was “nonsense” and that the video was doctored.",
        "Rosa Achter, who had denied the report, said: “The clinic will stay.”",
        "“The video is real,” Rosa Achter said. The video was doctored, the police said.",
        "Rosa Achter falsely claimed “the clinic is full.”",
        "“The clinic will stay,” she would later say.",
        "Rosa Achter did not only say “the clinic will stay,” she swore it.",
        "Without a word of thanks, Rosa Achter said: “The clinic will stay.”",
        "“I would never close it,” Rosa Achter said, if only to be heard.",
        "Rosa Achter could not stay. “The clinic is shut,” she said.",
        "In May Rosa Achter said: “The clinic will stay.”",
        "No deal has been reached, Rosa Achter said: “The clinic will stay.”",
        "Rosa Achter, not for the first time, said: “The clinic will stay.”",
        "“The clinic will stay,” Rosa Achter said when asked if she would go.",
    ],
)
def test_what_was_said_is_denied_by_nothing_else_in_the_text(text):
    assert extract(text)
    assert denials(text) == []
