"""What stands in quotation marks, whichever marks they are and whichever is missing."""

import pytest

from articles.reading.quotations.marks import find_quoted
from articles.reading.quotations.paragraphs import find_paragraphs

#: A text (¶: a line break), and what stands in marks in it.
TABLE = [
    ("He said “one” and “two”.", ["one", "two"]),
    ('He said "one" and "two".', ["one", "two"]),
    ('He said “one" and "two”.', ["one", "two"]),
    ("He said “one“ and ”two”.", ["one", "two"]),
    ("He said ``one'' and ''two''.", ["one", "two"]),
    ("He said „one“ and «two».", ["one", "two"]),
    ("He said “one “two” three”.", ["one “two” three"]),
    ('He said "one "two" three".', ['one "two" three']),
    ("He said “one ‘two’ three”.", ["one ‘two’ three"]),
    ("‘It’s one,’ he said. ‘Isn’t it?’", ["It’s one,", "Isn’t it?"]),
    ("The dogs’ bell isn’t ‘one’ of “ours”.", ["ours"]),
    ('A 6" pipe and a 5\'10" man.', []),
    ("“ one ” he said", ["one"]),
    ("He said: “one two. Three four.", ["one two. Three four."]),
    ("“One two, he said. “Three.”", ["One two", "Three."]),
    ("“One two,” he said. Three four.” He left.", ["One two,", "Three four."]),
    ("One two,” he said.", ["One two,"]),
    ("He said, one two.”", ["one two."]),
    ("“One.¶“Two.¶“Three.”", ["One.", "Two.", "Three."]),
    ("“One “two” three.¶“Four.”", ["One “two” three.", "Four."]),
    ("“One.¶He left. “Two.”", ["One.", "Two."]),
    ("“”", []),
    ("“...”", []),
]


def read(text):
    paragraphs = find_paragraphs(text)
    return find_quoted(text, paragraphs)


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_what_stands_in_marks(text, expected):
    text = text.replace("¶", "\n")
    assert [quoted.inner.of(text) for quoted in read(text)] == expected


def test_paragraphs_that_repeat_the_opening_mark_go_on():
    assert [quoted.continues for quoted in read("“One.\n“Two.\n“Three.”\n“Four.”")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_paragraph_of_little_but_marks_is_no_prose():
    assert read("“a” " * 400) == []
    assert len(read("“a” " * 200)) == 200


def test_lines_that_were_wrapped_are_one_paragraph():
    text = (
        "“The boat sails on\nMonday without the bell\nand with the soup, if\nthere is any left on\n"
        "the landing,” she said.\n\nNobody knew."
    )
    assert [text[p.start : p.start + 8] for p in find_paragraphs(text)] == ["“The boa", "Nobody k"]
    assert [len(quoted.inner.of(text).splitlines()) for quoted in read(text)] == [5]
