"""Interprets the capitals of a paragraph: names, or title case in a headline."""

from __future__ import annotations

from articles.reading.quotations.lexicon import FUNCTION_WORDS
from articles.reading.quotations.tokens import Paragraph


def capitalised_within(paragraph: Paragraph) -> set[str]:
    """The words, in lower case, that are capitalised although they do not begin a sentence."""
    starts = {first for first, _ in paragraph.sentences}
    tokens = paragraph.tokens
    return {
        token.plain
        for index, token in enumerate(tokens)
        if token.is_capitalised
        and index not in starts
        and (tokens[index - 1].is_word or tokens[index - 1].text == ",")
    }


def is_headline(paragraph: Paragraph) -> bool:
    """Whether nearly all content words are capitalised, so that capitals do not indicate names."""
    if (
        paragraph.tokens[-1].text in {",", ":"}
        or len(paragraph.sentences) > 1
        or any(token.quoted >= 0 for token in paragraph.tokens)
    ):
        return False
    words = [token for token in paragraph.tokens if token.is_word and len(token.text) > 3]
    words = [token for token in words if token.is_capitalised or token.lower not in FUNCTION_WORDS]
    return len(words) > 3 and sum(token.is_capitalised for token in words) > 0.85 * len(words)
