"""What leaves it open whose words they are keeps them out of the automatic tier."""

import pytest

from articles.reading.quotations import AUTOMATIC, extract


def confidence_of(text):
    (quotation,) = extract(text.replace(" ¶¶ ", "\n\n"))
    return quotation.confidence


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("Noor Vance met Rolf Vance at the mill. “It is late,” Vance said.", False),
        (
            "The board heard Noor Vance and Rolf Vance. ¶¶ They agreed. ¶¶ “It is late,” Vance said.",
            False,
        ),
        ("Noor Vance chairs the board. ¶¶ Rolf Vance drives a bus. “It is late,” Vance said.", False),
        ("Noor Vance chairs the board. “It is late,” Vance said. ¶¶ Rolf Vance drives a bus.", True),
        ("Emil Vance met Nora Vance at the mill. “It is late,” Mr. Vance said.", True),
        ("Noor Van Dorn met Rolf Van Dorn at the mill. “It is late,” Van Dorn said.", False),
    ],
)
def test_a_surname_of_two_people_is_sure_only_where_something_decides(text, is_sure):
    assert (confidence_of(text) >= AUTOMATIC) is is_sure


@pytest.mark.parametrize(
    "text",
    [
        "“Close the mill,” Dora Fenn and Ivo Tarn said in a joint statement.",
        "Dora Fenn, Ivo Tarn and Nell Orr wrote: “Close the mill.”",
        "“Close the mill,” Dora Fenn said, quoting Ivo Tarn.",
        "Dora Fenn retweeted Ivo Tarn: “Close the mill.”",
        "Dora Fenn recited a letter: “Close the mill.”",
        "In “The Long Mill,” Dora tells her brother, “Close the mill.”",
        "Dora Fenn remembers her last words: “Close the mill.”",
    ],
)
def test_what_several_say_and_what_is_passed_on_is_not_sure(text):
    assert confidence_of(text) < AUTOMATIC


@pytest.mark.parametrize(
    "text",
    [
        "Dora Fenn passed protesters with signs reading “Save the pier.”",
        "A shirt in the window said “Save the pier.”",
        "“Save the pier,” reads a plaque.",
        "Dora Fenn shared a note saying “Save the pier.”",
    ],
)
def test_what_is_written_on_things_is_doubtful(text):
    assert confidence_of(text) < 0.6


def test_a_pronoun_is_not_sure_where_the_gender_of_several_people_is_unknown():
    text = "Sorrell Vance met Ivo Tarn. “Close it,” Vance said. ¶¶ “Close the mill,” {} said."
    for pronoun in ("he", "she"):
        *_, last = extract(text.format(pronoun).replace(" ¶¶ ", "\n\n"))
        assert last.confidence < AUTOMATIC


def test_a_joint_statement_names_everyone():
    (quotation,) = extract("“Close the mill,” said Dora Fenn and Ivo Tarn.")
    assert quotation.together == ("Dora Fenn", "Ivo Tarn")


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("Ida Holm rose. “We won,” she said.", True),
        ("Kit Vale rose. “We won,” she said.", False),
        ("Ida Holm and a neighbour waited. “We won,” she said.", False),
        ("Ida Holm thanked Ann Brook. “We won,” she said.", False),
        ("Ida Holm thanked a man from Lindle. “We won,” she said.", True),
    ],
)
def test_a_pronoun_is_sure_only_where_nobody_else_may_be_meant(text, is_sure):
    assert (confidence_of(text) >= AUTOMATIC) is is_sure


@pytest.mark.parametrize(
    ("between", "is_sure"),
    [
        ("", True),
        ("The hall was full.", True),
        ("It was not enough, noted the Observer’s Dante Orr.", False),
        ("Dante Orr left early.", False),
    ],
)
def test_whoever_spoke_last_is_he_unless_somebody_else_has_come_up(between, is_sure):
    text = f"“It rained,” said Emil Vance. {between} ¶¶ “People came anyway,” he said."
    *_, last = extract(text.replace(" ¶¶ ", "\n\n"))
    assert (last.confidence >= AUTOMATIC) is is_sure


@pytest.mark.parametrize(("speaker", "is_sure"), [("Republicans", False), ("The Senate", True)])
def test_the_members_of_a_party_do_not_speak_as_one(speaker, is_sure):
    assert (confidence_of(f"{speaker} said on Friday: “The bill is dead.”") >= AUTOMATIC) is is_sure
