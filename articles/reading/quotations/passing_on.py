"""Words that somebody passes on: `Ida Holm retweeted Odo Marsh: "…"`, `"…," she said, quoting Odo Marsh`.

They are their author's and not of whoever passes them on.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.lexicon import PASSING_VERBS
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.naming import classify
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import is_verb

_REACH = 16
"""Tokens behind a verb of passing on in which the author is named."""
_FROM = frozenset({"by", "from", "of"})
_TEXT_SAYS = frozenset({"read", "reads", "reading", "said", "says", "saying"})
_ALOUD = frozenset({"read", "reads", "reading", "recited", "recites", "reciting", "played", "playing"})
_STOPS = frozenset({".", ";", "!", "?"})
_AUTHORS = frozenset({"person", "organisation"})


@dataclass(frozen=True, slots=True)
class Author:
    """Who said what is passed on, as far as that is known."""

    mention: Mention | None


def author_of(reading: Reading, cue: Cue, end: int) -> Author | None:
    """Whose words they are that the cue's speaker passes on; None where these are the speaker's own.

    `end` is the token of the quotation, or where the paragraph ends that leads it in.
    """
    if (mention := _author_of_text(reading, cue.mention)) is not None:
        return Author(mention)
    place = _passing_verb(reading, cue, end)
    return Author(_named_behind(reading, place, end)) if place is not None else None


def _author_of_text(reading: Reading, mention: Mention) -> Mention | None:
    """Of "a letter from Odo Marsh", who wrote it."""
    if not mention.is_text:
        return None
    place = mention.last + 1
    tokens = reading.tokens
    if place < len(tokens) and tokens[place].lower in {"written", "posted", "sent", "signed", "published"}:
        place += 1
    if place >= len(tokens) or tokens[place].lower not in _FROM - {"of"}:
        return None
    author = reading.begins.get(place + 1)
    return author if author is not None and author.kind in _AUTHORS else None


def _passing_verb(reading: Reading, cue: Cue, end: int) -> int | None:
    """The verb of passing on that governs the quotation before the token `end`, or follows its cue."""
    tokens = reading.tokens
    _, stop = reading.paragraph.sentence(min(cue.first, len(tokens) - 1))
    if cue.last < end:  # the cue stands before the words
        begin = cue.mention.last + 1
        for place in range(end - 1, max(begin, end - _REACH - 1) - 1, -1):
            if _says_of_text(reading, place):
                continue
            if tokens[place].lower in PASSING_VERBS:
                return place
            if is_verb(reading, place) and not _as_saying(reading, place):
                break
        return _participle(reading, begin, min(begin + _REACH, end))
    return _participle(reading, cue.last + 1, min(stop, cue.last + _REACH))


def _participle(reading: Reading, first: int, end: int) -> int | None:
    """ "…, quoting": a participle that says how something was said."""
    for place in range(max(first, 1), min(end, len(reading.tokens))):
        token = reading.tokens[place]
        if token.quoted >= 0 or token.text in _STOPS:
            return None
        before = reading.tokens[place - 1]
        if token.lower in PASSING_VERBS and token.lower.endswith("ing") and not before.is_word:
            following = reading.tokens[place : min(place + _REACH, end)]
            return None if any(one.quoted >= 0 for one in following) else place
    return None


def _says_of_text(reading: Reading, place: int) -> bool:
    """Whether a verb has the text that is passed on as its subject: "a post that read"."""
    tokens = reading.tokens
    before = tokens[place - 1]
    relative = before.lower in {"that", "which"} or tokens[place].lower.endswith("ing")
    return tokens[place].lower in _TEXT_SAYS and relative and before.text != ","


def _as_saying(reading: Reading, place: int) -> bool:
    return reading.tokens[place].lower == "saying" and reading.tokens[place - 1].lower == "as"


def _named_behind(reading: Reading, verb: int, end: int) -> Mention | None:
    """The author behind a verb of passing on: its object, whose text it is, or whom "by" or "from" leads in.

    Where nobody is named it is the text, unless that is read out, which may be the reader's own.
    """
    tokens = reading.tokens
    direct = reading.begins.get(verb + 1)
    if direct is not None and direct.kind in _AUTHORS:
        return direct
    unnamed: Mention | None = None
    for place in range(verb + 1, min(verb + _REACH, len(tokens), end if end > verb else len(tokens))):
        if tokens[place].quoted >= 0 or tokens[place].text in _STOPS:
            break
        mention = reading.begins.get(place)
        if mention is None:
            continue
        if mention.kind in _AUTHORS and tokens[place - 1].lower in _FROM:
            return mention
        if (owner := _owner(reading, mention)) is not None:
            return owner
        if mention.is_text:
            unnamed = unnamed or mention
    return None if tokens[verb].lower in _ALOUD else unnamed


def _owner(reading: Reading, mention: Mention) -> Mention | None:
    """Of "Odo Marsh's post", Odo Marsh."""
    tokens = reading.tokens
    last = next((i for i in range(mention.first, mention.last + 1) if tokens[i].is_possessive), None)
    if last is None or not all(token.is_capitalised for token in tokens[mention.first : last + 1]):
        return None
    kind, named, gender, title = classify(tokens, mention.first, last)
    if kind not in _AUTHORS or not named:
        return None
    return Mention(mention.first, last, kind, " ".join(tokens[i].name for i in named), gender, title)
