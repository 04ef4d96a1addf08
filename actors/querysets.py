import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Self

from django.db.models import Expression, F, Q, TextField, Value
from django.db.models.functions import Coalesce, Concat

from newsdb.models.querysets import QuerySet
from newsdb.text import fold_name

#: What stands before names in print, and is part of none.
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|mx|miss|dr|prof|professor|sir|dame|lord|lady|rev|fr|sen|senator|rep|representative|gov"
    r"|governor|pres|president|gen|general|col|lt|sgt|capt|maj|adm|amb|ambassador|judge|justice|minister|mp"
    r"|hon|herr|frau|monsieur|madame|mme|m|señor|señora|sr|sra|don|doña|signor|signora)\.?\s+)+(?=\S)",
    re.IGNORECASE,
)

#: Of a text in which names are looked for: the shortest words that may be a name, and how many are looked up.
SHORTEST, MOST_WORDS = 3, 8


class ActorQuerySet(QuerySet):
    def not_merged(self) -> Self:
        """Actors in their own right; those merged into another answer through it."""
        return self.filter(merged_into=None)

    def at_address(self, address: str) -> Self:
        """The actor at a slug it has or ever had, or with this Wikidata id (``Q…``), perhaps by a merge."""
        if address[:1] in "qQ" and address[1:].isdecimal():
            holder = self.filter(wikidata_id=address.upper())
            return self.filter(pk__in=holder.values(survivor=Coalesce("merged_into", "pk")))
        return self.filter(slugs__slug=address.lower())

    def called(self, name: str) -> Self:
        """Actors of exactly this name, case and accents aside."""
        key = fold_name(name)
        named = Q(name_key=key) | Q(names__key=key)
        return self.not_merged().filter(named).distinct() if key else self.none()

    def with_words(self, words: str) -> Self:
        """Actors one of whose names holds all of these as whole words: ``kim`` finds three."""
        own, other = Q(), Q()
        for word in fold_name(words).split():
            own &= Q(_own_words__contains=f" {word} ")
            other &= Q(_other_words__contains=f" {word} ")
        found: Any = self.not_merged().alias(**_spaced()).filter(own | other).values("pk")
        return self.filter(pk__in=found) if own else self.none()

    def named_in(self, text: str) -> Self:
        """Actors whom ``text`` may name: people by any word of a name, organisations by all words of one."""
        folded = fold_name(text)
        words = [word for word in dict.fromkeys(folded.split()) if len(word) >= SHORTEST][:MOST_WORDS]
        people = Q()
        for word in words:
            people |= Q(_own_words__contains=f" {word} ") | Q(_other_words__contains=f" {word} ")
        whole = Q(_text__contains=F("_own_words")) | Q(_text__contains=F("_other_words"))
        named = Q(kind="person") & people | ~Q(name_key="") & whole
        known = {**_spaced(), "_text": Value(f" {folded} ", output_field=TextField())}
        found: Any = self.not_merged().alias(**known).filter(named).values("pk")
        return self.filter(pk__in=found) if words else self.none()

    def meanings(self, text: str) -> Iterator[Self]:
        """The actors that ``text`` may mean, the surest first: by address, by full name, by words of a name.

        Then once more without titles that stand before a name: ``Dr. Ada Example``.
        """
        yield self.at_address(text)
        yield self.called(text)
        yield self.with_words(text)
        if (untitled := _TITLES.sub("", text.strip())) != text.strip():
            yield from self.meanings(untitled)

    def found_by(self, text: str) -> Self:
        """The actors of the surest of the ``meanings`` that there are."""
        return next((found for found in self.meanings(text) if found.exists()), self.none())


class RoleQuerySet(QuerySet):
    def during(self, first: date | Expression, last: date | Expression) -> Self:
        """Roles that may have been held between two days: nothing known of them says otherwise."""
        return self.filter(
            Q(started_on=None) | Q(started_on__lte=last), Q(ended_last=None) | Q(ended_last__gte=first)
        )

    def on(self, day: date) -> Self:
        """Roles that may have been held on ``day``."""
        return self.during(day, day)


def _spaced() -> dict[str, Concat]:
    """Names with a space around each word, so that whole words can be looked for in them."""
    return {
        "_own_words": Concat(Value(" "), "name_key", Value(" "), output_field=TextField()),
        "_other_words": Concat(Value(" "), "names__key", Value(" "), output_field=TextField()),
    }
