"""Compares the words of a quotation with those of a statement. Plain Python.

Similarity alone proves nothing: a sentence and its negation differ in one word. So every difference is
reported.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rapidfuzz.distance import LCSseq

from articles.checks.words import Words, find
from articles.reading.quotations.lexicon import FUNCTION_WORDS
from newsdb.text import fold

#: The relation of a quotation's words to a statement's, the closest first.
Kind = Literal["exact", "same", "elided", "contained", "extends", "altered"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Change = Literal["negation", "number"]
Operation = Literal["equal", "insert", "delete", "replace"]

#: Fewer words than these do not identify a speaker.
MIN_WORDS = 4
#: A quotation is an altered statement if at least this share of its words is there, in order.
MIN_EQUAL_SHARE = 0.6
#: Below this share, at least two of the equal words must be content words.
HIGH_EQUAL_SHARE = 0.75
#: An abridged quotation must have at least one run of this many words.
MIN_RUN = 3

_NEGATIVE_WORDS = "not no never none nobody nothing nowhere neither nor without"
_WITH_NOT = (
    "cannot aint arent cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt"
    " oughtnt shant shouldnt wasnt werent wont wouldnt"
)
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
    " hundreds thousand thousands million millions billion billions trillion dozen dozens half twice"
    " percent - + $ £ ¥ € once thrice double triple quarter quarters first second third fourth fifth sixth"
    " seventh eighth ninth tenth"
)
#: Function words, folded like the words compared.
_GRAMMAR = frozenset(fold(word) for word in FUNCTION_WORDS)
#: Negative words, each with the negation in it: "won't" changes nothing of "will not".
_NEGATIONS = {word: word for word in _NEGATIVE_WORDS.split()} | dict.fromkeys(_WITH_NOT.split(), "not")
_NUMBERS = frozenset(_NUMBER_WORDS.split())


@dataclass(frozen=True, slots=True)
class Step:
    """An edit step from a statement's words to a quotation's.

    ``equal``; ``insert``: the quotation adds ``words``; ``delete``: it leaves out ``held``; ``replace``: it
    has ``words`` instead of ``held``.
    """

    operation: Operation
    words: range
    held: range


@dataclass(frozen=True, slots=True)
class Comparison:
    """The relation of a quotation's words to a statement's."""

    kind: Kind
    steps: tuple[Step, ...]
    """From the first to the last common word, including all words of the quotation; and a word beside them
    whose omission changes a negation or a number.
    """
    changes: tuple[Change, ...]
    """Whether the differing words change negations or numbers."""
    closeness: float
    """The number of equal words as a share of the longer text: 1 if all are equal. What an altered statement
    says before and after the words is not counted.
    """


def compare(given: Words, held: Words) -> Comparison | None:
    """Compare the words ``given`` with those ``held``; None if they have too little in common."""
    if not given.words or not held.words:
        return None
    if given.words == held.words:
        kind: Kind = "exact" if given.bare == held.bare else "same"
        return _comparison(kind, [_equal(0, 0, len(given.words))], given, held)
    if given.is_abridged and (steps := _elided(given, held)):
        # If both mark the same omission, nothing is left out.
        marked = given.opens_within or given.ends_within or len(steps) > len(given.pieces)
        return _comparison("elided" if marked else "contained", steps, given, held)
    if (start := find(given.words, held.words)) is not None:
        return _comparison("contained", _contained(given.words, held.words, start), given, held)
    if len(held.words) >= MIN_WORDS and (start := find(held.words, given.words)) is not None:
        end = start + len(held.words)
        before = Step("insert", range(start), range(0))
        after = Step("insert", range(end, len(given.words)), range(len(held.words), len(held.words)))
        steps = [before, _equal(start, 0, len(held.words)), after]
        return _comparison("extends", [step for step in steps if step.words], given, held)
    steps = _aligned(given.words, held.words)
    return _comparison("altered", steps, given, held) if _are_alike(given.words, steps) else None


def _are_alike(given: Sequence[str], steps: Sequence[Step]) -> bool:
    """Whether enough words are equal, and enough of them are content words.

    Without the second rule, "on the up and up" would match any sentence with "on", "the" and "and".
    """
    equal = [given[place] for step in steps if step.operation == "equal" for place in step.words]
    telling = sum(word not in _GRAMMAR for word in given)
    told = sum(word not in _GRAMMAR for word in equal)
    few = len(equal) < HIGH_EQUAL_SHARE * len(given)
    return len(equal) >= MIN_EQUAL_SHARE * len(given) and told >= max(telling / 2, 2 if few else 1)


def _comparison(kind: Kind, steps: Sequence[Step], given: Words, held: Words) -> Comparison:
    shared = sum(len(step.words) for step in steps if step.operation == "equal")
    changes = _changes(steps, given, held)
    beside = sum(len(step.held) for step in steps) if kind == "altered" else len(held.words)
    return Comparison(kind, tuple(steps), changes, shared / max(len(given.words), beside))


def _equal(words: int, held: int, length: int) -> Step:
    return Step("equal", range(words, words + length), range(held, held + length))


def _contained(given: Sequence[str], held: Sequence[str], start: int) -> list[Step]:
    """The steps if the statement has the words at ``start``, with the word before or after that matters.

    A negation before them denies them ("not" before "close the pier"), and a number at their edge goes on
    ("million" after "cost 85").
    """
    end = start + len(given)
    before = range(max(0, start - 1), start)
    after = range(end, min(end + 1, len(held)))
    steps = [_equal(0, start, len(given))]
    if before and (held[start - 1] in _NEGATIONS or (_is_number(held[start - 1]) and _is_number(given[0]))):
        steps.insert(0, Step("delete", range(0), before))
    if after and _is_number(held[end]) and _is_number(given[-1]):
        steps.append(Step("delete", range(len(given), len(given)), after))
    return steps


def _elided(given: Words, held: Words) -> list[Step] | None:
    """The steps if the statement has every piece, in order; else None."""
    if max(map(len, given.pieces), default=0) < MIN_RUN:
        return None
    steps: list[Step] = []
    word = 0  # how far the quotation is processed
    place = 0  # how far the statement is processed
    for piece in given.pieces:
        start = find(given.words[piece.start : piece.stop], held.words, place)
        if start is None:
            return None
        if steps or piece.start > word:
            left_out = range(place, start) if steps else range(max(0, start - (piece.start - word)), start)
            steps += _between(range(word, piece.start), left_out)
        steps.append(_equal(piece.start, start, len(piece)))
        word, place = piece.stop, start + len(piece)
    return steps + _between(range(word, len(given.words)), range(place, place))


def _between(words: range, held: range) -> list[Step]:
    """The step between two pieces, if there is a difference."""
    if not words and not held:
        return []
    return [Step("replace" if words and held else "insert" if words else "delete", words, held)]


def _aligned(given: Sequence[str], held: Sequence[str]) -> list[Step]:
    """The steps with the most equal words, within the most similar part of ``held``."""
    start, end = _most_similar_span(given, held)
    steps: list[Step] = []
    for each in LCSseq.opcodes(given, held[start:end]):
        words = range(each.src_start, each.src_end)
        others = range(each.dest_start + start, each.dest_end + start)
        if each.tag == "equal":
            steps.append(Step("equal", words, others))
        elif steps and steps[-1].operation != "equal":
            last = steps.pop()
            words = range(last.words.start, words.stop) if words else last.words
            others = range(last.held.start, others.stop) if others else last.held
            steps += _between(words, others)
        else:
            steps += _between(words, others)
    return _trimmed(steps)


def _trimmed(steps: list[Step]) -> list[Step]:
    """Remove what the statement says before and after the words of the quotation."""
    if steps and steps[0].operation != "equal":
        words, held = steps[0].words, steps[0].held
        steps[:1] = _between(words, range(max(held.start, held.stop - len(words)), held.stop))
    if steps and steps[-1].operation != "equal":
        words, held = steps[-1].words, steps[-1].held
        steps[-1:] = _between(words, range(held.start, min(held.stop, held.start + len(words))))
    return steps


def _most_similar_span(given: Sequence[str], held: Sequence[str]) -> tuple[int, int]:
    """The span of a long text with the most words at the same distances as in ``given``."""
    slack = max(4, len(given) * 2 // 3)
    if len(held) <= len(given) + slack:
        return 0, len(held)
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(held):
        places[word].append(place)
    # The offsets of words between the texts. Words of the same passage have similar offsets.
    moves = sorted(place - number for number, word in enumerate(given) for place in places.get(word, ()))
    if not moves:
        return 0, 0
    best = max(range(len(moves)), key=lambda first: bisect_right(moves, moves[first] + slack) - first)
    return max(0, moves[best]), min(len(held), moves[best] + len(given) + slack)


def _changes(steps: Iterable[Step], given: Words, held: Words) -> tuple[Change, ...]:
    """The kinds of change: whether a step changes a negation or a number, or moves one."""
    changes: set[Change] = set()
    for step in steps:
        if step.operation == "equal":
            continue
        ours = given.words[step.words.start : step.words.stop]
        theirs = held.words[step.held.start : step.held.stop]
        if _negations(ours) != _negations(theirs):
            changes.add("negation")
        if Counter(filter(_is_number, ours)) != Counter(filter(_is_number, theirs)):
            changes.add("number")
    return tuple(sorted(changes))


def _negations(words: Sequence[str]) -> Counter[str]:
    return Counter(_NEGATIONS[word] for word in words if word in _NEGATIONS)


def _is_number(word: str) -> bool:
    return word in _NUMBERS or any(character.isdigit() for character in word)
