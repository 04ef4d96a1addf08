"""Describes as JSON how the words of a quotation or statement differ from a statement's."""

from articles.checks.comparison import Comparison
from articles.checks.words import Words
from newsdb.api.rows.reading import Row


def describe_comparison(comparison: Comparison, words: Words, held: Words) -> Row:
    """Compare ``words`` with those of a statement, ``held``; see ``ComparisonSerializer``."""
    kind = comparison.kind
    steps = [
        (step.operation, words.printed(step.words), held.printed(step.held)) for step in comparison.steps
    ]
    left_out = [theirs for name, _, theirs in steps if name in ("delete", "replace") and theirs]
    return {
        "words": kind,
        "closeness": round(comparison.closeness, 3),
        "changes": list(comparison.changes),
        "difference": [{"operation": name, "words": ours, "held": theirs} for name, ours, theirs in steps],
        "unsupported": [ours for name, ours, _ in steps if name == "insert"] if kind == "extends" else [],
        "left_out": left_out if kind == "elided" else [],
    }
