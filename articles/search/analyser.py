"""The analyser: turns text into the tokens that both stores index and queries consist of.

Tokens consist of ``a``-``z`` and ``0``-``9``, which the stores' own parsers leave alone, so that both stores
find the same rows. The stemmer is English for every language: other languages are found too, but fewer of a
word's inflected forms match.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from Stemmer import Stemmer

from newsdb.text import CharacterTable, letters

#: Limits per text: they fit into a tsvector, which keeps at most 255 positions per word.
MAX_TOKENS = 8_000
MAX_REPEATS = 255
#: Characters of a token; longer ones are truncated.
MAX_TOKEN = 100
#: Separates texts that are indexed together, so that no phrase matches across them. No word becomes this
#: token, because an ß is folded.
BREAK = "ß"

#: Scripts without spaces between words: each character counts as a word.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA")


def analyse(*texts: str) -> str:
    """The tokens of all ``texts`` in order, separated by spaces.

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
    """Yield each token of ``text`` with the start and end of its word, in code points, end exclusive."""
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
    """The stem of a folded word, in ASCII."""
    # A stemmer is not thread-safe, and cheap to create.
    stem = Stemmer("english", 0).stemWord(word)
    return (stem if stem.isascii() else f"u{stem.encode().hex()}")[:MAX_TOKEN]


def _letters(character: str) -> str:
    folded = letters(character)
    apart = unicodedata.name(character, "").startswith(UNSPACED)
    return f" {folded} " if apart else folded


_LETTERS = CharacterTable(_letters)
