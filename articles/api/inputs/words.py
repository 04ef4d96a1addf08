"""Reports errors in the words of a statement as errors of the request body."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.models.choices import Kind
from articles.reading.anchors import Anchored, AnchorError
from articles.reading.parts import ambiguity
from articles.reading.pasted import QuotationMarksError, split_at_marks
from articles.services.anchoring import AmbiguousInCaptureError
from newsdb.api.exceptions import Problem

INVALID = "The body is invalid."


@contextmanager
def anchoring_errors(words: list[str] | None, anchors: list[Anchored] | None) -> Iterator[None]:
    """Context manager: turns anchoring errors into validation errors of the part concerned."""
    try:
        yield
    except AmbiguousInCaptureError as error:
        raise _ambiguous(error) from None
    except AnchorError as error:
        parts = (words or []) if anchors is None else [part.exact for part in anchors]
        detail: Any = [ErrorDetail(str(error), code="not_in_the_text")]
        if error.words in parts:
            detail = {parts.index(error.words): detail}
        raise ValidationError({"words" if anchors is None else "anchors": detail}) from None


def refuse_marks(words: Sequence[str], kind: str) -> None:
    """Raise a ``Problem`` if words contain quotation marks; it has the parts inside the marks."""
    errors = []
    for index, part in enumerate(words if kind != Kind.INDIRECT else ()):
        try:
            parts = split_at_marks(part)
        except QuotationMarksError as error:
            parts = error.parts
        if parts not in ([part], [part.strip()]):
            detail = "Give the quoted words only: leave out quotation marks and the text outside them."
            errors.append(
                {"pointer": f"/words/{index}", "code": "quotation_marks", "detail": detail, "parts": parts}
            )
    if errors:
        raise Problem(400, INVALID, errors=errors)


def _ambiguous(error: AmbiguousInCaptureError) -> Problem:
    """The error for ambiguous parts, with the places of each."""
    errors = [
        {
            "pointer": f"/words/{index}",
            "code": "ambiguous",
            "detail": ambiguity(places[0].exact, [place.start for place in places]),
            "capture": error.capture.sha256,
            "places": [
                {"start": place.start, "prefix": place.prefix, "suffix": place.suffix} for place in places
            ],
        }
        for index, places in error.places.items()
    ]
    return Problem(400, INVALID, errors=errors)
