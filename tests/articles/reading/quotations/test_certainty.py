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
    ],
)
def test_a_surname_of_two_people_is_sure_only_where_something_decides(text, is_sure):
    assert (confidence_of(text) >= AUTOMATIC) is is_sure
