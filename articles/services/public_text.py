"""How much captured text everyone may see around quoted words, as the outlet's policy says."""

from collections.abc import Sequence

from articles.models import Anchor
from articles.models.outlet import TextPolicy

#: Code points either side of an anchor: with ``excerpt`` 300 around it in all; of a ``full`` text as much
#: as is read along with the words.
REACH = {TextPolicy.NONE.value: 0, TextPolicy.EXCERPT.value: 150, TextPolicy.FULL.value: 600}


def with_public_context(anchors: Sequence[Anchor], text: str | None, policy: str) -> list[Anchor]:
    """``anchors`` with as much of ``text`` before and after them as is public; unsaved.

    Without the text, or where it is not public, they keep the little that is public of any text. A context
    neither begins nor ends within a word, nor does it go beyond a blank line.
    """
    reach = REACH[policy]
    if text is None or not reach:
        return list(anchors)
    return [_widened(anchor, text, reach) for anchor in anchors]


def _widened(anchor: Anchor, text: str, reach: int) -> Anchor:
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
