"""Checks statements' words against the stored texts."""

from collections.abc import Iterable, Iterator

from django.contrib import messages

from articles.models import Article, Capture, Statement
from articles.models.statement import GAP
from articles.reading.anchors import AnchorError
from articles.services.anchoring import Words
from articles.services.captures import verify_capture
from articles.services.statements import reword_statement


def check_statements(statements: Iterable[Statement]) -> Iterator[tuple[int, str]]:
    """Check the statements against the stored texts of their articles; yields messages with levels."""
    articles = {statement.article for statement in statements}
    captures = [c for article in articles for c in article.captures.exclude(text=None)]
    if not captures:
        yield messages.WARNING, "No text is stored. Add it on the page of the article, then check again."
    for capture in captures:
        yield from check_capture(capture)


def check_capture(capture: Capture) -> Iterator[tuple[int, str]]:
    """Check statements that are anchored in a stored text, and anchor those that have no anchors yet."""
    found = verify_capture(capture=capture, text=capture.text or "")
    total = len(found.matched) + len(found.mismatched)
    if total:
        level = messages.WARNING if found.mismatched else messages.SUCCESS
        yield level, f"{len(found.matched)} of {total} statements match the text of “{capture.article}”."
    for statement, _ in found.mismatched:
        yield messages.ERROR, f"Mismatched, so it waits for you: {statement}"
    for statement in found.not_found:
        yield messages.WARNING, f"Not found in the latest capture: {statement}"
    yield from _place(capture.article)


def _place(article: Article) -> Iterator[tuple[int, str]]:
    placed = 0
    for statement in article.statements.filter(anchors=None).select_related("speaker"):
        try:
            reword_statement(statement=statement, wording=Words(statement.text.split(GAP)))
        except AnchorError as error:
            yield messages.WARNING, f"{statement}: {error}"
        else:
            placed += 1
    if placed:
        yield (
            messages.SUCCESS,
            f"Found the words of {placed} statement{'s' * (placed != 1)} that had no anchors.",
        )
