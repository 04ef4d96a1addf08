"""Finds the quotations in a draft, with their speakers."""

from articles.checks.checking import Quotation
from articles.reading.budget import Budget, check_length
from articles.reading.language import foreign_language
from articles.reading.quotations import extract


class NotReadError(ValueError):
    """The text is in a language that is not supported; the message is for whoever sent it."""


def quotations_in(text: str, *, language: str = "", seconds: float = 0) -> list[Quotation]:
    """The quotations of an English text, in order.

    Raises ``NotReadError`` for another language, and ``OverBudgetError`` if reading takes more than
    ``seconds`` of processor time.
    """
    spoken = foreign_language(text, language).lower().partition("-")[0]
    if spoken:
        raise NotReadError(
            f"The text is not in English ({spoken}), the only language in which drafts are read. Send its"
            " quotations one by one as `quotations`, in any language."
        )
    check_length(text)
    return [
        Quotation(
            # An interruption by the reporter is not an omission.
            " ".join(part.of(text) for part in found.parts),
            found.name,
            start=found.parts[0].start,
            end=found.parts[-1].end,
        )
        for found in extract(text, budget=Budget(seconds))
    ]
