import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Expression, F, Q, TextField, Value
from django.db.models.functions import Concat, Replace, StrIndex
from django.db.models.lookups import GreaterThan

from newsdb.models.merging import MergeableQuerySet
from newsdb.models.querysets import QuerySet
from newsdb.text import fold_name

#: Titles printed before a name that are not part of it.
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|mx|miss|dr|prof|professor|sir|dame|lord|lady|rev|fr|sen|senator|rep|representative|gov"
    r"|governor|pres|president|gen|general|col|lt|sgt|capt|maj|adm|amb|ambassador|judge|justice|minister|mp"
    r"|hon|herr|frau|monsieur|madame|mme|m|señor|señora|sr|sra|don|doña|signor|signora)\.?\s+)+(?=\S)",
    re.IGNORECASE,
)

#: Limits of ``named_in``: the length of the shortest word that is looked up, and the number of words.
_MIN_WORD_LENGTH, _MAX_WORDS = 3, 8


class ActorQuerySet(MergeableQuerySet):
    def called(self, name: str) -> Self:
        """Actors with exactly this name, ignoring case and accents."""
        key = fold_name(name)
        return self.not_merged().named([key]) if key else self.none()

    def with_words(self, words: str) -> Self:
        """Actors with a name that contains all of these as whole words, in any order.

        Names in other scripts are found in Latin letters, too, as their addresses spell them.
        """
        own, other, latin = Q(), Q(), Q()
        found = fold_name(words).split()
        for word in found:
            own &= Q(_own_words__contains=f" {word} ")
            other &= Q(_other_words__contains=f" {word} ")
            latin &= Q(_slug_words__contains=f"-{word}-")
        if not found:
            return self.none()
        spelt = self._all().not_merged().alias(**_padded_names())
        return self.filter(
            pk__in=spelt.filter(own | other | latin | Q(_slug_letters="".join(found))).values("pk")
        )

    def searched_by(self, text: str) -> Self:
        """Actors ``with_words``; if there are none, those found without the titles before the name."""
        found, untitled = self.with_words(text), _without_titles(text)
        return self.with_words(untitled) if untitled and not found.exists() else found

    def named_in(self, text: str) -> Self:
        """Actors that ``text`` may name: a person by any word of a name, an organisation by a whole name."""
        folded = fold_name(text)
        words = [word for word in dict.fromkeys(folded.split()) if len(word) >= _MIN_WORD_LENGTH][:_MAX_WORDS]
        if not words:
            return self.none()
        # Each table is read once, and without the conditions of this queryset, which may count statements.
        names = apps.get_model("actors.ActorName")._default_manager.order_by()
        own = _named_in(self._all(), "name_key", "kind", words, folded)
        other = _named_in(names, "key", "actor__kind", words, folded)
        return self.not_merged().filter(Q(pk__in=own.values("pk")) | Q(pk__in=other.values("actor")))

    def _all(self) -> Any:
        return self.model._default_manager.order_by()

    def meanings(self, text: str) -> Iterator[Self]:
        """Querysets of the actors that ``text`` may mean, most certain first: by address, full name, words.

        The same again without the titles before the name, if ``text`` has any: ``Dr. Ada Example``.
        """
        yield self.at_address(text)
        yield self.called(text)
        yield self.with_words(text)
        if untitled := _without_titles(text):
            yield from self.meanings(untitled)

    def found_by(self, text: str) -> Self:
        """The first of ``meanings`` that finds any actors, or an empty queryset."""
        return next((found for found in self.meanings(text) if found.exists()), self.none())


class RoleQuerySet(QuerySet):
    def during(self, first: date | Expression, last: date | Expression) -> Self:
        """Roles that may have been held between two days: their known dates do not rule it out."""
        return self.filter(
            Q(started_on=None) | Q(started_on__lte=last), Q(ended_last=None) | Q(ended_last__gte=first)
        )

    def on(self, day: date) -> Self:
        """Roles that may have been held on ``day``."""
        return self.during(day, day)


def _without_titles(text: str) -> str:
    """A name without the titles before it; "" if it has none."""
    name = text.strip()
    rest = _TITLES.sub("", name)
    return "" if rest == name else rest


def _named_in(rows: Any, key: str, kind: str, words: Iterable[str], text: str) -> Any:
    """The rows with a name, by its ``key``, that ``named_in`` finds in ``text``."""
    part, whole_word = _contains(Value(text), F(key)), Q()
    for word in words:
        part |= _contains(F(key), Value(word))
        whole_word |= Q(_words__contains=f" {word} ")
    whole_name = _contains(Value(f" {text} "), F("_words"))
    # Few names have a part of the text. Only those are padded, and joined with their actors.
    return (
        rows.filter(part).alias(_words=_padded(key)).filter(Q(**{kind: "person"}) & whole_word | whole_name)
    )


def _contains(text: Expression | F, part: Expression | F) -> Q:
    return Q(GreaterThan(StrIndex(text, part), 0))


def _padded_names() -> dict[str, Expression]:
    """Annotations: names and slugs with a separator at both ends, so that whole words can be searched for."""
    slug = Concat(Value("-"), "slug", Value("-"), output_field=TextField())
    letters = Replace("slug", Value("-"), Value(""))
    names = {"_own_words": _padded("name_key"), "_other_words": _padded("names__key")}
    return {**names, "_slug_words": slug, "_slug_letters": letters}


def _padded(key: str) -> Concat:
    return Concat(Value(" "), key, Value(" "), output_field=TextField())
