"""Decides how much text around quoted words is public, according to the outlet's text policy."""

from collections.abc import Sequence

from articles.models import Anchor
from articles.models.outlet import TextPolicy

#: Code points on either side of an anchor: ``excerpt`` allows 300 in all; for ``full``, as much as a reader
#: needs for context.
REACH = {TextPolicy.NONE.value: 0, TextPolicy.EXCERPT.value: 150, TextPolicy.FULL.value: 600}


def with_public_context(anchors: Sequence[Anchor], text: str | None, policy: str) -> list[Anchor]:
    """Widen the context of ``anchors`` to as much of ``text`` as is public; the results are unsaved.

    Without a text, or if it is not public, they keep their short context, which is always public. Context
    ends at word boundaries and does not cross a blank line.
    """
    reach = REACH[policy]
    if text is None or not reach:
        return list(anchors)
    return [_widen(anchor, text, reach) for anchor in anchors]


def _widen(anchor: Anchor, text: str, reach: int) -> Anchor:
    if text[anchor.start : anchor.end] != anchor.exact:
        return anchor
    first, last = max(0, anchor.start - reach), min(len(text), anchor.end + reach)
    before, after = text[first : anchor.start], text[anchor.end : last]
    before = before if first == 0 else before.partition(" ")[2]
    after = after if last == len(text) else after.rpartition(" ")[0]
    before, after = before.rpartition("\n\n")[2], after.partition("\n\n")[0]
    prefix = before if len(before) > len(anchor.prefix) else anchor.prefix
    suffix = after if len(after) > len(anchor.suffix) else anchor.suffix
    return Anchor(exact=anchor.exact, prefix=prefix, suffix=suffix, start=anchor.start, end=anchor.end)
