"""The ways in which statements are quoted, rightly and wrongly, for the benchmark of checks."""

import random
from collections.abc import Callable

NEVER, ANOTHER, ONE_WORD = "never said", "another's name", "one word changed"
NEGATED, AFFIRMED = "a negation added", "a negation taken away"
#: The one word of the dataset's invented language that negates: some 750 of a million statements have it.
NEGATION = "never"

#: Quotes the words of a statement, with the words of others at hand.
Change = Callable[[random.Random, list[str], list[str]], list[str]]


def _cut(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    part = max(1, len(words) // 4)
    return words[part:] if draw.random() < 0.5 else words[:-part]


def _added(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    more = draw.choices(others, k=3)
    return more + words if draw.random() < 0.5 else words + more


def _elided(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    third = len(words) // 3
    return [*words[:third], "[…]", *words[third + max(1, len(words) // 5) :]]


def _changed(count: Callable[[list[str]], int], put: str = "") -> Change:
    """So many words replaced, by words of other statements or by ``put``."""

    def change(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
        words = list(words)
        for place in draw.sample(range(len(words)), count(words)):
            words[place] = put or _other_than(words[place], draw, others)
        return words

    return change


def _other_than(word: str, draw: random.Random, others: list[str]) -> str:
    while (other := draw.choice(others)).strip(",.").lower() == word.strip(",.").lower():
        pass
    return other


def _negated(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    place = draw.randrange(1, len(words))
    return [*words[:place], "not", *words[place:]]


def _affirmed(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    place = draw.choice(negations(words))
    return [*words[:place], *words[place + 1 :]]


def negations(words: list[str]) -> list[int]:
    """Where ``NEGATION`` is within ``words``. At either end, a quotation without it would only be cut."""
    return [place for place in range(1, len(words) - 1) if words[place].strip(",.").lower() == NEGATION]


WAYS: dict[str, Change] = {
    "verbatim": lambda draw, words, others: words,
    "marks and case": lambda draw, words, others: [word.upper().strip(",.") for word in words],
    "cut": _cut,
    "added": _added,
    "elided": _elided,
    ONE_WORD: _changed(lambda words: 1),
    NEGATED: _negated,
    AFFIRMED: _affirmed,
    "a number": _changed(lambda words: 1, put="47"),
    "a fifth changed": _changed(lambda words: max(1, len(words) // 5)),
    NEVER: lambda draw, words, others: draw.choices(others, k=len(words)),
    ANOTHER: lambda draw, words, others: words,
}
