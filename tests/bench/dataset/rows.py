"""The rows, as tuples in the order of ``columns.TABLES``; dates, times and uids as both stores read them.

Articles come in the order in which they were received, which is not that of their dates: a page of statements
by date is scattered over the whole table, as after the loading of archives. What the database would derive is
written out here, so that no trigger need do it row by row; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import islice
from random import Random

from articles.search.analyser import BREAK, token_of
from tests.bench.dataset.plan import ARTICLE_SIZES, BATCH, Plan
from tests.bench.dataset.vocabulary import WORDS, Zipf, word

Row = tuple[object, ...]
#: Rows by the table's name in ``columns.TABLES``.
Rows = Mapping[str, list[Row]]

#: Of a quotation; it has some 60 to 300 characters then.
WORDS_SAID = (12, 54)
CONTEXT = 32
GAP = " […] "
ARTICLES_A_BATCH = BATCH // sum(ARTICLE_SIZES) * len(ARTICLE_SIZES)
KINDS = ("direct", "direct", "direct", "partial", "indirect")
SECTIONS = ("Politics", "World", "Business", "")

#: Ten years.
DAYS = [(date(2015, 1, 1) + timedelta(number)).isoformat() for number in range(3653)]
_word, _token = cache(word), cache(lambda number: token_of(word(number)))


def people_and_outlets(plan: Plan) -> Rows:
    """Actors with their names, addresses and roles, and outlets with their domains."""
    random = Random(f"{plan.seed} people and outlets")
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for id in range(1, plan.actors + 1):
        words = [word(random.randrange(WORDS)) for _ in range(2)]
        name, slug = " ".join(words).title(), f"{'-'.join(words)}-{id}"
        kind, wikidata_id = "person" if id % 10 else "organisation", f"Q{10_000_000 + id}" if id % 3 else None
        rows["actor"].append((id, _uid(random), kind, name, name.lower(), slug, wikidata_id, _time(0, id)))
        rows["actor_slug"].append((id, slug, id))
        rows["actor_name"].append((id, id, f"{name[0]}. {words[1].title()}", f"{name[0].lower()} {words[1]}"))
        rows["role"].append((id, id, "Harbour master", DAYS[id % len(DAYS)]))
    for id in range(1, plan.outlets + 1):
        title = word(random.randrange(WORDS))
        name, slug = f"The {title.title()} Gazette", f"{title}-gazette-{id}"
        rows["outlet"].append((id, _uid(random), name, name.lower(), slug, _time(0, id)))
        rows["outlet_slug"].append((id, slug, id))
        rows["outlet_domain"].append((id, id, _domain(id)))
    return rows


class Batches:
    """Makes the articles of any batch of ``plan`` with all that belongs to them, each batch by itself."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.words, self.speakers, self.outlets = Zipf(WORDS), Zipf(plan.actors), Zipf(plan.outlets)
        self.names = [str(row[3]) for row in people_and_outlets(plan)["actor"]]

    def rows(self, number: int) -> Rows:
        """The rows of one batch; the first has number 0."""
        return _Batch(self, number).rows


class _Batch:
    def __init__(self, batches: Batches, number: int) -> None:
        self.random = random = Random(f"{batches.plan.seed} {number}")
        self.names = batches.names
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self.words = _drawn(batches.words, random, 100_000)
        self.speakers = _drawn(batches.speakers, random, BATCH)
        self.outlets = _drawn(batches.outlets, random, ARTICLES_A_BATCH)
        statement, end = number * BATCH + 1, min((number + 1) * BATCH, batches.plan.statements) + 1
        sizes = list(ARTICLE_SIZES * (BATCH // sum(ARTICLE_SIZES)))
        random.shuffle(sizes)
        for id, size in enumerate(sizes, number * ARTICLES_A_BATCH + 1):
            if statement < end:
                self._article(id, range(statement, min(statement + size, end)))
                statement += size

    def _article(self, id: int, statements: range) -> None:
        """An article, its capture (with the same id) and its statements."""
        outlet, author, day = next(self.outlets) + 1, next(self.speakers), self.random.randrange(len(DAYS))
        # One in a hundred bears no date.
        printed, precision = (DAYS[day], "day") if id % 100 else (None, "")
        url, seen = f"https://{_domain(outlet)}/{DAYS[day]}/{id}", _time(day, id)
        headline, tokens = self._line(self.random.randint(5, 10))
        deck = ""
        if id % 2:
            deck, more = self._line(self.random.randint(8, 14))
            tokens = f"{tokens} {BREAK} {more}"
        self.rows["article"].append(
            (
                *(id, _uid(self.random), headline, deck, tokens, outlet, SECTIONS[id % 4], url, url[8:]),
                *(printed, precision, seen),
            )
        )
        self.rows["byline"].append((id, id, author + 1, self.names[author]))
        facts = (id, id, outlet, printed, precision)
        page, anchored = headline, []
        for statement in statements:
            said_on = DAYS[day - 1] if printed and day and statement % 4 == 0 else None
            speaker, parts = self._statement(statement, facts, said_on, seen)
            for position, part in enumerate(parts):
                page += " “" if position else f"\n{speaker} said: “"
                anchored.append((statement, position, part, len(page)))
                page += f"{part}”"
        digest = sha256(page.encode()).hexdigest()
        self.rows["capture"].append((id, id, digest, digest, len(page), url, url[8:], seen))
        for statement, position, exact, start in anchored:
            end = start + len(exact)
            around = page[max(0, start - CONTEXT) : start], page[end : end + CONTEXT]
            # A statement has two anchors at most.
            anchor = 2 * statement - 1 + position
            self.rows["anchor"].append((anchor, statement, id, position, exact, *around, start, end, seen))

    def _statement(
        self, id: int, facts: tuple[object, ...], said_on: str | None, seen: str
    ) -> tuple[str, list[str]]:
        """A statement; returns its speaker's name and its parts, of which there are one or two."""
        random = self.random
        length = random.randint(*WORDS_SAID)
        numbers = list(islice(self.words, length))
        words, tokens = " ".join(map(_word, numbers)), " ".join(map(_token, numbers))
        parts = [words.capitalize()]
        if random.random() < 0.3:
            cut = words.index(" ", len(words) // 2)
            parts = [words[:cut].capitalize(), words[cut + 1 :]]
        speaker = next(self.speakers)
        # One in fifty is unnamed.
        resolved, label = (speaker + 1, self.names[speaker]) if id % 50 else (None, "An official")
        by: tuple[object, ...] = ("curator", "", "", None, True)
        if id % 3:
            by = ("extractor", "newsdb", "1", random.randint(50, 100) / 100, id % 2 == 0)
        self.rows["statement"].append(
            (
                *(id, _uid(random), *facts, resolved, label, KINDS[id % 5], GAP.join(parts), words, tokens),
                *(said_on, "day" if said_on else "", *by, seen, seen),
            )
        )
        return label, parts

    def _line(self, length: int) -> tuple[str, str]:
        """So many words, the first with a capital letter, and their tokens."""
        numbers = list(islice(self.words, length))
        return " ".join(map(_word, numbers)).capitalize(), " ".join(map(_token, numbers))


def _drawn(zipf: Zipf, random: Random, at_once: int) -> Iterator[int]:
    while True:
        yield from zipf.draw(random, at_once)


def _uid(random: Random) -> str:
    """A UUID of version 4."""
    digits = random.randbytes(16).hex()
    return f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"


def _time(day: int, second: int) -> str:
    """A time on a day by its number, in UTC."""
    minute, second = divmod(second % 86_400, 60)
    return f"{DAYS[day]} {minute // 60:02}:{minute % 60:02}:{second:02}"


def _domain(outlet: int) -> str:
    return f"gazette-{outlet}.example"
