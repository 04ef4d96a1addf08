"""Completes the anchors in a fixture from the captured text, if that is stored."""

from typing import Any

from django.utils import timezone

from articles.models import Anchor, Match
from articles.reading.anchors import Anchored, AnchorError, check, find_anchor, with_context
from articles.reading.parts import ambiguity


def complete_anchor(instance: Anchor, raw: bool, **kwargs: Any) -> None:
    """Locate an anchor without a start, fill in its prefix and suffix, and check it.

    Raises ``AnchorError`` if it has no start and cannot be located; if there are several candidates, the
    message lists them.
    """
    if not raw:
        return
    text = instance.capture.text
    if instance.start is None:
        instance.start = _find(instance, text)
    if instance.end is None:
        instance.end = instance.start + len(instance.exact)
    if text is None:
        return
    place = Anchored(instance.exact, instance.prefix, instance.suffix, instance.start, instance.end)
    if check(text, place.start, place.end, place.exact, place.prefix, place.suffix):
        place = with_context(place, text)
        instance.prefix, instance.suffix = place.prefix, place.suffix
    elif instance.match == Match.MATCHED:
        instance.match = Match.MISMATCHED
        instance.checked_at = timezone.now().replace(microsecond=0)


def _find(anchor: Anchor, text: str | None) -> int:
    if text is None:
        raise AnchorError(f"The captured text is not stored: give the start and end of “{anchor.exact}”.")
    places = [
        place
        for place in find_anchor(text, anchor.exact)
        if place.prefix.endswith(anchor.prefix) and place.suffix.startswith(anchor.suffix)
    ]
    if not places:
        raise AnchorError(f"The words “{anchor.exact}” are not in the text in this context.")
    if len(places) > 1:
        listed = "; ".join(f"start {p.start}: “{p.prefix}[{p.exact}]{p.suffix}”" for p in places[:5])
        raise AnchorError(f"{ambiguity(anchor.exact, [p.start for p in places])} {listed}")
    return places[0].start
