"""Finds quotations that were not said: denied, made up, asked about, or hypothetical.

`Ida Holm never said "…"` · `"…," Ida Holm might say` · `denied that she said "…"` · `if Ida Holm says "…"` ·
`A post that claims Ida Holm said "…" is false` · `Did Ida Holm say "…"?`
"""

from __future__ import annotations

from articles.reading.quotations.cues import Cue
from articles.reading.quotations.lexicon import (
    AUXILIARIES,
    CLAIM_NOUNS,
    CONJUNCTIONS,
    DENYING_VERBS,
    FALSITY_WORDS,
    TEXT_NOUNS,
    is_reporting_verb,
)
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.subjects import TO_BE, is_adverb, is_verb, subject_of
from articles.reading.quotations.tokens import Token
from articles.reading.spans import Span

_NEGATIONS = frozenset({"not", "never", "n't", "without", "supposedly", "purportedly", "allegedly"})
_MODALS = frozenset({"might", "may", "would", "could", "should", "'d"})
_IN_FACT = frozenset({"only", "just", "later", "eventually", "subsequently", "often", "then", "always"})
"""After a negation or a modal, these show that it was said: "not only said", "would later say"."""
_WITHIN = frozenset(
    {"to", "of", "as", "from", "having", "ever", "short", "quoted", "cited", "than", "rather"}
)
_CONDITIONS = frozenset({"if", "whether", "unless", "suppose", "supposing", "imagine"})
_EMBEDS = frozenset({"that", "of", "which", "where", "as"})
_ASKING = frozenset({"did", "does", "do", "has", "have", "would", "could", "might", "is", "was"})
_INVERTED = frozenset({"did", "does", "do", "has", "have", "had"})
_OPEN_DENIALS = frozenset({"nor", "neither", "never", "not", "no"})
_MAX_OPENING = 5
"""Words in which such a denial begins a sentence: "At no time did"."""
_NOBODY = frozenset({"nobody", "none", "no"})
_REFERRING = frozenset({"it", "that", "this", "so", "those", "them", "such", "these"})
_CLAIMS = CLAIM_NOUNS | TEXT_NOUNS
_GROUNDS = frozenset({"evidence", "record", "proof", "sign", "trace", "true", "recording", "indication"})
_DIVIDES = frozenset({",", ";", ":", "—", "–", "―", "--", "(", ")"})
_MAX_CLAIM_DISTANCE = 40
_MAX_DISTANCE = 12


def denial_of(reading: Reading, index: int, cue: Cue | None, source: Reading) -> Span | None:
    """The words that deny the quotation at token `index`, or treat it as hypothetical."""
    found = _at_verb(source, cue.verb) if cue is not None and _is_beside(source, index, cue) else None
    if found is None and (verb := _verb_beside(reading, index)) is not None:
        found = _at_verb(reading, verb)
    if found is None and cue is not None and source is reading and cue.mention.first < index:
        found = _in_predicate(reading, index, cue.mention.first)
    return found or _in_next_sentence(reading, index)


def _is_beside(source: Reading, index: int, cue: Cue) -> bool:
    """Whether the cue's verb governs the quotation, with at most an object or adverbs between."""
    if cue.form == "before":
        between = [token.lower for token in source.tokens[cue.verb + 1 : index]]
        return "," not in between[:-1] and not CONJUNCTIONS.intersection(between)
    return cue.verb >= 0 and cue.form in {"after", "inverted", "trailing", "inserted", "lead-in"}


def _verb_beside(reading: Reading, index: int) -> int | None:
    """The reporting verb directly before the quotation."""
    first, _ = reading.paragraph.sentence(index)
    for place in range(index - 1, max(first, index - 4) - 1, -1):
        if is_verb(reading, place):
            return place
        if reading.tokens[place].text not in {",", ":"} and reading.tokens[place].lower not in {
            "that",
            "the",
        }:
            return None
    return None


def _at_verb(reading: Reading, verb: int) -> Span | None:
    return _before_verb(reading, verb) or _in_main_clause(reading, verb) or _in_question(reading, verb)


def _before_verb(reading: Reading, verb: int) -> Span | None:
    """A denial between subject and verb: "did not", "might", "denied ever", "stopped short of"."""
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(verb)
    in_fact = False
    for place in range(verb - 1, max(first, verb - _MAX_DISTANCE) - 1, -1):
        word = tokens[place].lower
        is_modal = word in _MODALS and not (tokens[place].is_capitalised and place > first)
        if _is_negation(word) or is_modal or word in DENYING_VERBS:
            return None if in_fact else Span(tokens[place].start, tokens[verb].end)
        if not (word in _WITHIN or word in AUXILIARIES or is_adverb(tokens[place])):
            return None
        in_fact = in_fact or word in _IN_FACT
    return None


def _in_main_clause(reading: Reading, verb: int) -> Span | None:
    """A denial in the main clause: "denied that she", "if she", "a fake post claims"."""
    tokens = reading.tokens
    first, _ = reading.paragraph.sentence(verb)
    subject = subject_of(reading, first, verb)
    begin = subject.first if subject is not None and first <= subject.first < verb else verb
    if begin > first and tokens[begin - 1].lower in _CONDITIONS:
        return Span(tokens[begin - 1].start, tokens[verb].end)
    if tokens[first].lower in _NOBODY and begin - first < _MAX_DISTANCE:
        opening = tokens[first:verb]
        if not any(t.quoted >= 0 or t.text in _DIVIDES or t.lower in CONJUNCTIONS for t in opening):
            return Span(tokens[first].start, tokens[verb].end)
    embedded = False
    for place in range(begin - 1, max(first, begin - _MAX_DISTANCE) - 1, -1):
        token = tokens[place]
        if token.text in _DIVIDES or token.quoted >= 0:
            return None
        doubted = _is_negation(token.lower) and tokens[place + 1].lower in _GROUNDS
        if embedded and (token.lower in DENYING_VERBS or _is_false(token) or doubted):
            return Span(token.start, tokens[verb].end)
        has = token.lower in {"has", "had"} and tokens[verb].lower.endswith("ing")
        embedded = embedded or has or token.lower in _EMBEDS or _takes_clause(token)
    return None


def _in_question(reading: Reading, verb: int) -> Span | None:
    """A question ("Did she say"), or a denial with the word order of one ("Nor did she say")."""
    first, end = reading.paragraph.sentence(verb)
    tokens = reading.tokens
    asked = tokens[first].lower in _ASKING and tokens[end - 1].text == "?"
    subject = subject_of(reading, first, verb)
    before = tokens[first : subject.first] if subject is not None else []
    is_inverted = 1 < len(before) < _MAX_OPENING and before[-1].lower in _INVERTED
    denied = is_inverted and any(token.lower in _OPEN_DENIALS for token in before)
    return Span(tokens[first].start, tokens[verb].end) if asked or denied else None


def _in_predicate(reading: Reading, index: int, subject: int) -> Span | None:
    """A denial after the words, of a claim before them: `A post that claims she said "…" is false`."""
    first, end = reading.paragraph.sentence(index)
    tokens = reading.tokens
    if not any(_is_claim(token) for token in tokens[max(first, subject - _MAX_DISTANCE) : subject]):
        return None
    return _is_called_false(tokens[index + 1 : min(end, index + 1 + _MAX_DISTANCE)])


def _in_next_sentence(reading: Reading, index: int) -> Span | None:
    """A denial in the next sentence: `The quote is made up.` · `She never said that.`"""
    number = reading.paragraph.sentence_of[index] + 1
    if number >= len(reading.paragraph.sentences):
        return None
    first, end = reading.paragraph.sentences[number]
    tokens = reading.tokens
    following = tokens[first : min(end, first + _MAX_DISTANCE)]
    for place in range(1, len(following) - 2):
        if not _is_negation(following[place].lower) or following[place - 1].quoted >= 0:
            continue
        if is_reporting_verb(following[place + 1].lower) and following[place + 2].lower in _REFERRING:
            return Span(following[0].start, following[place + 2].end)
    noun = next((token for token in following[:4] if _is_claim(token)), None)
    if noun is None:
        return None
    begin, _ = reading.paragraph.sentence(index)
    is_quotation = noun.plain.rstrip("s") in {"quote", "quotation", "remark", "word", "line", "statement"}
    named = any(
        t.plain.rstrip("s") == noun.plain.rstrip("s")
        for t in tokens[max(begin, index - _MAX_CLAIM_DISTANCE) : index]
    )
    return _is_called_false(following) if is_quotation or named else None


def _is_called_false(tokens: list[Token]) -> Span | None:
    """A form of "to be" followed by a word such as "false", within the same clause."""
    for place, token in enumerate(tokens):
        if token.quoted >= 0 or token.text in _DIVIDES or token.lower in CONJUNCTIONS:
            return None
        if token.lower in TO_BE:
            for number, following in enumerate(tokens[place + 1 : place + 5], place + 2):
                made_up = following.lower == "made" and number < len(tokens) and tokens[number].lower == "up"
                if made_up or _is_false(following) or _is_negation(following.lower):
                    return Span(token.start, following.end)
            return None
    return None


def _is_negation(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't") or word == "no"


def _is_false(token: Token) -> bool:
    return token.plain in FALSITY_WORDS


def _is_claim(token: Token) -> bool:
    return token.plain in _CLAIMS or token.plain.removesuffix("s") in _CLAIMS


def _takes_clause(token: Token) -> bool:
    """Whether the verb can take a clause as its object: "claims", "showing", "attributed"."""
    return is_reporting_verb(token.lower) or token.lower.startswith(("show", "depict", "attribut", "purport"))
