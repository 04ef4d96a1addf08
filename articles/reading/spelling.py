"""Compares spellings, ignoring typographic marks, dashes, white space and Unicode forms."""

import unicodedata

_PLAIN = str.maketrans(
    dict.fromkeys("‘’‚‛′ʹʼ`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")  # invisible
)


def find_plainly(text: str, words: str) -> tuple[int, int] | None:
    """The start and end of the first occurrence of these words, in any spelling."""
    plain_words = _plain(words)[0].strip()
    plain_text, origins = _plain(text)
    found = plain_text.find(plain_words) if plain_words else -1
    if found < 0:
        return None
    return origins[found], origins[found + len(plain_words) - 1] + 1


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with plain marks and single spaces, and the original index of each character."""
    plain: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        # Before NFKD, which would split ´ into a space and an accent; and after, for the marks that it
        # yields.
        for piece in unicodedata.normalize("NFKD", char.translate(_PLAIN)).translate(_PLAIN):
            space = piece.isspace()
            if space and plain and plain[-1] == " ":
                continue
            plain.append(" " if space else piece)
            origins.append(index)
    return "".join(plain), origins
