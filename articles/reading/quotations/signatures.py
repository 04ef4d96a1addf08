"""Words with a signature below: `— Ida Holm, commissioner`, or a post's `— Ida Holm (@idaholm)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.reading.quotations.marks import Quoted
from articles.reading.spans import Span

_DASH = r"(?:[—–―~]|--?)\s?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
_ACCOUNT = rf"{_DASH}(?P<name>[^\s()@—–][^()@—–\n]{{0,60}}?)\s\(@\w{{1,40}}\)"
_POST = re.compile(rf"{_ACCOUNT}(?:,?\s{_DAY})?\.?")
_DATED_POST = re.compile(rf"{_ACCOUNT},?\s{_DAY}\.?")
_NAME = r"[A-Z](?:[^\W\d_]|['’.])*(?:[ -](?:[a-z]{1,3} ){0,2}[A-Z](?:[^\W\d_]|['’.])*){1,5}"
_ROLE = r"(?:,\s(?:[^.!?“”\"]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.){1,100}|\s\([^()]{1,60}\))?"
_SIGNATURE = re.compile(rf"{_DASH}(?P<name>{_NAME}){_ROLE}\.?")
_SIGNED = re.compile(rf"[.!?…]\s*(?:[—–―]|--)\s?(?P<name>{_NAME}){_ROLE}\.?$")
_LINKS = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+)+$")
_PASSED_ON = re.compile(r"RT @\w")
_TAIL = 200
"""Code points at the end of a paragraph, or of words in marks, in which a signature is looked for."""


def with_signed(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted]) -> list[Quoted]:
    """What stands in marks with the name that signs it, and the posts that stand in no marks."""
    found: list[Quoted] = []
    first = 0
    for one in quoted:
        if not one.continues:
            first = len(found)
        found.append(_cut(text, one))
        if (label := _label_below(text, paragraphs, one)) is not None and found[first].label is None:
            found[first] = replace(found[first], label=label)
    marked = {one.paragraph for one in quoted}
    posts = [post for post in _posts(text, paragraphs) if post.paragraph not in marked]
    return sorted([*found, *posts], key=lambda one: one.outer.start) if posts else found


def _label_below(text: str, paragraphs: Sequence[Span], quoted: Quoted) -> Span | None:
    """The name in the signature below a paragraph that consists of the words in marks alone."""
    paragraph = paragraphs[quoted.paragraph]
    if quoted.outer.start != paragraph.start or quoted.outer.end < paragraph.end - 1:
        return None
    if quoted.paragraph + 1 == len(paragraphs):
        return None
    below = paragraphs[quoted.paragraph + 1]
    match = _post_signature(text, below) or _SIGNATURE.fullmatch(text, below.start, below.end)
    return Span(*match.span("name")) if match else None


def _cut(text: str, quoted: Quoted) -> Quoted:
    """The words without the name that signs them inside the marks: “The pier stays. — Ida Holm, mayor”."""
    words = quoted.inner
    match = _SIGNED.search(text, max(words.start, words.end - _TAIL), words.end)
    if match is None or quoted.label is not None or not quoted.closed:
        return quoted
    return replace(quoted, inner=Span(words.start, match.start() + 1), label=Span(*match.span("name")))


# --- posts without marks -------------------------------------------------------------------------


def _posts(text: str, paragraphs: Sequence[Span]) -> Iterator[Quoted]:
    """Posts above the name and account that sign them, or before these in their paragraph."""
    for number, paragraph in enumerate(paragraphs):
        if (whole := _post_signature(text, paragraph)) is not None:
            above = paragraphs[number - 1] if number else paragraph
            if number and text[above.end - 1] not in ":," and _post_signature(text, above) is None:
                yield from _post(text, number - 1, above, above.end, Span(*whole.span("name")))
            continue
        for match in _DATED_POST.finditer(text, max(paragraph.start, paragraph.end - _TAIL), paragraph.end):
            if match.end() == paragraph.end:
                yield from _post(text, number, paragraph, match.start(), Span(*match.span("name")))


def _post_signature(text: str, paragraph: Span) -> re.Match[str] | None:
    return _POST.fullmatch(text, paragraph.start, paragraph.end)


def _post(text: str, number: int, paragraph: Span, end: int, label: Span) -> Iterator[Quoted]:
    """The words of a post without the links at their end; none of one that passes on another."""
    words = text[paragraph.start : end].rstrip()
    if _PASSED_ON.match(words):
        return
    links = _LINKS.search(words, max(0, len(words) - _TAIL))
    words = words[: links.start() if links else None].rstrip()
    if words:
        inner = Span(paragraph.start, paragraph.start + len(words))
        yield Quoted(number, paragraph, inner, opened=False, label=label)
