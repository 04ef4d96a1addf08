"""Made-up words, drawn as often as words are: the nth in proportion to 1/n (Zipf's law)."""

from array import array
from itertools import accumulate
from random import Random

#: So many that, in quotations of some 33 words, the first stands in nine rows of ten, the second in seven,
#: and the last in one of ten thousand.
WORDS = 30_000

_OPEN = [onset + vowel for onset in "bdfghklmnprstvwz" for vowel in "aeiou"]
#: None ends in a vowel or an s, so that hardly any word is another form of another.
_CLOSED = [syllable + "nrlmt"[number % 5] for number, syllable in enumerate(_OPEN)]


def word(number: int) -> str:
    """The word with this number, from 0: lower-case letters, each number another word, frequent ones short.

    >>> word(0), word(1), word(100)
    ('ban', 'ber', 'bamen')
    """
    number, last = divmod(number, len(_CLOSED))
    letters = _CLOSED[last]
    while number:
        number, syllable = divmod(number - 1, len(_OPEN))
        letters = _OPEN[syllable] + letters
    return letters


def shares(count: int) -> list[float]:
    """How much of all draws falls to each of ``count``, by Zipf's law; their sum is 1."""
    total = sum(1 / n for n in range(1, count + 1))
    return [1 / n / total for n in range(1, count + 1)]


class Zipf:
    """Draws numbers below ``count``, the nth in proportion to 1/n; each is drawn at times.

    A table that holds each number as often as it is to be drawn makes a draw one look-up.
    """

    def __init__(self, count: int) -> None:
        self._size = 1 << max(16, (16 * count).bit_length())
        ends = [round(share * self._size) for share in accumulate(shares(count))]
        self._table = array("I")
        for number, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
            self._table.extend([number] * (end - start))

    def draw(self, random: Random, times: int) -> list[int]:
        """``times`` numbers."""
        table, mask = self._table, self._size - 1
        places = array("I")
        places.frombytes(random.randbytes(4 * times))
        return [table[place & mask] for place in places]
