"""Classifies runs of capitalised words as names, organisations or titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from articles.reading.quotations.lexicon import (
    FEMALE_NAMES,
    FEMALE_TITLES,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    MALE_NAMES,
    MALE_TITLES,
    NAME_PARTICLES,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    POSTNOMINALS,
    TITLES,
    speaks,
)
from articles.reading.quotations.tokens import Token

MentionKind = Literal["person", "organisation", "pronoun", "nominal"]
Gender = Literal["female", "male", ""]

MARKS = frozenset('“”"')
_NO_PARTS = MARKS | {","}
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sen", "rep", "gov", "prof", "sir"})
_TITLES_TOO = frozenset({"king", "bishop", "major", "pope", "prince", "duke", "baron", "judge", "singer"})
"""Titles that are also surnames."""
_NO_GIVEN_NAMES = NOT_NAMES | ORGANISATION_NOUNS | FUNCTION_WORDS | TITLES | SUFFIXES
_NAME_ENDS = ORGANISATION_NOUNS | NOT_NAMES | {"states", "nations"}
_NO_SURNAMES = TITLES | NOT_NAMES | ORGANISATION_NOUNS | {"emeritus", "emerita"}
_FORMER = frozenset({"acting", "co", "deputy", "ex", "former", "then", "vice"})
"""Before a hyphen, these make a role of a role: "then-mayor"."""
_FUTURE = frozenset({"designate", "elect", "nominate"})
_GIVEN_TOO = frozenset(
    {"april", "august", "dane", "georgia", "india", "israel", "june", "kenya", "london", "may", "paris"}
    | {"virginia"}
)
"""Names of months, places and peoples that are given names, too, before one other word: "June Holm"."""
_AGENTS = ("ist", "ian", "er", "or", "ive", "ly", "ed", "ing")
"""Endings of nouns for people, adverbs and participles, which may be capitalised before a name."""


def is_title(token: Token, *, opens: bool) -> bool:
    """Whether it is a title; "Sen" without a full stop only where it opens the name: "Ada Sen Gupta".

    "MD" is a managing director, "Md." Maryland or the given name Mohammed.
    """
    return token.plain in TITLES and (opens or token.text != "Sen") and token.text.rstrip(".") != "Md"


def gender_of_title(title: str) -> Gender:
    """The gender implied by a title in lower case."""
    return "female" if title in FEMALE_TITLES else "male" if title in MALE_TITLES else ""


def without_role(name: str) -> str:
    """A name without the role before it and a possessive ending, as reporters and their readers write it.

    >>> without_role("U.S. Defense Secretary Ada Pier’s"), without_role("Sec. Pier")
    ('Ada Pier', 'Pier')
    >>> without_role("Ada King Pier"), without_role("the secretary")
    ('Ada King Pier', 'the secretary')
    """
    words = name.strip().removesuffix("’s").removesuffix("'s").split()
    plain = [word.lower().strip(".,") for word in words]
    roles = [
        place
        for place, word in enumerate(plain[:-1])
        if word in TITLES | PERSON_NOUNS and not (place and word in _TITLES_TOO)
    ]
    rest = words[roles[-1] + 1 :] if roles else words
    named = any(word in GIVEN_NAMES - FUNCTION_WORDS for word in plain[: len(words) - len(rest)])
    return " ".join(words if named or SUFFIXES.issuperset(plain[len(words) - len(rest) :]) else rest)


def given_gender(word: str) -> Gender:
    """The gender implied by a given name in lower case."""
    return "female" if word in FEMALE_NAMES else "male" if word in MALE_NAMES else ""


def classify(tokens: Sequence[Token], first: int, last: int) -> tuple[MentionKind, list[int], Gender, str]:
    """The kind, name tokens, gender and title of a run of capitalised words."""
    run = _without_letters(
        tokens,
        [
            i
            for i in range(first, last + 1)
            if tokens[i].text not in _NO_PARTS and not (first < i < last and _is_in_marks(tokens, i))
        ],
    )
    words = [tokens[i].plain for i in run]
    gender: Gender = ""
    start, title = 0, ""
    for place, word in enumerate(words):
        if _describes(words, place) or (_is_compound_role(word) and words[place + 1 :]):
            start = place + 1
        elif is_title(tokens[run[place]], opens=not place) and not _is_surname(words, place):
            start, title = place + 1, word
            gender = gender or gender_of_title(word)
            if words[start : start + 1] == ["of"]:
                start += 2  # "Secretary of State Ida Holm", "… of Home Affairs Ida Holm"
                start = max(start, len(words) - 2) if not GIVEN_NAMES.intersection(words[start:]) else start
    if title and start >= len(words):
        return "nominal", [], gender, title
    of_office = last + 1 < len(tokens) and tokens[last + 1].lower == "of"
    if len(words) == 1 and words[0] in PERSON_NOUNS and of_office:
        return "nominal", [], "", ""  # "the Member of Parliament"
    rest = run[start:]
    given = _first_given(tokens, rest)
    if title and given and not any(tokens[i].plain in _NO_SURNAMES for i in rest[:given]):
        given = 0  # "Minister Azman Hashim Ismail"
    ends_in_body = tokens[rest[-1]].plain in ORGANISATION_NOUNS
    if given is not None and given + 1 < len(rest) and not (ends_in_body and len(rest) > 2):
        rest = rest[given:]
    elif not title:
        if any(tokens[i].plain in ORGANISATION_NOUNS for i in rest) or (
            len(rest) == 1 and _is_acronym(tokens[rest[0]])
        ):
            return "organisation", rest, "", ""
        rest = _without_description(tokens, rest)
    if all(tokens[i].plain in NOT_NAMES for i in rest):
        plural = tokens[rest[-1]].plain[-1:] == "s" and not tokens[rest[-1]].is_possessive
        is_somebody = first and tokens[first - 1].lower == "the" and words[-1] not in PERSON_NOUNS
        return ("nominal" if plural or is_somebody else "person"), [], "", ""
    if not gender:
        gender = given_gender(tokens[rest[0]].plain)
    return "person", rest, gender, title


def _without_letters(tokens: Sequence[Token], run: list[int]) -> list[int]:
    """The run without the letters behind a name: "Ida Holm KC", "Odo Marsh MP", but "the Lindle North MP"."""
    named = tokens[run[0]].plain in GIVEN_NAMES
    end = len(run)
    while end > 2 and (word := tokens[run[end - 1]].plain.replace(".", "")) in POSTNOMINALS:
        if tokens[run[end - 1]].text.istitle() or (word in TITLES and not named):
            break
        end -= 1
    return run[:end]


def _without_description(tokens: Sequence[Token], run: list[int]) -> list[int]:
    """The run without peoples, places and acronyms before the name: "British Ida Holm", "RCMP Ida Holm"."""
    while len(run) > 1:
        described = tokens[run[0]].plain
        is_given = described in _GIVEN_TOO and len(run) == 2 and tokens[run[1]].plain not in _NO_SURNAMES
        letters = len(run) > 2 and _is_acronym(tokens[run[0]]) and not tokens[run[-1]].text.isupper()
        if is_given or not (letters or described in NOT_NAMES):
            return run
        run = run[1:]
    return run


def name_at_end(tokens: Sequence[Token], first: int, last: int, *, bare: bool) -> list[int]:
    """The name at the end of an office: for "the Marlow Council Enver Solberg", the last two words.

    It follows the last word that ends the name of an organisation or place. A title without an article
    (`bare`) must have a name, so without such a word the last two words are taken.
    """
    run = range(first, last + 1)
    if any(tokens[i].plain in TITLES or not tokens[i].is_capitalised for i in run):
        return []
    ends = [i for i in run if tokens[i].plain in _NAME_ENDS]
    tail = [i for i in run if i > (ends[-1] if ends else last)]
    if not ends and bare and len(run) > 2:
        given = next((i for i in run if i > first and tokens[i].plain in GIVEN_NAMES), last - 1)
        tail = [i for i in run if i >= given]
    return tail if 1 < len(tail) < 5 and tokens[tail[0]].plain not in FUNCTION_WORDS else []


def _describes(words: Sequence[str], place: int) -> bool:
    """Whether the word says what the named are: "Novelist Ida Holm", "Senators Ida Holm and Odo Marsh"."""
    word, following = words[place], words[place + 1 :]
    if not following or word in GIVEN_NAMES or not ORGANISATION_NOUNS.isdisjoint(following):
        return False
    if word not in TITLES and word.removesuffix("s") in TITLES:
        return place == 0
    return word in PERSON_NOUNS - TITLES and len(following) > 1


def _is_compound_role(word: str) -> bool:
    """Whether it is a role by its form: "Mother-of-two", "Then-Mayor", "Premier-designate", "24-year-old"."""
    before, _, role = word.partition("-")
    described = before in _FORMER and (role in TITLES or speaks(role))
    described = described or (role in _FUTURE and before in TITLES)
    return described or "-of-" in word or word.endswith("-year-old")


def _is_surname(words: Sequence[str], place: int) -> bool:
    """Whether the title at a place is a surname at the end of the run: "Charlie King", "Mr. Bishop"."""
    if place == 0 or any(word not in SUFFIXES for word in words[place + 1 :]):
        return False
    before, word = words[place - 1], words[place]
    if before in GIVEN_NAMES or (len(before) == 1 and place > 1):
        return True
    unknown = before not in _NO_SURNAMES
    return word in _TITLES_TOO and (before in _HONORIFICS or (place == 1 and unknown))


def _first_given(tokens: Sequence[Token], run: Sequence[int]) -> int | None:
    """Where a person's name begins in a run, based on a known given name.

    The word before it belongs to the name ("Michaela Ann Davis"), unless it describes the person.
    """
    for place, i in enumerate(run):
        if tokens[i].plain in GIVEN_NAMES and not (place and tokens[i].plain in NAME_PARTICLES):
            return 0 if place == 1 and place + 1 < len(run) and _may_be_given(tokens[run[0]]) else place
    return None


def _may_be_given(token: Token) -> bool:
    word = token.plain
    return word.isalpha() and not (
        word in _NO_GIVEN_NAMES or speaks(word) or token.text.isupper() or word.endswith(_AGENTS)
    )


def _is_in_marks(tokens: Sequence[Token], index: int) -> bool:
    """Whether it is alone between two marks, like a nickname within a name."""
    return tokens[index - 1].text in MARKS and tokens[index + 1].text in MARKS


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and 2 < len(token.text) < 7 and token.plain not in NOT_NAMES
