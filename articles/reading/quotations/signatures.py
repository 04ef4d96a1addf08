"""Finds signed words: `— Ida Holm, commissioner`, or a post by `— Ida Holm (@idaholm)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.reading.budget import UNLIMITED, Budget
from articles.reading.quotations.marks import Quoted
from articles.reading.spans import Span

_DASH = r"(?:[—–―~]|--?)\s?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
_ACCOUNT = rf"{_DASH}(?P<name>[^\s()@—–][^()@—–\n]{{0,60}}?)\s\(@\w{{1,40}}\)"
_POST = re.compile(rf"{_ACCOUNT}(?:,?\s{_DAY})?\.?")
_DATED_POST = re.compile(rf"{_ACCOUNT},?\s{_DAY}\.?")
_PART = r"[A-Z](?:[^\W\d_]|['’.\u0300-\u036f])*"
_NAME = rf"{_PART}(?:[ -](?:[a-z]{{1,3}} ){{0,2}}{_PART}){{1,5}}"
_ROLE = r"(?:,\s(?:[^.!?“”\"]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.){1,100}|\s\([^()]{1,60}\))?"
_SIGNATURE = re.compile(rf"{_DASH}(?P<name>{_NAME}){_ROLE}\.?")
_UNDASHED = re.compile(rf"(?P<name>{_NAME}),\s[a-z][^.!?“”\"]{{1,100}}")
_UNDASHED_WITHIN = re.compile(rf"[.!?…]\s+(?P<name>{_NAME}),\s[a-z][^.!?“”\",]{{2,60}}$")
"""A signature without a dash needs a role after the name, and words without other text around them."""
_SIGNED = re.compile(rf"[.!?…]\s*(?:[—–―]|--)\s?(?P<name>{_NAME}){_ROLE}\.?$")
_LINKS = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+)+$")
_PASSED_ON = re.compile(r"RT @\w")
_TAIL_LENGTH = 200
"""Code points at the end of a paragraph or quotation that are searched for a signature."""


def with_signed(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted], budget: Budget = UNLIMITED
) -> list[Quoted]:
    """The marked quotations with their signatures, and posts without quotation marks."""
    found: list[Quoted] = []
    first = 0
    for one in budget.over(quoted):
        if not one.continues:
            first = len(found)
        if found and not one.opened and (label := _label_within(text, found[-1], one)) is not None:
            found[-1] = replace(found[-1], label=label)
            continue
        found.append(_without_signature(text, paragraphs[one.paragraph], one))
        if (label := _signed_by(text, paragraphs, one)) is not None and found[first].label is None:
            found[first] = replace(found[first], label=label)
    marked = {one.paragraph for one in quoted}
    posts = [post for post in budget.over(_posts(text, paragraphs)) if post.paragraph not in marked]
    return sorted([*found, *posts], key=lambda one: one.outer.start) if posts else found


def _signed_by(text: str, paragraphs: Sequence[Span], quoted: Quoted) -> Span | None:
    """The signature of a quotation that begins a paragraph: after it, or below it."""
    paragraph = paragraphs[quoted.paragraph]
    if quoted.outer.start != paragraph.start:
        return None
    if quoted.outer.end < paragraph.end - 1:
        rest = quoted.outer.end + (text[quoted.outer.end] == " ")
        match = _UNDASHED.fullmatch(text, rest, paragraph.end)
        return Span(*match.span("name")) if match else None
    if quoted.paragraph + 1 == len(paragraphs):
        return None
    below = paragraphs[quoted.paragraph + 1]
    match = _post_signature(text, below) or _signature(text, below)
    return Span(*match.span("name")) if match else None


def _signature(text: str, span: Span) -> re.Match[str] | None:
    return _SIGNATURE.fullmatch(text, span.start, span.end) or _UNDASHED.fullmatch(text, span.start, span.end)


def _label_within(text: str, above: Quoted, below: Quoted) -> Span | None:
    """The signature in a paragraph that ends with the closing mark of the one above."""
    if above.closed or above.label is not None or above.paragraph + 1 != below.paragraph:
        return None
    match = _signature(text, below.inner)
    return Span(*match.span("name")) if match else None


def _without_signature(text: str, paragraph: Span, quoted: Quoted) -> Quoted:
    """Remove a signature from inside the marks: “The pier stays. — Ida Holm, mayor”."""
    words = quoted.inner
    tail = max(words.start, words.end - _TAIL_LENGTH)
    match = _SIGNED.search(text, tail, words.end)
    if match is None and quoted.outer == paragraph:
        match = _UNDASHED_WITHIN.search(text, tail, words.end)
    if match is None or quoted.label is not None or not quoted.closed:
        return quoted
    return replace(quoted, inner=Span(words.start, match.start() + 1), label=Span(*match.span("name")))


def _posts(text: str, paragraphs: Sequence[Span]) -> Iterator[Quoted]:
    """Yield posts that are above their signature, or before it in the same paragraph."""
    if "(@" not in text:
        return
    for number, paragraph in enumerate(paragraphs):
        if (whole := _post_signature(text, paragraph)) is not None:
            above = paragraphs[number - 1] if number else paragraph
            if number and text[above.end - 1] not in ":," and _post_signature(text, above) is None:
                yield from _post(text, number - 1, above, above.end, Span(*whole.span("name")))
            continue
        for match in _DATED_POST.finditer(
            text, max(paragraph.start, paragraph.end - _TAIL_LENGTH), paragraph.end
        ):
            if match.end() == paragraph.end:
                yield from _post(text, number, paragraph, match.start(), Span(*match.span("name")))


def _post_signature(text: str, paragraph: Span) -> re.Match[str] | None:
    return _POST.fullmatch(text, paragraph.start, paragraph.end)


def _post(text: str, number: int, paragraph: Span, end: int, label: Span) -> Iterator[Quoted]:
    """Yield the words of a post, without links at the end; nothing for a retweet."""
    words = text[paragraph.start : end].rstrip()
    if _PASSED_ON.match(words):
        return
    links = _LINKS.search(words, max(0, len(words) - _TAIL_LENGTH))
    words = words[: links.start() if links else None].rstrip()
    if words:
        inner = Span(paragraph.start, paragraph.start + len(words))
        yield Quoted(number, paragraph, inner, opened=False, label=label)
