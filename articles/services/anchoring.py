"""Locates words in an article's captured texts, and creates the anchors."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from articles.models import Anchor, Article, Capture, Match, Statement
from articles.models.statement import GAP
from articles.reading.anchors import AmbiguousError, Anchored, AnchorError, check, with_context
from articles.reading.parts import carry_parts, find_parts


@dataclass(frozen=True, slots=True)
class KnownStarts:
    """The known starts of parts, in code points of the text of ``capture``; None for a part to locate."""

    capture: Capture
    starts: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a quotation that is to be located; ``known`` has the starts of parts, if given."""

    parts: Sequence[str]
    known: KnownStarts | None = None

    @property
    def text(self) -> str:
        """The parts joined to the text of a statement."""
        return GAP.join(self.parts)


@dataclass(frozen=True, slots=True)
class AnchoredWords:
    """The parts of a quotation, already located in ``capture``."""

    capture: Capture
    parts: Sequence[Anchored]

    @property
    def text(self) -> str:
        """The parts joined to the text of a statement."""
        return GAP.join(part.exact for part in self.parts)


class AmbiguousInCaptureError(AmbiguousError):
    """Words that occur several times in the text of ``capture``."""

    def __init__(self, capture: Capture, error: AmbiguousError) -> None:
        super().__init__(str(error), words=error.words, places=error.places)
        self.capture = capture


def find_places(*, article: Article, wording: Words | AnchoredWords) -> dict[Capture, Sequence[Anchored]]:
    """Locate the words in the captures of an article.

    ``Words`` are located in the first stored text that has them, or in the one that ``known`` names, and from
    there in the others; the result is empty if no text is stored. ``AnchoredWords`` are checked if the text
    of their capture is stored. Raises ``AmbiguousInCaptureError`` if a text has the words more than once and
    the start is not given, and ``AnchorError`` if no text has them, or not at the given position.
    """
    if isinstance(wording, AnchoredWords):
        _check_places(wording.capture, wording.parts)
        return {wording.capture: wording.parts}
    texts = {capture: capture.text or "" for capture in article.captures.exclude(text=None)}
    if known := wording.known:
        if known.capture not in texts:
            raise AnchorError("The text of this capture is not stored, so no start can be found in it.")
        found_here = find_parts(texts[known.capture], wording.parts, known.starts)
        return _carry_to_others(texts, known.capture, found_here)
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
    return _carry_to_others(texts, *found[0]) if found else {}


def place_words(
    *, statement: Statement, capture: Capture, parts: Sequence[Anchored], checked: bool = True
) -> None:
    """Anchor a statement in a capture; ``checked`` if the parts were verified against its text.

    A missing prefix or suffix is taken from the text, if that is stored.
    """
    Anchor.objects.bulk_create(
        build_anchors(statement=statement, capture=capture, parts=parts, checked=checked)
    )


def build_anchors(
    *, statement: Statement, capture: Capture, parts: Sequence[Anchored], checked: bool = True
) -> list[Anchor]:
    """The anchors that ``place_words`` creates, unsaved."""
    if not all(part.prefix and part.suffix for part in parts) and capture.text is not None:
        parts = [with_context(part, capture.text) for part in parts]
    # Whole seconds, the precision of fixtures.
    now = timezone.now().replace(microsecond=0)
    return [
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
    ]


def _carry_to_others(
    texts: dict[Capture, str], first: Capture, parts: list[Anchored]
) -> dict[Capture, Sequence[Anchored]]:
    """The parts in one text, and in each other text that has them exactly once in the same context."""
    carried = {other: carry_parts(parts, text) for other, text in texts.items() if other != first}
    return {first: parts, **{other: found for other, found in carried.items() if found}}


def _check_places(capture: Capture, parts: Sequence[Anchored]) -> None:
    """Raise ``AnchorError`` unless the parts match the text of ``capture``, as far as it is known."""
    for part in parts:
        if part.end > capture.length:
            raise AnchorError(f"The captured text ends at {capture.length}.", words=part.exact)
        if capture.text is not None and not check(
            capture.text, part.start, part.end, part.exact, part.prefix, part.suffix
        ):
            raise AnchorError(f"These words are not at {part.start} with this context.", words=part.exact)
