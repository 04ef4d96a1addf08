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
    ("“One, two? she asked.¶“Three,” he said.", ["One, two?", "Three,"]),
    ('"One two, Odo Marsh told the crew.¶"Three."', ["One two", "Three."]),
    ("“One two, asked Ann Brook, the clerk.¶“Three.”", ["One two", "Three."]),
    ("“One. I asked him.¶“Two,” said Ann Brook.", ["One. I asked him.", "Two,"]),
    ("“”", []),
    ("“...”", []),
]

#: The same, where the text's own marks are single.
SINGLE = [
    ("Ann said: ‘It’s one.’", ["It’s one."]),
    ("‘The ’60s were one,’ said Ann.", ["The ’60s were one,"]),
    ("‘The ‘60s were one,’ said Ann.", ["The ‘60s were one,"]),
    ("'Rock 'n' roll was one in the '50s,' Ann said.", ["Rock 'n' roll was one in the '50s,"]),
    ("‘The class of ’98 is one’, Ann said.", ["The class of ’98 is one"]),
    ("Ann missed the ’90s and the farmers’ bell.", []),
    (
        "‘It is the girls’ turn’, said Ann. ‘The boys’ turn is over.’",
        ["It is the girls’ turn", "The boys’ turn is over."],
    ),
    ("Ann called it ‘a mess’ and the drivers’ pay ‘an insult’.", ["a mess", "an insult"]),
    ("‘Nobody told the tenants’, Ann wrote.", ["Nobody told the tenants"]),
    ("‘Wait for the nurses’ said the sign. ‘They wait.’", ["Wait for the nurses", "They wait."]),
    ("‘We’re goin’ home in a cup o’ tea,’ Ann said.", ["We’re goin’ home in a cup o’ tea,"]),
    ("‘One “two” three,’ said Ann.¶‘Four.’", ["One “two” three,", "Four."]),
    ("Ann was blunt. ‘“One” is two,’ she said.", ["“One” is two,"]),
    ("Ann's 'free' lunch cost £6. 'It was soup,' she said.", ["free", "It was soup,"]),
    ("‘One and two and three,’ said Ann.¶“Four,” said Odo.", ["One and two and three,", "Four,"]),
    ("‘One.¶‘Ask the miners’ wives.’", ["One.", "Ask the miners’ wives."]),
    ("‘One two, said Ann Brook.¶‘Three.’", ["One two", "Three."]),
]
DOUBLE = [
    ("Ann says ‘one’¶“One two three,” she said.", ["One two three,"]),
    ("“The boys’ ‘one’ of ’86 is two,” Ann said.", ["The boys’ ‘one’ of ’86 is two,"]),
    ("The ‘smart’ meter and the ’60s. “They froze,” said Ann.", ["They froze,"]),
]

#: The same, where several words in single marks are read beside the double ones.
MIXED = [
    ("‘One two three four’: Ann¶“Five six seven eight nine,” she said.", True),
    ("'One two three four', says Ann¶\"Five six seven eight nine,\" she said.", True),
    ("Ann said ‘One two three four’. “Five six seven eight nine,” said Odo.", True),
    ("“Five six seven eight nine,” Ann said, and ‘One two three four’.", True),
    ("Ann said ‘one two three’. “Five six seven eight nine,” said Odo.", False),
    ("“Five six ‘one two three four’ seven eight nine,” said Ann.", False),
    ("“Five six.¶“Seven ‘one two three four’ eight.¶“Nine,” said Ann.", False),
    ("Five ‘one two three four’ six,” said Ann.¶“Seven eight nine ten eleven twelve,” she said.", False),
    ("“Five six seven eight nine,” said Ann. “Ten ‘one two three four’ eleven.", False),
    ("Ann ran the 'hood and one two three fours' bell. “Five six seven eight nine ten,” she said.", False),
    (
        "Ann missed the '90s and one two three four of the '80s. “Five six seven eight nine ten,” she said.",
        False,
    ),
]


def read(text, *, mixed=False):
    paragraphs = find_paragraphs(text)
    return find_quoted(text, paragraphs, mixed=mixed)


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_what_stands_in_marks(text, expected):
    text = text.replace("¶", "\n")
    assert [quoted.inner.of(text) for quoted in read(text)] == expected


@pytest.mark.parametrize(("text", "expected"), SINGLE, ids=[text for text, _ in SINGLE])
def test_single_marks_are_told_from_apostrophes(text, expected):
    text = text.replace("¶", "\n")
    assert [quoted.inner.of(text) for quoted in read(text)] == expected


@pytest.mark.parametrize(("text", "expected"), DOUBLE, ids=[text for text, _ in DOUBLE])
def test_single_marks_are_no_quotations_where_most_is_quoted_in_double_ones(text, expected):
    text = text.replace("¶", "\n")
    assert [quoted.inner.of(text) for quoted in read(text)] == expected


@pytest.mark.parametrize(("text", "expected"), MIXED, ids=[text for text, _ in MIXED])
def test_several_words_in_single_marks_are_read_beside_double_ones_if_asked_to(text, expected):
    text = text.replace("¶", "\n")
    found = {quoted.inner.of(text).lower() for quoted in read(text, mixed=True)}
    assert ("one two three four" in found) is expected
    assert found - {"one two three four"} == {quoted.inner.of(text).lower() for quoted in read(text)}


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
