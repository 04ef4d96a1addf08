"""The people in the sample: speakers, authors and the organisations that employ them."""

import random
import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from articles.export.sample import vocabulary as words
from newsdb.text import fold_name

Row = dict[str, Any]
#: The period of the sample: three years.
FIRST_DAY, DAY_COUNT = date(2023, 1, 1), 3 * 365
SPEAKER_COUNT, AUTHOR_COUNT = 120, 24


@dataclass(frozen=True)
class Speaker:
    """A person who is quoted: the title printed before the family name, and their home town."""

    slug: str
    name: str
    title: str
    family_name: str
    place: str


def new_uid(rng: random.Random) -> str:
    """A uid derived from the seed."""
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def slug_of(name: str) -> str:
    """The slug of ``name``."""
    return re.sub("[^a-z0-9]+", "-", fold_name(name)).strip("-")


def at(day: date, hour: int) -> str:
    """A time on ``day``, in the format of releases."""
    return f"{day}T{hour:02}:00:00Z"


class People:
    """The actors of the sample, as rows of a release."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.rows: dict[str, list[Row]] = {"actors": [], "actor_slugs": [], "actor_names": [], "roles": []}
        self.organisations = [self._add(name, "organisation") for name in words.ORGANISATIONS]
        names = rng.sample(list(product(words.FIRST_NAMES, words.LAST_NAMES)), SPEAKER_COUNT + AUTHOR_COUNT)
        self.speakers = [self._speaker(number, *name) for number, name in enumerate(names[:SPEAKER_COUNT])]
        self.authors = [
            (self._add(" ".join(name), "person"), " ".join(name)) for name in names[SPEAKER_COUNT:]
        ]

    def _speaker(self, number: int, first: str, last: str) -> Speaker:
        rng = self._rng
        name = f"{first} {last} {words.SUFFIX}" if number % 40 == 7 else f"{first} {last}"
        slug, place = self._add(name, "person"), rng.choice(words.PLACES)
        if number % 9 == 0:
            self.rows["actor_names"].append({"actor": slug, "name": f"{first[0]}. {last}"})
        began = FIRST_DAY + timedelta(days=rng.randrange(-2000, DAY_COUNT // 2))
        title = rng.choice(words.TITLES).format(place=place)
        self._role(slug, title, began, None)
        for _ in range(number % 3):
            ended, began = began, began - timedelta(days=rng.randrange(400, 1500))
            self._role(slug, rng.choice(words.TITLES).format(place=place), began, ended)
        return Speaker(slug, name, title, last, place)

    def _role(self, slug: str, title: str, began: date, ended: date | None) -> None:
        organisation = None if title.startswith("Mayor") else self._rng.choice(self.organisations)
        precision = self._rng.choice(("day", "month", "year"))
        self.rows["roles"].append(
            {
                "actor": slug,
                "title": title,
                "organisation": organisation,
                "started_on": _first(began, precision),
                "started_precision": precision,
                "ended_on": ended and _first(ended, precision),
                "ended_precision": precision if ended else "",
            }
        )

    def _add(self, name: str, kind: str) -> str:
        slug = slug_of(name)
        self.rows["actors"].append(
            {
                "uid": new_uid(self._rng),
                "kind": kind,
                "name": name,
                "slug": slug,
                "wikidata_id": None,
                "updated_at": at(FIRST_DAY, 6),
            }
        )
        self.rows["actor_slugs"].append({"slug": slug, "actor": slug})
        return slug


def _first(day: date, precision: str) -> str:
    return str(
        day.replace(month=1, day=1)
        if precision == "year"
        else day.replace(day=1)
        if precision == "month"
        else day
    )
