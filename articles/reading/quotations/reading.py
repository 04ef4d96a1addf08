"""A paragraph as read: its tokens, its mentions by their places, and the subjects of its sentences."""

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
    """A paragraph with its mentions by their first and by their last token."""

    paragraph: Paragraph
    mentions: Sequence[Mention]
    begins: dict[int, Mention] = field(default_factory=dict)
    ends: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begins = {mention.first: mention for mention in self.mentions}
        self.ends = {mention.last: mention for mention in self.mentions}

    @property
    def tokens(self) -> list[Token]:
        """The paragraph's."""
        return self.paragraph.tokens

    def span(self, mention: Mention) -> Span:
        """Where it stands in the text; a possessive ending or a contracted verb is no part of it."""
        last = self.tokens[mention.last]
        end = last.end
        if mention.kind == "pronoun":
            end = last.start + len(last.lower.partition("'")[0])
        elif last.is_possessive:
            end -= 2 if last.lower.endswith("'s") else 1
        return Span(self.tokens[mention.first].start, end)

    def is_led_in(self, mention: Mention, first: int) -> bool:
        """Whether a preposition leads it in, in the sentence that begins at the token `first`."""
        return mention.first > first and self.tokens[mention.first - 1].lower in PREPOSITIONS

    def subjects(self, first: int, end: int) -> Iterator[Mention]:
        """From the token `first` to before `end`: what may be a subject, going by its place."""
        for place in range(bisect_left(self.mentions, first, key=_first), len(self.mentions)):
            mention = self.mentions[place]
            if mention.last >= end:
                return
            if not self.tokens[mention.last].is_possessive and not self.is_led_in(mention, first):
                yield mention


def _first(mention: Mention) -> int:
    return mention.first
