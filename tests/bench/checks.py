"""How well and how fast quotations are found again: ``python -m tests.bench.checks N`` on DATABASE_URL.

N statements are drawn, and each is quoted in every way of ``WAYS``: as it is, in other case, cut, with words
more, left out or changed. It prints by way what share was found, as what, and the milliseconds of one check,
of processor and store together. On PostgreSQL it asks ``pg_trgm`` for the same, as one would build it
otherwise.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.processes import measured_by

#: Quotations of a way, and those of them that pg_trgm, which takes far longer, is asked for.
QUOTATIONS, OF_TRIGRAMS = 1000, 100
SHORTEST = 6  # words
#: Quotations of a draft, and how often each draft is checked.
DRAFTS, TIMES = (10, 20, 40, 80), 5
#: What stands between the quotations of a draft, whose invented words are of no language.
NARRATION = (
    "It was not the first time that they had been asked about this, and it would not be the last time."
)
NEVER, ANOTHER = "never said", "another's name"

Change = Callable[[random.Random, list[str], list[str]], list[str]]


def _cut(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    part = max(1, len(words) // 4)
    return words[part:] if draw.random() < 0.5 else words[:-part]


def _added(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    more = draw.choices(others, k=3)
    return more + words if draw.random() < 0.5 else words + more


def _elided(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    third = len(words) // 3
    return [*words[:third], "[…]", *words[third + max(1, len(words) // 5) :]]


def _changed(count: Callable[[list[str]], int], put: str = "") -> Change:
    """So many words replaced, by words of other statements or by ``put``."""

    def change(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
        words = list(words)
        for place in draw.sample(range(len(words)), count(words)):
            words[place] = put or draw.choice(others)
        return words

    return change


def _negated(draw: random.Random, words: list[str], others: list[str]) -> list[str]:
    place = draw.randrange(1, len(words))
    return [*words[:place], "not", *words[place:]]


WAYS: dict[str, Change] = {
    "verbatim": lambda draw, words, others: words,
    "marks and case": lambda draw, words, others: [word.upper().strip(",.") for word in words],
    "cut": _cut,
    "added": _added,
    "elided": _elided,
    "one word changed": _changed(lambda words: 1),
    "negated": _negated,
    "a number": _changed(lambda words: 1, put="47"),
    "a fifth changed": _changed(lambda words: max(1, len(words) // 5)),
    NEVER: lambda draw, words, others: draw.choices(others, k=len(words)),
    ANOTHER: lambda draw, words, others: words,
}


def measure(url: str, count: int = QUOTATIONS) -> dict[str, dict[str, Any]]:
    """By way: ``found``, ``kinds``, ``changes``, ``median`` and ``p99``, measured in a process of its own.

    Raises RuntimeError with what that said.
    """
    found: dict[str, dict[str, Any]] = measured_by("checks", str(count), url=url)
    return found


def _measure(count: int) -> dict[str, dict[str, Any]]:
    from articles.checks.checking import Names, Quotation, check_quotation

    draw = random.Random(1)
    drawn = list(_drawn(draw, count + 1))
    others = [word for _, text, _ in drawn for word in text.split()]
    results: dict[str, dict[str, Any]] = {}
    for way, change in WAYS.items():
        names, kinds, speakers = Names(), Counter[str](), Counter[str]()
        took, found, changes = [], 0, 0
        for number, (statement, text, speaker) in enumerate(drawn[:count]):
            named = drawn[number + 1][2] if way == ANOTHER else speaker
            quotation = Quotation(" ".join(change(draw, text.split(), others)), named)
            began = time.perf_counter()
            finding = check_quotation(quotation, names)
            took.append((time.perf_counter() - began) * 1000)
            kinds[finding.words] += 1
            speakers[str(finding.speaker)] += named != speaker if way == ANOTHER else 1
            found += any(match.statement.pk == statement for match in finding.matches)
            changes += bool(finding.matches and finding.matches[0].comparison.changes)
        results[way] = {
            "found": found / count,
            "changes": changes / count,
            "kinds": kinds,
            "speakers": speakers,
            **_times(took),
        }
    results |= _drafts(draw, drawn, others)
    return results | _by_trigrams(draw, drawn[:OF_TRIGRAMS], others)


def draft_of(count: int) -> str:
    """How a draft of so many quotations is called."""
    return f"a draft of {count}"


def _drafts(draw: random.Random, drawn: list[Any], others: list[str]) -> dict[str, dict[str, Any]]:
    """Drafts as they are posted: read, and each quotation in them checked; one word of each is changed."""
    from actors.models import Actor
    from articles.checks.checking import check
    from articles.checks.drafts import quotations_in

    names = dict(Actor.objects.values_list("slug", "name"))
    results = {}
    for count in DRAFTS:
        took, kinds, found = [], Counter[str](), 0
        for time_over in range(TIMES):
            chosen = [drawn[(time_over * count + number) % len(drawn)] for number in range(count)]
            changed = [WAYS["one word changed"](draw, text.split(), others) for _, text, _ in chosen]
            draft = "\n\n".join(
                f"“{' '.join(words)},” {names[speaker]} said on Monday. {NARRATION}"
                for words, (_, _, speaker) in zip(changed, chosen, strict=True)
            )
            began = time.perf_counter()
            findings, _ = check(quotations_in(draft, language="en"))
            took.append((time.perf_counter() - began) * 1000)
            kinds.update(finding.words for finding in findings)
            ids = {match.statement.pk for finding in findings for match in finding.matches}
            found += sum(statement in ids for statement, _, _ in chosen)
        results[draft_of(count)] = {"found": found / count / TIMES, "kinds": kinds, **_times(took)}
    return results


def _drawn(draw: random.Random, count: int) -> Iterator[tuple[int, str, str]]:
    """So many statements by chance: their ids, their words, their speakers."""
    from articles.models import Statement

    last = Statement.objects.order_by("-pk").values_list("pk", flat=True)[0]
    while count:
        pk = draw.randrange(1, last + 1)
        rows = Statement.objects.public().filter(pk=pk, speaker__isnull=False)
        for row in rows.values_list("pk", "text", "speaker__slug"):
            if len(row[1].split()) >= SHORTEST:
                yield row
                count -= 1


def _by_trigrams(draw: random.Random, drawn: list[Any], others: list[str]) -> dict[str, dict[str, Any]]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return {}
    results = {}
    with _trigram_index(connection), connection.cursor() as cursor:
        for way in ("verbatim", "one word changed", "a fifth changed", NEVER):
            took, found, any_found = [], 0, 0
            for statement, text, _ in drawn:
                words = " ".join(WAYS[way](draw, text.split(), others))
                began = time.perf_counter()
                cursor.execute(
                    "SELECT id FROM articles_statement WHERE %s <%% text AND status = 'published'"
                    " ORDER BY word_similarity(%s, text) DESC LIMIT 10",
                    [words, words],
                )
                ids = [pk for (pk,) in cursor.fetchall()]
                took.append((time.perf_counter() - began) * 1000)
                found += statement in ids
                any_found += bool(ids)
            kinds = {"found": any_found, "not_found": len(drawn) - any_found}
            results[f"pg_trgm: {way}"] = {"found": found / len(drawn), "kinds": kinds, **_times(took)}
    return results


@contextmanager
def _trigram_index(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE INDEX bench_trigrams ON articles_statement USING gin (text gin_trgm_ops)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX bench_trigrams")


def _times(took: list[float]) -> dict[str, float]:
    took = sorted(took)
    return {"median": took[len(took) // 2], "p99": took[len(took) * 99 // 100]}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(_measure(int(sys.argv[1]))))
