"""A paragraph with its tokens, mentions and the subjects of its sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.reading.quotations.lexicon import PREPOSITIONS
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.tokens import Paragraph, Token
from articles.reading.spans import Span


@dataclass(slots=True)
class Reading:
    """A paragraph with its mentions, indexed by first and last token."""

    paragraph: Paragraph
    mentions: Sequence[Mention]
    begins: dict[int, Mention] = field(default_factory=dict)
    ends: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begins = {mention.first: mention for mention in self.mentions}
        self.ends = {mention.last: mention for mention in self.mentions}

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the paragraph."""
        return self.paragraph.tokens

    def span(self, mention: Mention) -> Span:
        """The span of a mention, without a possessive ending or contracted verb."""
        last = self.tokens[mention.last]
        end = last.end
        if mention.kind == "pronoun":
            end = last.start + len(last.lower.partition("'")[0])
        elif last.is_possessive:
            end -= 2 if last.lower.endswith("'s") else 1
        return Span(self.tokens[mention.first].start, end)

    def is_led_in(self, mention: Mention, first: int) -> bool:
        """Whether a preposition precedes it, in the sentence that begins at token `first`."""
        return mention.first > first and self.tokens[mention.first - 1].lower in PREPOSITIONS

    def subjects(self, first: int, end: int) -> Iterator[Mention]:
        """Yield possible subjects, by position, between token `first` and `end` (exclusive)."""
        for place in range(bisect_left(self.mentions, first, key=_first), len(self.mentions)):
            mention = self.mentions[place]
            if mention.last >= end:
                return
            if not self.tokens[mention.last].is_possessive and not self.is_led_in(mention, first):
                yield mention


def _first(mention: Mention) -> int:
    return mention.first
