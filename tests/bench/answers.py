"""What an answer says, whoever gives it: compared before anything is timed."""

from collections.abc import Mapping, Sequence
from typing import Any

#: A statement: id, text, speaker, outlet, date, hash of the capture, anchors; or a count: value, how many.
Content = list[tuple[Any, ...]]


class DifferenceError(AssertionError):
    """Two peers answer the same request differently."""


def statement(
    id: int,
    text: str,
    speaker: str | None,
    outlet: str,
    date: Any,
    sha256: str | None,
    anchors: Sequence[Mapping[str, Any]],
) -> tuple[Any, ...]:
    """A statement in the form in which it is compared."""
    where = tuple((a["exact"], a["prefix"], a["suffix"], a["start"], a["end"]) for a in anchors)
    return id, text, speaker, outlet, None if date is None else str(date), sha256, where


def compare(ask: str, answers: Mapping[str, Content]) -> None:
    """Raise DifferenceError unless all of the answers, by peer, say the same."""
    (first, expected), *others = answers.items()
    for peer, content in others:
        if content == expected:
            continue
        if len(content) != len(expected):
            raise DifferenceError(f"{ask}: {peer} has {len(content)} rows, {first} {len(expected)}.")
        place = next(n for n, pair in enumerate(zip(content, expected, strict=True)) if pair[0] != pair[1])
        raise DifferenceError(
            f"{ask}: in row {place + 1} {peer} says\n  {content[place]}\nand {first}\n  {expected[place]}"
        )
