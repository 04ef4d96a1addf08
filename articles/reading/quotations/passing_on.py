"""Finds the authors of words that others report: `Ida Holm retweeted Odo Marsh: "…"`.

Such words are attributed to their author, also in `"…," she said, quoting Odo Marsh`, in `Ida Holm praised
Odo Marsh for saying "…"` and in `Ida Holm dismissed Odo Marsh's claim that "…"`.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.kinds import is_title
from articles.reading.quotations.lexicon import (
    CLAIM_NOUNS,
    DETERMINERS,
    PASSING_VERBS,
    base_form,
    is_reporting_verb,
)
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.naming import classify
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import is_passive, is_verb, verb_end
from articles.reading.quotations.tokens import Token

_MAX_DISTANCE = 16
"""Tokens after such a verb that are searched for the author."""
_FROM = frozenset({"by", "from", "of"})
_TEXT_SAYS = frozenset({"read", "reads", "reading", "said", "says", "saying"})
_ALOUD = frozenset({"read", "reads", "reading", "recited", "recites", "reciting", "played", "playing"})
_PASSED_ON_FIRST = frozenset({"paraphrasing", "quoting", "reciting"})
"""Words that begin a sentence about words of another: "Quoting Odo Marsh, Ida Holm said"."""
_STOPS = frozenset({".", ";", "!", "?"})
_AUTHORS = frozenset({"person", "organisation"})
_REPORTED = frozenset({"as", "for", "of"})
"""Between an object and what it says: "quoted Odo Marsh as saying", "praised Odo Marsh for saying"."""
_RECALLING = frozenset({"quote", "recall", "relate", "remember", "report"})
"""Verbs that need nothing between: "recalled Odo Marsh saying"."""
_UTTERANCES = frozenset({"advice", "answer", "message", "reply", "response", "saying", "warning", "words"})
_WRITING = frozenset({"argue", "conclude", "recall", "recount", "reflect", "write"})
"""Verbs of a work's author, rather than of somebody in it."""
_ADOPTING = frozenset(
    {"add", "echo", "offer", "post", "reiterate", "repeat", "tweet", "venture", "volunteer"}
)
"""Verbs whose subject makes the claim that is their object; that of others is somebody else's."""
_OWN = frozenset({"his", "her", "its", "their", "my", "our"})
_MAX_DESCRIPTION = 4
"""The most words between an owner and a claim: "Odo Marsh's long and bitter complaint"."""


@dataclass(frozen=True, slots=True)
class Author:
    """The author of reported words; the mention is None if unknown."""

    mention: Mention | None
    is_another: bool = False
    """Whether it is surely not the cue's speaker, although unknown."""


def author_of(reading: Reading, cue: Cue, end: int) -> Author | None:
    """The author of words that the cue's speaker reports; None if they are the speaker's own.

    `end` is the token of the quotation, or the end of the paragraph that introduces it.
    """
    if (mention := _author_of_text(reading, cue)) is not None:
        return Author(mention)
    if (mention := _reported_object(reading, cue)) is not None:
        return Author(mention)
    if cue.mention.first < end and (author := _author_of_claim(reading, cue, end)) is not None:
        return author
    if _is_character(reading, cue) or _recalls_words(reading, cue, end):
        return Author(None)
    place = _passing_verb(reading, cue, end)
    return Author(_named_behind(reading, place, end)) if place is not None else None


def _author_of_text(reading: Reading, cue: Cue) -> Mention | None:
    """The author of a text: in "a letter from Odo Marsh" and "Odo Marsh's letter", Odo Marsh."""
    mention = cue.mention
    if not mention.is_text:
        return None
    says = cue.verb < 0 or reading.tokens[cue.verb].lower in _TEXT_SAYS
    if says and (owner := _owner(reading, mention)) is not None:
        return owner
    place = mention.last + 1
    tokens = reading.tokens
    if place < len(tokens) and tokens[place].lower in {"written", "posted", "sent", "signed", "published"}:
        place += 1
    if place >= len(tokens) or tokens[place].lower not in _FROM - {"of"}:
        return None
    author = reading.begins.get(place + 1)
    return author if author is not None and author.kind in _AUTHORS else None


def _reported_object(reading: Reading, cue: Cue) -> Mention | None:
    """The object that says the words: in "quoted Odo Marsh as saying", Odo Marsh."""
    tokens = reading.tokens
    mention = reading.begins.get(verb_end(reading, cue.verb) + 1) if cue.verb >= 0 else None
    if mention is None or mention.kind == "pronoun" or mention.last + 2 >= len(tokens):
        return None
    place = mention.last + 1
    if tokens[place].lower in _REPORTED:
        place += 1
    elif base_form(tokens[cue.verb].lower) not in _RECALLING:
        return None
    says = tokens[place].lower.endswith("ing") and is_reporting_verb(tokens[place].lower)
    return mention if says else None


def _author_of_claim(reading: Reading, cue: Cue, end: int) -> Author | None:
    """The author of a claim that the words state: "Odo Marsh's view that", "the claim by Odo Marsh that"."""
    tokens = reading.tokens
    noun = end - 2
    if noun <= cue.verb or cue.verb < 0 or tokens[end - 1].lower != "that":
        return None
    by = reading.ends.get(noun)
    if by is not None and by.kind in _AUTHORS and tokens[by.first - 1].lower in _FROM:
        return Author(by) if _is_claim(tokens[by.first - 2]) else None
    for place in range(noun - 1, max(cue.verb, noun - _MAX_DESCRIPTION - 1), -1):
        token = tokens[place]
        if token.lower in _OWN:
            return None
        if token.is_possessive and token.is_capitalised:
            mention = reading.ends.get(place) or reading.ends.get(noun)
            owner = _owner(reading, mention) if mention is not None else None
            return Author(owner) if owner is not None else None
        if token.lower in DETERMINERS or not token.is_word:
            break
    adopts = base_form(tokens[cue.verb].lower) in _ADOPTING
    return Author(None, is_another=True) if _is_claim(tokens[noun]) and not adopts else None


def _is_claim(noun: Token) -> bool:
    return not CLAIM_NOUNS.isdisjoint({noun.lower, noun.lower.removesuffix("s")})


def _is_character(reading: Reading, cue: Cue) -> bool:
    """Whether the speaker may be a character of a work that opens the sentence: `In “The Pier,” Ida says`."""
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(min(cue.first, len(tokens) - 1))
    opening = tokens[first : first + 2]
    opens = len(opening) > 1 and opening[0].lower == "in" and opening[1].quoted >= 0
    return opens and is_title(opening[1].text) and base_form(tokens[cue.verb].lower) not in _WRITING


def _recalls_words(reading: Reading, cue: Cue, end: int) -> bool:
    """Whether it recalls what may be another's words: `Ida Holm remembers his last words:`."""
    tokens = reading.tokens
    if cue.verb < 0 or base_form(tokens[cue.verb].lower) not in _RECALLING:
        return False
    return any(token.lower in _UTTERANCES for token in tokens[max(cue.verb, end - 3) : end])


def _passing_verb(reading: Reading, cue: Cue, end: int) -> int | None:
    """The verb of quoting or sharing that governs the quotation before `end`, or follows its cue."""
    tokens = reading.tokens
    _, stop = reading.paragraph.sentence(min(cue.first, len(tokens) - 1))
    if cue.last < end:  # the cue precedes the words
        begin = cue.mention.last + 1
        for place in range(end - 1, max(begin, end - _MAX_DISTANCE - 1) - 1, -1):
            if _says_of_text(reading, place):
                continue
            if tokens[place].lower in PASSING_VERBS:
                return None if is_passive(reading, place) else place
            if is_verb(reading, place) and not _as_saying(reading, place):
                break
        first, _ = reading.paragraph.sentence(cue.first)
        if tokens[first].lower in _PASSED_ON_FIRST and first < cue.first:
            return first
        return _participle(reading, begin, min(begin + _MAX_DISTANCE, end))
    return _participle(reading, cue.last + 1, min(stop, cue.last + _MAX_DISTANCE))


def _participle(reading: Reading, first: int, end: int) -> int | None:
    """A participle that describes how it was said: "…, quoting"."""
    for place in range(max(first, 1), min(end, len(reading.tokens))):
        token = reading.tokens[place]
        if token.quoted >= 0 or token.text in _STOPS:
            return None
        before = reading.tokens[place - 1]
        if token.lower in PASSING_VERBS and token.lower.endswith("ing") and not before.is_word:
            following = reading.tokens[place : min(place + _MAX_DISTANCE, end)]
            return None if any(one.quoted >= 0 for one in following) else place
    return None


def _says_of_text(reading: Reading, place: int) -> bool:
    """Whether the subject of a verb is the reported text: "a post that read"."""
    tokens = reading.tokens
    before = tokens[place - 1]
    relative = before.lower in {"that", "which"} or tokens[place].lower.endswith("ing")
    return tokens[place].lower in _TEXT_SAYS and relative and before.text != ","


def _as_saying(reading: Reading, place: int) -> bool:
    return reading.tokens[place].lower == "saying" and reading.tokens[place - 1].lower == "as"


def _named_behind(reading: Reading, verb: int, end: int) -> Mention | None:
    """The author after a verb of quoting or sharing: its object, an owner, or a name after "by" or "from".

    If no one is named it is the text, unless it is read aloud: that may be the reader's own.
    """
    tokens = reading.tokens
    direct = reading.begins.get(verb + 1)
    if direct is not None and direct.kind in _AUTHORS:
        return direct
    unnamed: Mention | None = None
    for place in range(verb + 1, min(verb + _MAX_DISTANCE, len(tokens), end if end > verb else len(tokens))):
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
    """The owner in a mention: in "Odo Marsh's post", Odo Marsh."""
    tokens = reading.tokens
    last = next((i for i in range(mention.first, mention.last + 1) if tokens[i].is_possessive), None)
    if last is None or not all(token.is_capitalised for token in tokens[mention.first : last + 1]):
        return None
    kind, named, gender, title = classify(tokens, mention.first, last)
    if kind not in _AUTHORS or not named:
        return None
    return Mention(mention.first, last, kind, " ".join(tokens[i].name for i in named), gender, title)
