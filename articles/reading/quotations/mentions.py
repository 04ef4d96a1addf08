"""Finds mentions in a paragraph: names, pronouns, and common nouns for speakers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from articles.reading.budget import Budget
from articles.reading.quotations.common_nouns import is_common_noun, is_one_person, one_of, unlisted_speaker
from articles.reading.quotations.lexicon import (
    AUXILIARIES,
    BODY_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    NOT_NAMES,
    OBJECT_PRONOUNS,
    ORGANISATION_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SERVING_TITLES,
    SPEAKING_NOUNS,
    TEXT_NOUNS,
    TITLES,
    is_reporting_verb,
    is_speech_verb,
    speaks,
)
from articles.reading.quotations.name_runs import (
    after_office,
    end_of_list,
    end_of_run,
    is_fronted_verb,
    is_name,
)
from articles.reading.quotations.naming import (
    Gender,
    MentionKind,
    classify,
    gender_of_title,
    given_gender,
    name_at_end,
)
from articles.reading.quotations.tokens import Paragraph

_OF_OFFICE = frozenset({"of", "to", "for"})
_NEVER_NAMES = NOT_NAMES - TITLES - ORGANISATION_NOUNS - FUNCTION_WORDS
"""Capitalised words that do not begin a name, wherever the run starts."""
_CONTRACTED = FUNCTION_WORDS - AUXILIARIES
"""Words that may be contracted with "is" ("Here's how"), as opposed to names ("Will's", "May's")."""
_NAMING = GIVEN_NAMES | TITLES | ORGANISATION_NOUNS
_COMMON_ENDINGS = ("s", "men", "ing", "ed")
"""Endings of plurals and participles ("Villagers said"), which far fewer surnames have."""
_MAX_NOUNS = 3
"""The most common nouns behind a name that describes them: "Lindle city council officials"."""
_PRONOUN_GENDER: dict[str, Gender] = {"he": "male", "she": "female"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `last`, inclusive, that refer to someone or something."""

    first: int
    last: int
    kind: MentionKind
    name: str = ""
    """A name without titles ("Mirela Tansy-Okoro"), or else the pronoun or noun in lower case."""
    gender: Gender = ""
    title: str = ""
    """The title before a name, in lower case."""
    presumed: bool = False
    """Whether only the verb after it shows that it is a name: it begins a sentence, as in "Tansy said"."""

    @property
    def is_unnamed_person(self) -> bool:
        """Whether it means one person without a name ("a neighbour", "another"), and not by a title."""
        return self.kind == "nominal" and is_one_person(self.name)

    @property
    def is_text(self) -> bool:
        """Whether it is a common noun for a text or recording."""
        return self.kind == "nominal" and not TEXT_NOUNS.isdisjoint({self.name, self.name.removesuffix("s")})


def find_mentions(paragraph: Paragraph, names: AbstractSet[str], budget: Budget) -> list[Mention]:
    """The mentions in order, without overlaps.

    `names` are the words, in lower case, that are capitalised within a sentence somewhere in the text: a
    single word at the beginning of a sentence is only a name if it is among them.
    """
    reader = _Reader(paragraph, names)
    mentions: list[Mention] = []
    after = 0
    for index, token in enumerate(budget.over(paragraph.tokens)):
        if index < after or not token.may_begin_mention:
            continue
        mention = reader.read(index)
        if mention is None:
            after = reader.nameless + 1
            continue
        if mentions and mention.first <= mentions[-1].last:
            mentions.pop()  # "the chair" becomes "the chair Ida Holm"
        mentions.append(mention)
        after = mention.last + 1
    return mentions


class _Reader:
    def __init__(self, paragraph: Paragraph, names: AbstractSet[str]) -> None:
        self.nameless = -1
        """The last token of the latest run of capitalised words that contains no mention."""
        self._tokens = paragraph.tokens
        self._starts = {first for first, _ in paragraph.sentences}
        self._names = names

    def read(self, index: int) -> Mention | None:
        token = self._tokens[index]
        bare = OBJECT_PRONOUNS[token.lower] if self._is_source(index) else token.lower.partition("'")[0]
        if bare in PRONOUNS and token.lower != "us":
            return Mention(index, index, "pronoun", bare, _PRONOUN_GENDER.get(bare, ""))
        if index in self._starts and is_fronted_verb(self._tokens, index):
            return None
        if token.is_capitalised and not self._is_only_sentence_start(index):
            return self._name(index)
        if self._is_presumed(index):
            named = self._name(index)
            return named and replace(named, presumed=True)
        return self._nominal(index)

    def _is_source(self, index: int) -> bool:
        """Whether it is the pronoun in "according to her"; in "according to her lawyer", it is not."""
        around = [token.lower for token in self._tokens[max(0, index - 2) : index]]
        alone = not any(token.is_word for token in self._tokens[index + 1 : index + 2])
        return alone and around == ["according", "to"] and self._tokens[index].lower in OBJECT_PRONOUNS

    def _is_only_sentence_start(self, index: int) -> bool:
        """Whether the word is only capitalised because it begins a sentence."""
        token = self._tokens[index]
        if token.lower in FUNCTION_WORDS and len(token.text) > 1:
            return True
        if token.is_possessive and token.plain in _CONTRACTED:
            return True
        if index not in self._starts and not (index and self._tokens[index - 1].text in {"—", "("}):
            return False
        if token.is_possessive or token.text[0] == "@":
            return False
        is_run = end_of_run(self._tokens, index) > index
        if is_run and self._tokens[index + 1].lower not in FUNCTION_WORDS:
            return False  # "Renske Marsh", "Renske de Marsh"
        return token.plain not in self._names and token.plain not in _NAMING

    def _is_presumed(self, index: int) -> bool:
        """Whether an unknown word at the start of a sentence speaks, so that it is presumed to be a name."""
        token = self._tokens[index]
        if not token.is_capitalised or token.lower in FUNCTION_WORDS or token.plain in NOT_NAMES:
            return False
        last = end_of_list(self._tokens, index)
        if last > index and self._tokens[last].plain in ORGANISATION_NOUNS:
            return False  # one name: "Lindle and Marlow Council said"
        said = any(is_speech_verb(following.lower) for following in self._tokens[last + 1 : last + 2])
        return said and not speaks(token.plain) and not token.plain.endswith(_COMMON_ENDINGS)

    def _name(self, first: int) -> Mention | None:
        tokens = self._tokens
        last = end_of_run(tokens, first)
        described = self._speaking_noun(last + 1, 4) if tokens[last].is_possessive else None
        noun = self._described_noun(first, last) if described is None else described
        if noun is not None:
            body = tokens[noun].lower in BODY_NOUNS
            phrase = " ".join(token.text for token in tokens[first : noun + 1])
            return Mention(
                first, noun, "organisation" if body else "nominal", phrase if body else tokens[noun].lower
            )
        if (officer := self._officer(first, last)) is not None:
            return officer
        kind, named, gender, title = classify(tokens, first, last)
        begin = self._begin_of_phrase(first)
        if kind == "nominal":
            return Mention(begin, last, "nominal", tokens[last].plain, gender)
        if not named:
            if all(token.plain in _NEVER_NAMES for token in tokens[first + 1 : last + 1]):
                self.nameless = last
            return None
        name = self._joined(named)
        if not title and begin < first:
            title = tokens[first - 1].plain if tokens[first - 1].plain in TITLES else ""
            gender = gender or gender_of_title(tokens[first - 1].plain)
        return Mention(begin, last, kind, name.rstrip(".") if kind == "organisation" else name, gender, title)

    def _described_noun(self, first: int, last: int) -> int | None:
        """The noun that a name describes, next to a verb: "Lindle police said", `said the Holm family`."""
        tokens = self._tokens
        noun = last
        while noun < last + _MAX_NOUNS and is_common_noun(tokens[noun + 1 : noun + 3]):
            noun += 1
        if noun == last:
            return None
        name = after_office(tokens, noun + 1) if tokens[noun].plain in TITLES else None
        if name is not None and is_name(tokens, name):
            return noun  # "the Lindle mayor, Ida Holm,"
        verb = next((token for token in tokens[noun + 1 : noun + 4] if token.lower not in AUXILIARIES), None)
        if verb is not None and is_reporting_verb(verb.lower):
            return noun
        verb_before = first - 2 if first and tokens[first - 1].lower in DETERMINERS else first - 1
        inverted = verb_before > 0 and is_reporting_verb(tokens[verb_before].lower)
        by_source = verb_before > 0 and tokens[verb_before - 1].lower == "according"
        ends = verb is None or not verb.is_word or verb.lower in PREPOSITIONS | CONJUNCTIONS
        inverted = inverted and not tokens[verb_before - 1].is_word
        return noun if ends and (inverted or by_source) else None

    def _officer(self, first: int, head: int) -> Mention | None:
        """A title with an office, followed by the name: "Ambassador to the United States Hana Mohib"."""
        tokens = self._tokens
        title, start = tokens[head].plain, head + 2
        if title not in TITLES - SERVING_TITLES or start >= len(tokens):
            return None
        if tokens[head + 1].lower not in _OF_OFFICE:
            return None
        if tokens[start].lower == "the":
            start += 1
        if not is_name(tokens, start):
            return None
        before = tokens[first - 1] if first else None
        bare = before is None or not (before.text == "," or before.lower in DETERMINERS | {"as"})
        last = end_of_run(tokens, start)
        named = name_at_end(tokens, start, last, bare=bare and tokens[first].lower not in DETERMINERS)
        if not named:
            return None
        gender = gender_of_title(title) or given_gender(tokens[named[0]].plain)
        return Mention(first, last, "person", self._joined(named), gender, title)

    def _joined(self, named: Sequence[int]) -> str:
        """The name that the tokens form, in NFC, without a possessive ending."""
        words = [self._tokens[i].text for i in named[:-1]] + [self._tokens[named[-1]].name]
        return unicodedata.normalize("NFC", " ".join(words))

    def _begin_of_phrase(self, first: int) -> int:
        """The start of a phrase that ends in a name: "the campaign's spokeswoman Ida Holm"."""
        tokens = self._tokens
        begin = first
        while begin and first - begin < 6:
            token = tokens[begin - 1]
            if not token.is_word or token.lower in FUNCTION_WORDS:
                break
            if begin == first and token.plain not in SPEAKING_NOUNS and token.plain not in TITLES:
                break
            if is_reporting_verb(token.lower) and token.lower not in TITLES:
                break
            begin -= 1
        if begin < first and begin and tokens[begin - 1].lower in DETERMINERS:
            begin -= 1
        return begin

    def _nominal(self, first: int) -> Mention | None:
        """A phrase with a determiner and a noun for a speaker ("the new ministry"), or only such a noun."""
        tokens = self._tokens
        determined = tokens[first].lower in DETERMINERS
        if tokens[first].lower == "that" and is_name(tokens, first + 1):
            return None  # a clause: "the claim that Ida Holm left"
        if determined and is_name(tokens, first + 1) and tokens[first + 1].lower not in FUNCTION_WORDS:
            named = self._name(first + 1)
            return replace(named, first=first) if named and named.kind != "pronoun" else None
        last = self._speaking_noun(first + 1, 7) if determined else self._speaking_noun(first, 1)
        if (member := one_of(tokens, first)) is not None:
            return Mention(first, member, "nominal", "one of")
        if last is None:
            last = unlisted_speaker(tokens, first, determined=determined)
        if last is None:
            return None
        return self._officer(first, last) or self._common(first, last)

    def _common(self, first: int, last: int) -> Mention:
        noun = self._tokens[last]
        return Mention(first, last, "nominal", noun.lower, gender_of_title(noun.plain))

    def _speaking_noun(self, first: int, most: int) -> int | None:
        """The last noun for a speaker in a row that begins within `most` tokens, with only words between."""
        tokens = self._tokens
        for place in range(first, min(first + most, len(tokens))):
            token = tokens[place]
            if not token.is_word or token.lower in FUNCTION_WORDS:
                return None
            if speaks(token.plain) and not token.is_possessive:
                if place + 1 < len(tokens) and self._continues(place + 1):
                    continue
                return place
        return None

    def _continues(self, index: int) -> bool:
        token = self._tokens[index]
        if not token.is_word or is_reporting_verb(token.lower):
            return False
        return speaks(token.plain) or (token.is_capitalised and token.lower not in FUNCTION_WORDS)
