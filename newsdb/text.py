"""Text as newsdb takes it in and compares it."""

import unicodedata

from django.core.exceptions import ValidationError


def check_text(value: str) -> None:
    """Refuse text that one of the stores, or JSON, could not give back.

    Raises ``ValidationError`` for NUL (PostgreSQL has no such character) and for lone
    surrogates (UTF-8 has no such code points).
    """
    if "\x00" in value:
        raise ValidationError("Text may not hold the NUL character.", code="null_characters_not_allowed")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(
            f"Text may not hold a lone surrogate (at character {error.start}).", code="lone_surrogate"
        ) from None


def fold(value: str) -> str:
    """The words of ``value`` in the form in which they are compared and looked up.

    Lower case without accents (NFKD, combining marks dropped, full case folding); everything
    that is not a letter or digit separates words, apostrophes excepted, which join them; one space between.

    >>> fold("Kim Jong-un’s “Élysée”")
    'kim jong uns elysee'
    """
    letters = []
    for character in unicodedata.normalize("NFKD", value.casefold()):
        if character.isalnum():
            letters.append(character)
        elif not unicodedata.combining(character) and character not in "'’ʼ":
            letters.append(" ")
    return " ".join("".join(letters).split())
