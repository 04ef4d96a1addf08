"""Finds the quotations in a draft, with their speakers."""

from collections.abc import Iterator, Sequence
from itertools import chain

from articles.checks.checking import Quotation
from articles.checks.comparison import MIN_WORDS
from articles.checks.words import Words
from articles.reading.budget import Budget, check_length
from articles.reading.language import foreign_language
from articles.reading.quotations import extract, find_nested, find_unattributed
from articles.reading.spans import Span

#: A speaker read with less confidence is not compared with the statements' speakers: it may be a misreading.
SURE_ENOUGH = 0.5
_SENTENCE_ENDS = (".", "!", "?")


class NotReadError(ValueError):
    """The text is in a language that is not supported; the message is for whoever sent it."""


def quotations_in(text: str, *, language: str = "", seconds: float = 0) -> list[Quotation]:
    """The quotations of an English text, in order, with the speakers that it names clearly enough.

    Words in quotation marks without a speaker, and quotations within quotations, are included if they are
    long enough to be compared. Raises ``NotReadError`` for another language, and ``OverBudgetError`` if
    reading takes more than ``seconds`` of processor time.
    """
    spoken = foreign_language(text, language).lower().partition("-")[0]
    if spoken:
        raise NotReadError(
            f"The text is not in English ({spoken}), the only language in which drafts are read. Send its"
            " quotations one by one as `quotations`, in any language."
        )
    check_length(text)
    budget = Budget(seconds)
    attributed = extract(text, budget=budget)
    found = [
        _quotation(text, parts, one.name if one.confidence >= SURE_ENOUGH else "")
        for one in attributed
        for parts in _sentences(text, one.parts)
    ]
    unattributed = find_unattributed(text, attributed, budget)
    passages = sorted((*chain.from_iterable(one.parts for one in attributed), *unattributed), key=_start)
    alone = [_quotation(text, [words]) for words in (*unattributed, *find_nested(text, passages, budget))]
    found += [one for one in alone if len(Words(one.words).words) >= MIN_WORDS]
    return sorted(found, key=lambda one: one.start or 0)


def _sentences(text: str, parts: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The parts of a quotation, grouped: those of one sentence, or next to each other, stay together.

    "First," she said. "Second." may have been said at different times, and other articles may print it as two
    quotations. Parts of a few words stay together, since they could not be compared alone.
    """
    long = [len(Words(part.of(text)).words) >= MIN_WORDS for part in parts]
    start = 0
    for end in range(1, len(parts)):
        reporter = Words(text[parts[end - 1].end : parts[end].start])
        ended = bool(reporter.words) and reporter.bare.endswith(_SENTENCE_ENDS)
        if ended and any(long[start:end]) and any(long[end:]):
            yield parts[start:end]
            start = end
    yield parts[start:]


def _start(passage: Span) -> int:
    return passage.start


def _quotation(text: str, parts: Sequence[Span], speaker: str = "") -> Quotation:
    """The parts of a quotation; an interruption by the reporter is not an omission."""
    words = " ".join(part.of(text) for part in parts)
    return Quotation(words, speaker, start=parts[0].start, end=parts[-1].end)
