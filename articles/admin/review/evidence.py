"""Explains in words how a proposal was read."""

from collections.abc import Sequence
from typing import Any

from articles.admin.review.queue import BANDS
from articles.models import Proposal

METHODS = {
    "cue": "the reporting words beside it",
    "discourse": "the course of the text",
    "parse": "the grammar of the sentence",
}


def sureness(confidence: float | None) -> str:
    """A confidence in a word: sure, likely or doubtful."""
    return next((band for band, (least, _) in BANDS.items() if (confidence or 0) >= least), "doubtful")


def evidence_of(proposal: Proposal) -> list[str]:
    """The finding of each method in a sentence; a single sentence if all agree."""
    text = proposal.capture.text or ""
    denials = [_deny(row, text) for row in proposal.evidence if _is_denial(row)]
    found = [
        (METHODS.get(str(row.get("method")), str(row.get("method"))), _explain(row, text))
        for row in proposal.evidence
        if isinstance(row, dict) and not _is_denial(row)
    ]
    return [*_said(found), *denials]


def _said(found: Sequence[tuple[str, str]]) -> list[str]:
    if not found:
        return ["No method found a speaker."]
    if len(found) > 1 and len({reason for _, reason in found}) == 1:
        return [f"{_capital(' and '.join(method for method, _ in found))} agree: {found[0][1]}"]
    sentences = [f"{_capital(method)}: {reason}" for method, reason in found]
    return [*sentences, "They do not agree."] if len(found) > 1 else sentences


def _is_denial(row: Any) -> bool:
    return isinstance(row, dict) and row.get("method") == "denial"


def _deny(row: dict[str, Any], text: str) -> str:
    start, end = row.get("start"), row.get("end")
    printed = text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
    return f"The text denies that this was said, or only supposes it: “{printed}”."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _explain(row: dict[str, Any], text: str) -> str:
    start, end, name = row.get("start"), row.get("end"), str(row.get("name") or "")
    printed = text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
    if not (printed or name):
        return "nobody."
    if not name:
        return f"“{printed}”, whom the text does not name."
    return f"{name}." if printed in ("", name) else f"“{printed}”, that is {name}."
