"""Finds the subject of a reporting verb in its sentence."""

from __future__ import annotations

from itertools import islice

from articles.reading.quotations.lexicon import (
    AMBIGUOUS_VERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PASSING_VERBS,
    PREPOSITIONS,
    base_form,
    is_reporting_verb,
    is_speech_verb,
    phrasal_particles,
    speaks,
)
from articles.reading.quotations.mentions import Mention
from articles.reading.quotations.name_runs import after_office
from articles.reading.quotations.reading import Reading
from articles.reading.quotations.tokens import Token

_NOUN_FOLLOWS = DETERMINERS | PREPOSITIONS | {"new"}
_MAX_DISTANCE = 80
"""Tokens that are searched for a subject; no readable clause is longer."""
_MAX_CANDIDATES = 12
_MAX_MODIFIERS = 8
"""The most words that are read between a noun and the preposition of its modifier."""
_BEGIN_CLAUSES = frozenset({"after", "as", "before", "like", "since", "than", "until"})
"""Prepositions that are conjunctions, too: "the officials waited until Ida Holm said"."""
TO_BE = frozenset({"be", "been", "being", "is", "are", "was", "were"})
_LINKS = frozenset({"and", "but", "then", "or"})
_TURNS = frozenset({"and", "but", "while", "whereas", "yet", "although", "though"})
_NAMING_VERBS = frozenset({"call", "dub", "label", "describe", "depict"})
"""Verbs with two objects: "called one a liar and the other a fool"."""
_JUDGING_VERBS = _NAMING_VERBS | frozenset(
    {
        *("accuse", "assail", "attack", "blame", "blast", "condemn", "criticise", "criticize", "decry"),
        *("denounce", "deride", "dismiss", "hail", "lambast", "laud", "mock", "praise", "reject"),
        *("ridicule", "scold", "slam", "taunt", "tease", "tout"),
    }
)
"""Verbs that are said of somebody or something, and take no clause: "praised the plan"."""
_NAMED = frozenset({"named", "called"})
_OPENING = {")": frozenset({"("}), "—": frozenset({"—"}), "–": frozenset({"–"}), "--": frozenset({"--"})}
_INSERTED = frozenset({",", ")", "—", "–", "--"})


def is_adverb(token: Token) -> bool:
    """Whether the token may be between a subject and its verb."""
    return token.lower in AUXILIARIES or (
        token.is_word
        and not token.is_capitalised
        and token.lower.endswith("ly")
        and len(token.lower) > 4
        and not speaks(token.plain)  # "the family", "an ally"
    )


def is_verb(reading: Reading, place: int) -> bool:
    """Whether it is a reporting verb, rather than a noun of the same form ("the report", "a claim")."""
    token = reading.tokens[place]
    if verb_end(reading, place) == place and not is_reporting_verb(token.lower):
        return False
    if token.is_capitalised and not is_speech_verb(token.lower):
        return False
    if place == 0:
        return True
    before = reading.tokens[place - 1]
    if before.lower == "to":
        return place > 1
    if is_passive(reading, place):
        return False
    subject = reading.ends.get(place - 1)
    alone = subject is not None and subject.kind == "nominal"  # "another said"
    if (before.lower in _NOUN_FOLLOWS and not alone) or before.is_possessive:
        return False
    if token.lower in AMBIGUOUS_VERBS:
        return (
            not before.is_word
            or place - 1 in reading.ends
            or is_adverb(before)
            or before.lower in _LINKS | {"who"}
        )
    return True


def verb_end(reading: Reading, place: int) -> int:
    """The last token of the verb at `place`: the second one in "shot back" and "put it"."""
    tokens = reading.tokens
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    is_phrase = following in phrasal_particles(tokens[place].lower)
    return place + 1 if is_phrase else place


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether the verb is passive: "was told", "can only be described as"."""
    tokens = reading.tokens
    if tokens[verb].lower.endswith("ing"):
        return False
    place = verb - 1
    while place and is_adverb(tokens[place]) and tokens[place].lower not in TO_BE:
        place -= 1
    return tokens[place].lower in TO_BE


def agent_of(reading: Reading, verb: int) -> Mention | None:
    """Who speaks by a passive verb of saying: in "Odo Marsh was told by Ida Holm", Ida Holm."""
    tokens = reading.tokens
    agent = reading.begins.get(verb + 2)
    if agent is None or tokens[verb + 1].lower != "by" or tokens[verb].lower in PASSING_VERBS:
        return None
    return agent if is_reporting_verb(tokens[verb].lower) and is_passive(reading, verb) else None


def verb_before(reading: Reading, first: int, last: int) -> int | None:
    """The last reporting verb between tokens `first` and `last`, in the same clause."""
    for place in range(last, first - 1, -1):
        if reading.tokens[place].text == ";":
            return None
        if is_verb(reading, place):
            return place
    return None


def clause_start(reading: Reading, first: int, last: int) -> int:
    """Where the clause that ends at `last` begins: after "but" and the like, if it has a subject of its own.

    The clause before must be complete: in "Ida Holm said the boat is late but Odo Marsh is", it is not.
    """
    tokens = reading.tokens
    start = first
    for place in range(last, max(first, last - _MAX_DISTANCE) - 1, -1):
        if start == first and tokens[place].lower in _TURNS and _is_clause(reading, place + 1, last):
            start = place + 1
        elif is_verb(reading, place):
            base, said = base_form(tokens[place].lower), tokens[verb_end(reading, place) + 1]
            is_complete = said.quoted >= 0 or base in _JUDGING_VERBS
            has_two_objects = base in _NAMING_VERBS and tokens[start - 1].lower == "and"
            return start if is_complete and not has_two_objects else first
    return first


def _is_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether a subject begins at the token, and a verb seems to follow it."""
    subject = reading.begins.get(first)
    if subject is None or subject.kind == "pronoun" or subject.last >= last:
        return False
    following = reading.tokens[subject.last + 1]
    is_listed = reading.tokens[first - 1].lower == "and" and first - 2 in reading.ends
    return following.is_word and following.lower not in _NOUN_FOLLOWS | CONJUNCTIONS and not is_listed


def subject_of(reading: Reading, first: int, verb: int) -> Mention | None:
    """The subject of the verb, in the sentence that begins at the token `first`."""
    tokens = reading.tokens
    place = verb - 1
    while place >= first and is_adverb(tokens[place]):
        place -= 1
    if place < first:
        return None
    token = tokens[place]
    text = reading.ends.get(verb - 1)
    if tokens[verb].lower.endswith("ing") and text is not None and text.is_text:
        return text  # "a sign saying"
    if token.lower in _LINKS | {"to"}:
        earlier = verb_before(reading, first, place - 1) if token.lower in _LINKS else None
        found = subject_of(reading, first, earlier) if earlier is not None else None
        return found or _clause_subject(reading, first, place)
    if token.lower in {"who", "which", "that"} and place > first:
        place -= 2 if tokens[place - 1].text == "," else 1
        return ending_at(reading, first, place, may_be_modified=False)
    if token.text in _INSERTED:
        if tokens[verb].lower.endswith("ing"):
            return sentence_subject(reading, first, place)
        return _before_insertion(reading, first, place)
    found = ending_at(reading, first, place, may_be_modified=not tokens[verb].lower.endswith("ing"))
    if found is None and (tokens[verb].lower.endswith("ing") or token.is_word):
        return sentence_subject(reading, first, place)
    return found


def _before_insertion(reading: Reading, first: int, close: int) -> Mention | None:
    """The subject before an insertion that ends at `close`: `Ida Holm, who chairs the society, …`."""
    opening = _OPENING.get(reading.tokens[close].text, frozenset({","}))
    for place in range(close - 1, max(first, close - _MAX_DISTANCE), -1):
        if reading.tokens[place].text in opening:
            mention = ending_at(reading, first, place - 1)
            if mention is not None and not reading.is_led_in(mention, first):
                return _owner_of_clause(reading, first, mention) or mention
    return sentence_subject(reading, first, close)


def _owner_of_clause(reading: Reading, first: int, mention: Mention) -> Mention | None:
    """Whom a clause describes, if the name is within it: `Ida Holm, whose husband, Odo Marsh, …, said`."""
    described = reading.ends.get(mention.first - 2)
    whose = described.first - 1 if described is not None else -1
    if whose < first + 2 or reading.tokens[whose].lower != "whose" or reading.tokens[whose - 1].text != ",":
        return None
    return ending_at(reading, first, whose - 2)


def ending_at(reading: Reading, first: int, place: int, *, may_be_modified: bool = True) -> Mention | None:
    """The subject whose phrase ends at the token: in "a spokesman for the mayor", the spokesman.

    `may_be_modified` says whether adjectives and clauses may follow its noun: "a source close to the mayor".
    """
    mention = reading.ends.get(place)
    if mention is None:
        return _across_modifiers(reading, first, place)
    while mention.first - 2 >= first and reading.tokens[mention.first - 1].lower in PREPOSITIONS:
        inserted = mention.is_text and reading.tokens[mention.first - 2].text == ","
        head = reading.ends.get(mention.first - 2 - inserted)  # "Ida Holm, in a statement on Friday said"
        if head is None and may_be_modified:
            head = _modified_noun(reading, first, mention.first - 1)
        if head is None or head.kind == "pronoun":
            break
        mention = head
    return mention


def _modified_noun(reading: Reading, first: int, preposition: int) -> Mention | None:
    """The noun that words up to the preposition describe: "a source who is close to", "people briefed on"."""
    tokens = reading.tokens
    if tokens[preposition].lower in _BEGIN_CLAUSES:
        return None
    for place in range(preposition - 1, max(first, preposition - _MAX_MODIFIERS) - 1, -1):
        token = tokens[place]
        if token.lower == "who":
            continue
        if (noun := reading.ends.get(place)) is not None:
            return noun if noun.kind == "nominal" and not token.is_possessive else None
        ends = token.lower in CONJUNCTIONS or is_reporting_verb(token.lower)
        if not token.is_word or token.is_capitalised or ends:
            return None
    return None


def _across_modifiers(reading: Reading, first: int, place: int) -> Mention | None:
    """The nearest mention before adverbial words ("Holm on Monday said")."""
    for start in range(place, max(first, place - 8) - 1, -1):
        token = reading.tokens[start]
        if token.text in {",", ":", ";"} or token.quoted >= 0:
            return None
        if start in reading.ends and not reading.tokens[start].is_possessive:
            return ending_at(reading, first, start)
    return None


def sentence_subject(reading: Reading, first: int, last: int) -> Mention | None:
    """The first mention between tokens `first` and `last` without a preposition.

    If the sentence opens differently ("Asked about the bell, Ida Holm …"), the first after a comma.
    """
    found = list(islice(reading.subjects(max(first, last - _MAX_DISTANCE), last + 1), _MAX_CANDIDATES))
    if found and found[0].first > first:
        return next((m for m in found if reading.tokens[m.first - 1].text == ","), found[0])
    return found[0] if found else None


def in_apposition(reading: Reading, mention: Mention) -> Mention:
    """The name in apposition to a common noun ("the head of the board, Odo Marsh,"), else the mention."""
    if mention.kind != "nominal":
        return mention
    tokens = reading.tokens
    if (named := _named_by(reading, mention)) is not None:
        return named
    start = after_office(tokens, mention.last + 1)
    if start is not None and any(token.lower.endswith("-year-old") for token in tokens[start : start + 1]):
        start += 1  # "the cyclist, 24-year-old Ben Ashe,"
    name = reading.begins.get(start) if start is not None else None
    if name is not None and name.kind == "nominal":
        name = _named_by(reading, name)
    if name is None or name.kind != "person":
        return mention
    closing = tokens[name.last + 1 : name.last + 2]
    return mention if any(token.is_word or token.is_possessive for token in closing) else name


def _named_by(reading: Reading, mention: Mention) -> Mention | None:
    """The name after "named" or "called": "a retired welder named Odo Marsh"."""
    naming = reading.tokens[mention.last + 1 : mention.last + 2]
    name = reading.begins.get(mention.last + 2)
    is_named = any(token.lower in _NAMED for token in naming)
    return name if is_named and name is not None and name.kind == "person" else None


def _clause_subject(reading: Reading, first: int, last: int) -> Mention | None:
    """The subject of the clause in which token `last` introduces a second verb ("she laughed and said")."""
    for mention in reversed(list(reading.subjects(max(first, last - _MAX_DISTANCE), last))):
        before = reading.tokens[mention.first - 1] if mention.first > first else None
        if before is None or before.text == "," or before.lower in CONJUNCTIONS:
            return mention
    return sentence_subject(reading, first, last)
