"""Records whether a statement's words are in the latest capture of its article.

It is updated when a capture, an anchor or a text is added. Words are only recorded as missing if both
captures are comparable: if anything else could explain their absence, the result is unknown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from articles.models import Article, Capture, Match, Statement
from articles.models.choices import Status
from articles.models.statement import GAP
from newsdb.text import fold


@transaction.atomic
def record_in_latest_capture(
    *, article: Article, statements: Iterable[Statement] | None = None, texts: Mapping[int, str] | None = None
) -> list[Statement]:
    """Update ``in_latest_capture`` of an article's statements, or some of them; returns the newly missing.

    ``texts`` has the texts, by capture id, that are not stored. Rejected and retracted statements keep their
    value, as do those based on a capture whose text is not stored.
    """
    captures = list(article.captures.defer("text"))
    latest = find_latest(captures)
    chosen = article.statements.filter(status__in=(Status.PROPOSED, Status.PUBLISHED))
    if statements is not None:
        chosen = chosen.filter(pk__in=[statement.pk for statement in statements])
    folded = _FoldedTexts(texts or {})
    changed = defaultdict(list)
    for statement in chosen.select_related("capture").defer("capture__text").prefetch_related("anchors"):
        result = _is_in_latest_capture(statement, latest, folded)
        rests_on = None if latest is None or result is None else latest.pk
        if (result, rests_on) != (statement.in_latest_capture, statement.latest_capture_id):
            changed[result, rests_on].append(statement)
    missing = []
    for (result, rests_on), altered in changed.items():
        rows = Statement.objects.filter(pk__in=[statement.pk for statement in altered])
        rows.update(in_latest_capture=result, latest_capture=rests_on)
        if result is False:
            missing += altered
    return missing


def find_latest(captures: Sequence[Capture]) -> Capture | None:
    """The capture with the latest known time, or the only one there is; None if unknown."""
    dated = [capture for capture in captures if capture.captured_at]
    if dated:
        return max(dated, key=lambda capture: (capture.captured_at, capture.pk))
    return captures[0] if len(captures) == 1 else None


class _FoldedTexts:
    """The folded texts of captures, computed once each; "" if a text is not stored."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._folded: dict[int, str] = {}

    def of(self, capture: Capture) -> str:
        if capture.pk not in self._folded:
            stored = Capture.objects.filter(pk=capture.pk).values_list("text", flat=True)
            text = self._texts.get(capture.pk) or stored.first() or ""
            self._folded[capture.pk] = fold(text)
        return self._folded[capture.pk]


def _is_in_latest_capture(statement: Statement, latest: Capture | None, texts: _FoldedTexts) -> bool | None:
    if latest is None:
        return None
    if _is_matched_in(statement, latest):
        return True
    words = [fold(part) for part in statement.text.split(GAP)]
    if not all(words):
        return None
    text = texts.of(latest)
    if not text:
        return statement.in_latest_capture if statement.latest_capture_id == latest.pk else None
    found = _contains(words, text)
    return found if found is not False or _is_comparable(statement, words, latest, texts) else None


def _is_matched_in(statement: Statement, capture: Capture) -> bool:
    """Whether all parts of the statement are anchored in ``capture`` and matched."""
    anchors: list[Any] = [each for each in statement.anchors.all() if each.capture_id == capture.pk]
    return (
        GAP.join(anchor.exact for anchor in sorted(anchors, key=lambda anchor: anchor.position))
        == statement.text
    ) and all(anchor.match == Match.MATCHED for anchor in anchors)


def _contains(words: Sequence[str], text: str) -> bool | None:
    """Whether a folded text has all parts in order; None if one is only found inside longer words."""
    for spaced in (True, False):
        place = 0
        for part in words:
            sought = f" {part} " if spaced else part
            place = f" {text} ".find(sought, place)
            if place < 0:
                break
            place += len(sought) - spaced  # adjacent parts share the space between them
        else:
            return True if spaced else None
    return False


def _is_comparable(statement: Statement, words: Sequence[str], latest: Capture, texts: _FoldedTexts) -> bool:
    """Whether the words' absence from ``latest`` shows that the page changed.

    The words must be in the statement's own capture, and ``latest`` must be later, extracted the same way,
    and at least half as long.
    """
    own = statement.capture
    return bool(
        own
        and own.captured_at
        and latest.captured_at
        and own.captured_at < latest.captured_at
        and (own.extractor, own.extractor_version) == (latest.extractor, latest.extractor_version)
        and latest.length * 2 >= own.length
        and (statement.text_match == Match.MATCHED or _contains(words, texts.of(own)))
    )
