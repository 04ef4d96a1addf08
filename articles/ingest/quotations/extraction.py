"""From a text to its quotations with their speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from articles.ingest.quotations.cast import Cast
from articles.ingest.quotations.cues import Cue, Reading, find_cue
from articles.ingest.quotations.discourse import nearest_subject
from articles.ingest.quotations.lexicon import base_form
from articles.ingest.quotations.marks import Quoted, find_quoted
from articles.ingest.quotations.mentions import Gender, Mention, find_mentions
from articles.ingest.quotations.paragraphs import find_paragraphs
from articles.ingest.quotations.records import Attribution, Method, Quotation
from articles.ingest.quotations.tokens import tokenise
from articles.ingest.spans import Span
from newsdb.dates import PartialDate


def extract(
    text: str,
    *,
    body: Sequence[Span] | None = None,
    published: PartialDate | None = None,
    engine: Any = None,
) -> list[Quotation]:
    """The quotations of a text in order, each with its speaker as far as the text tells."""
    paragraphs = find_paragraphs(text, body)
    quoted = find_quoted(text, paragraphs)
    readings = _read(text, paragraphs, quoted)
    cast = Cast(mention for reading in readings for mention in reading.mentions)
    return list(_attribute(text, quoted, readings, cast))


def _read(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted]) -> list[Reading]:
    by_paragraph: dict[int, list[tuple[int, Quoted]]] = {}
    for index, one in enumerate(quoted):
        by_paragraph.setdefault(one.paragraph, []).append((index, one))
    read = [tokenise(text, span, by_paragraph.get(number, [])) for number, span in enumerate(paragraphs)]
    return [Reading(paragraph, find_mentions(paragraph.tokens)) for paragraph in read]


def _attribute(
    text: str, quoted: Sequence[Quoted], readings: Sequence[Reading], cast: Cast
) -> Iterator[Quotation]:
    last: tuple[Span | None, str] = (None, "")
    focus: dict[Gender, str] = {}
    for reading in readings:
        tokens = reading.tokens
        previous_here = None
        for index, token in enumerate(tokens):
            if token.quoted < 0:
                mention = reading.begins.get(index)
                if mention is not None and mention.kind == "person":
                    name = cast.name_of(mention)
                    focus[cast.gender(name)] = name
                    focus[""] = name
                continue
            one = quoted[token.quoted]
            cue = find_cue(reading, index)
            near = nearest_subject(reading, index)
            evidence = []
            found: list[tuple[Method, Mention | None]] = [
                ("cue", cue.mention if cue else None),
                ("discourse", near),
            ]
            for method, mention in found:
                if mention is not None:
                    evidence.append(
                        Attribution(
                            method, _span(reading, mention), _name(text, reading, mention, cast, focus)
                        )
                    )
            words = len(one.inner.of(text).split())
            if one.continues:
                speaker, name, confidence = *last, 0.9
            elif cue is not None:
                speaker, name = evidence[0].mention, evidence[0].name
                confidence = (
                    0.97 if len(evidence) == 2 and evidence[0].mention == evidence[1].mention else 0.9
                )
            elif previous_here is not None and words >= 4:
                speaker, name = previous_here
                confidence = 0.9
            elif words >= 4 and near is not None and (tokens[index].ending in ".?!,"):
                speaker, name = evidence[0].mention, evidence[0].name
                confidence = 0.6
            elif words >= 4 and len(tokens) == 1 and last[0] is not None:
                speaker, name, confidence = *last, 0.4
            else:
                continue
            last = previous_here = (speaker, name)
            end = one.inner.end - (one.inner.of(text)[-1:] == ",")
            yield Quotation(
                parts=(Span(one.inner.start, end),),
                kind="direct" if words >= 4 else "partial",
                mention=speaker,
                name=name,
                cue=_cue(reading, cue),
                audience="",
                said_on=None,
                confidence=confidence,
                evidence=tuple(evidence),
            )


def _span(reading: Reading, mention: Mention) -> Span:
    return Span(reading.tokens[mention.first].start, reading.tokens[mention.last].end)


def _name(text: str, reading: Reading, mention: Mention, cast: Cast, focus: dict[Gender, str]) -> str:
    if mention.kind == "pronoun" and mention.gender:
        return focus.get(mention.gender, "") or focus.get("", "")
    return cast.name_of(mention)


def _cue(reading: Reading, cue: Cue | None) -> str:
    if cue is None or cue.verb < 0:
        return ""
    token = reading.tokens[cue.verb]
    return token.text if base_form(token.lower) else ""
