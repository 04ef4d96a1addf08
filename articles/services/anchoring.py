"""Where words stand in the captured texts of an article, and the anchors that say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from articles.models import Anchor, Article, Capture, Match, Statement
from articles.models.statement import GAP
from articles.reading.anchors import AmbiguousError, Anchored, AnchorError, check, with_context
from articles.reading.parts import carry_parts, find_parts


@dataclass(frozen=True, slots=True)
class KnownStarts:
    """Where parts start, in code points of the text of ``capture``; None where that is to be found."""

    capture: Capture
    starts: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a quotation, whose places are to be found; ``known`` says where some of them start."""

    parts: Sequence[str]
    known: KnownStarts | None = None

    @property
    def text(self) -> str:
        """The parts as the text of a statement."""
        return GAP.join(self.parts)


@dataclass(frozen=True, slots=True)
class AnchoredWords:
    """The parts of a quotation that somebody else has found in ``capture``."""

    capture: Capture
    parts: Sequence[Anchored]

    @property
    def text(self) -> str:
        """The parts as the text of a statement."""
        return GAP.join(part.exact for part in self.parts)


class AmbiguousInCaptureError(AmbiguousError):
    """Words that could stand in several places of the text of ``capture``."""

    def __init__(self, capture: Capture, error: AmbiguousError) -> None:
        super().__init__(str(error), words=error.words, places=error.places)
        self.capture = capture


def find_places(*, article: Article, wording: Words | AnchoredWords) -> dict[Capture, Sequence[Anchored]]:
    """The places of the words in the captures of an article.

    ``Words`` are found in the first stored text that has them, or in the one that ``known`` names, and are
    carried from there to the others; there are no places when no text is stored. ``AnchoredWords`` are
    checked where the text of their capture is stored. Raises ``AmbiguousInCaptureError`` where a text has
    words more than once and nobody said which are meant, and ``AnchorError`` when the words are in no text,
    or not where they should be.
    """
    if isinstance(wording, AnchoredWords):
        _check_places(wording.capture, wording.parts)
        return {wording.capture: wording.parts}
    texts = {capture: capture.text or "" for capture in article.captures.exclude(text=None)}
    if known := wording.known:
        if known.capture not in texts:
            raise AnchorError("The text of this capture is not stored, so no start can be found in it.")
        found_here = find_parts(texts[known.capture], wording.parts, known.starts)
        return _carried(texts, known.capture, found_here)
    found: list[tuple[Capture, list[Anchored]]] = []
    missing: list[AnchorError] = []
    for capture, text in texts.items():
        try:
            found.append((capture, find_parts(text, wording.parts)))
        except AmbiguousError as error:
            raise AmbiguousInCaptureError(capture, error) from None
        except AnchorError as error:
            missing.append(error)
    if missing and not found:
        raise missing[0]
    return _carried(texts, *found[0]) if found else {}


def place_words(
    *, statement: Statement, capture: Capture, parts: Sequence[Anchored], checked: bool = True
) -> None:
    """Anchor a statement in a capture at places that were found in its text, or are not ``checked``.

    A prefix or suffix that a place lacks is taken from the text, where it is stored.
    """
    if not all(part.prefix and part.suffix for part in parts) and capture.text is not None:
        parts = [with_context(part, capture.text) for part in parts]
    # To the second, since fixtures carry no more.
    now = timezone.now().replace(microsecond=0)
    Anchor.objects.bulk_create(
        Anchor(
            statement=statement,
            capture=capture,
            position=position,
            exact=part.exact,
            prefix=part.prefix,
            suffix=part.suffix,
            start=part.start,
            end=part.end,
            match=Match.MATCHED if checked else Match.UNCHECKED,
            checked_at=now if checked else None,
        )
        for position, part in enumerate(parts)
    )


def _carried(
    texts: dict[Capture, str], first: Capture, parts: list[Anchored]
) -> dict[Capture, Sequence[Anchored]]:
    """The places in one text, and in those others where the same words stand once in the same context."""
    carried = {other: carry_parts(parts, text) for other, text in texts.items() if other != first}
    return {first: parts, **{other: found for other, found in carried.items() if found}}


def _check_places(capture: Capture, parts: Sequence[Anchored]) -> None:
    """Raise ``AnchorError`` unless the parts can stand at their places of ``capture``."""
    for part in parts:
        if part.end > capture.length:
            raise AnchorError(f"The captured text ends at {capture.length}.", words=part.exact)
        if capture.text is not None and not check(
            capture.text, part.start, part.end, part.exact, part.prefix, part.suffix
        ):
            raise AnchorError(f"These words do not stand at {part.start} in this context.", words=part.exact)
