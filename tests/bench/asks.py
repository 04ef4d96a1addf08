"""What is asked of every peer alike, in terms of the dataset; each peer says it in its own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from tests.bench.dataset.columns import TABLES
from tests.bench.dataset.plan import Plan
from tests.bench.dataset.rows import DAYS, people_and_outlets
from tests.bench.dataset.vocabulary import WORDS, word

#: Different pages, or records, that one request goes through in turn, so that none is hot.
DIFFERENT = 4_000


@dataclass(frozen=True)
class Named:
    """An actor or an outlet."""

    id: int
    slug: str


@dataclass(frozen=True)
class Ask:
    """A page of statements, newest first; or counts (``by``); or one statement (``ids``).

    ``positions`` are where pages begin, each after (date, id); ``held`` means that the client has the page.
    """

    name: str
    group: str
    speakers: tuple[Named, ...] = ()
    outlet: Named | None = None
    after: str = ""
    before: str = ""
    positions: tuple[tuple[str, int], ...] = ()
    words: str = ""
    by: str = ""
    ids: tuple[int, ...] = ()
    held: bool = False


#: Requests that other modules name; ``HELD`` asks for the same page as ``POPULAR``.
POPULAR, RARE = "a popular speaker", "a rare speaker"
NEWEST, THREE, DATED, NARROW = "newest page", "three speakers", "outlet + dates", "speaker + outlet + dates"
LISTS = (NEWEST, POPULAR, RARE, THREE, DATED, NARROW)
DETAIL, AGAIN = "detail", "the same detail again"
RANDOM, DEEP, HELD = "random cursors", "90% deep", "304"
COMMON, RARE_WORD = "q, a common word", "q, a rare word"
#: What the limit is asked instead, where it has no such thing.
INSTEAD = {HELD: POPULAR}


def asks(plan: Plan) -> list[Ask]:
    """All of them, of the dataset ``plan``."""
    popular, middle, rare = _named(plan, "actor", (1, max(2, plan.actors // 10), plan.actors * 3 // 4))
    (outlet,) = _named(plan, "outlet", (1,))
    random = Random(plan.seed)
    # The first begins with a day, as the cursors of every peer can: what it is answered is compared.
    pages = ((DAYS[len(DAYS) // 2], 1), *islice(_positions(random, plan), DIFFERENT))
    records = tuple(random.randint(1, plan.statements) for _ in range(DIFFERENT))
    return [
        Ask(NEWEST, "list"),
        Ask(POPULAR, "list", speakers=(popular,)),
        Ask(HELD, "304", speakers=(popular,), held=True),  # beside what it is compared with
        Ask(RARE, "list", speakers=(rare,)),
        Ask(THREE, "list", speakers=(popular, middle, rare)),
        Ask(DATED, "list", outlet=outlet, after="2019-03-01", before="2020-02-29"),
        Ask(NARROW, "list", (popular,), outlet, after="2018-01-01", before="2021-12-31"),
        Ask(DEEP, "cursor", positions=((DAYS[len(DAYS) // 10], 1),)),
        Ask(RANDOM, "cursor", positions=pages),
        Ask("random cursors, popular speaker", "cursor", speakers=(popular,), positions=pages),
        Ask(COMMON, "q", words=word(1)),
        Ask(RARE_WORD, "q", words=word(WORDS - 1)),
        Ask("facets: outlets of a speaker", "facets", speakers=(popular,), by="outlet"),
        Ask(DETAIL, "detail", ids=records),
        Ask(AGAIN, "detail", ids=records[:1]),
    ]


def _positions(random: Random, plan: Plan) -> Iterator[tuple[str, int]]:
    while True:
        yield random.choice(DAYS), random.randint(1, plan.statements)


def _named(plan: Plan, table: str, ids: tuple[int, ...]) -> list[Named]:
    rows = people_and_outlets(plan)[table]
    slug = TABLES[table].varying.index("slug")
    return [Named(id, str(rows[id - 1][slug])) for id in ids]
