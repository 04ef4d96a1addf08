"""The one analyser: from text to the tokens that every store indexes, and that every query is made of.

Tokens are runs of ``a``-``z`` and ``0``-``9``, which no store's own parser can take for anything else, so all
stores find the same rows. The stemmer is English whatever the language of the text: words of other
languages are found too, only less often by another form of the word.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from Stemmer import Stemmer

from newsdb.text import CharacterTable, letters

#: What is indexed of one text: so much fits into a tsvector, whose words keep 255 places each.
MAX_TOKENS = 8_000
MAX_REPEATS = 255
#: Characters of a token; longer ones are cut.
MAX_TOKEN = 100
#: Stands between texts that are indexed as one, so that no phrase reaches from one into the next. No word
#: becomes this token: an ß is folded.
BREAK = "ß"

#: Scripts that put no space between words: each of their characters is taken for a word.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA")


def analyse(*texts: str) -> str:
    """The tokens of all ``texts`` in their order, with one space between.

    >>> analyse("The ferries’ first runs", "In Łódź")
    'the ferri first run ß in uc5826f647a'
    """
    return f" {BREAK} ".join(filter(None, map(_analyse, texts)))


def _analyse(text: str) -> str:
    tokens = [token_of(word) for word in text.translate(_LETTERS).split()[:MAX_TOKENS]]
    if len(tokens) > MAX_REPEATS:
        met: Counter[str] = Counter()
        for place, token in enumerate(tokens):
            met[token] += 1
            if met[token] > MAX_REPEATS:
                tokens[place] = ""
    return " ".join(filter(None, tokens))


def tokens_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Each token of ``text`` with where its word starts and ends, in code points, end exclusive."""
    word, start, end = "", 0, 0
    for place, character in enumerate(text):
        for letter in _LETTERS[ord(character)]:
            if letter != " ":
                start = start if word else place
                word += letter
                end = place + 1
            elif word:
                yield token_of(word), start, end
                word = ""
    if word:
        yield token_of(word), start, end


@lru_cache(maxsize=2**14)
def token_of(word: str) -> str:
    """The stem of a folded word, spelt in ASCII."""
    # A new stemmer each time, which is cheap: it keeps the word in itself, and threads share.
    stem = Stemmer("english", 0).stemWord(word)
    return (stem if stem.isascii() else f"u{stem.encode().hex()}")[:MAX_TOKEN]


def _letters(character: str) -> str:
    folded = letters(character)
    apart = unicodedata.name(character, "").startswith(UNSPACED)
    return f" {folded} " if apart else folded


_LETTERS = CharacterTable(_letters)
