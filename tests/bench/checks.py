"""How well and how fast quotations are found again: ``python -m tests.bench.checks N`` on DATABASE_URL.

N statements are drawn, and each is quoted in every way of ``WAYS``: as it is, in other case, cut, with words
more, left out or changed; from as many that negate, the negation is taken away. It prints by way what share
was found, as what, and the milliseconds of one check, of processor and store together. On PostgreSQL it asks
``pg_trgm`` for some of the same, as one would build it otherwise. Each way is reported on standard error as
soon as it is measured.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.bench.narration import Say
from tests.bench.processes import measured_by
from tests.bench.quoting import AFFIRMED, ANOTHER, NEGATION, NEVER, ONE_WORD, WAYS, negations

#: Quotations of a way.
QUOTATIONS = 1000
#: Those of them that pg_trgm is asked for. One can take seconds with a million statements, so there is a
#: limit for each way, and one for each query, in seconds.
OF_TRIGRAMS, TRIGRAM_SECONDS, TRIGRAM_TIMEOUT = 100, 20, 5
#: The ways in which pg_trgm is asked.
TRIGRAM_WAYS = ("verbatim", ONE_WORD, "a fifth changed", NEVER)
SHORTEST = 6  # words
#: Quotations of a draft, and how often each draft is checked.
DRAFTS, TIMES = (10, 20, 40, 80), 5
#: What stands between the quotations of a draft, whose invented words are of no language.
NARRATION = (
    "It was not the first time that they had been asked about this, and it would not be the last time."
)

Measured = Iterator[tuple[str, dict[str, Any]]]


def measure(url: str, say: Say, count: int = QUOTATIONS) -> dict[str, dict[str, Any]]:
    """By way: ``asked``, ``found``, ``kinds``, ``median``, ``p99`` and more, measured in its own process.

    Raises RuntimeError with what that said.
    """
    found: dict[str, dict[str, Any]] = measured_by("checks", str(count), url=url, say=say)
    return found


def _measure(count: int) -> dict[str, dict[str, Any]]:
    draw = random.Random(1)
    drawn = list(_drawn(draw, count + 1))
    others = [word for _, text, _ in drawn for word in text.split()]
    results: dict[str, dict[str, Any]] = {}
    for measured in (
        _ways(draw, drawn, list(_negative(count)), others),
        _drafts(draw, drawn, others),
        _by_trigrams(draw, drawn[:OF_TRIGRAMS], others),
    ):
        for way, result in measured:
            _report(way, result)
            results[way] = result
    return results


def _report(way: str, result: Mapping[str, Any]) -> None:
    kinds = ", ".join(f"{kind} {count}" for kind, count in result["kinds"].items())
    times = f"{result['median']:.1f} ms, 99th percentile {result['p99']:.1f}"
    sys.stderr.write(f"{way}: {result['asked']}; found {result['found']:.1%}, as {kinds}; {times}\n")


def _ways(draw: random.Random, drawn: list[Any], negative: list[Any], others: list[str]) -> Measured:
    from articles.checks.checking import Names, Quotation, check_quotation

    for way, change in WAYS.items():
        chosen = negative if way == AFFIRMED else drawn[:-1]
        if not (count := len(chosen)):
            continue
        names, kinds, speakers = Names(), Counter[str](), Counter[str]()
        took, found, changes, one_word = [], 0, 0, 0
        for number, (statement, text, speaker) in enumerate(chosen):
            named = drawn[number + 1][2] if way == ANOTHER else speaker
            quotation = Quotation(" ".join(change(draw, text.split(), others)), named)
            began = time.perf_counter()
            finding = check_quotation(quotation, names)
            took.append((time.perf_counter() - began) * 1000)
            kinds[finding.words] += 1
            speakers[str(finding.speaker)] += named != speaker if way == ANOTHER else 1
            found += any(match.statement.pk == statement for match in finding.matches)
            changes += bool(finding.matches and finding.matches[0].comparison.changes)
            one_word += bool(finding.matches and _is_one_word(finding.matches[0].comparison))
        yield (
            way,
            {
                "asked": f"{count:,}",
                "found": found / count,
                "changes": changes / count,
                **({"one word": one_word / count} if way == ONE_WORD else {}),
                "kinds": kinds,
                "speakers": speakers,
                **_times(took),
            },
        )


def _is_one_word(comparison: Any) -> bool:
    """Whether the difference is that of one word."""
    differing = [step for step in comparison.steps if step.operation != "equal"]
    return len(differing) == 1 and max(len(differing[0].words), len(differing[0].held)) == 1


def draft_of(count: int) -> str:
    """How a draft of so many quotations is called."""
    return f"a draft of {count}"


def _drafts(draw: random.Random, drawn: list[Any], others: list[str]) -> Measured:
    """Drafts as they are posted: read, and each quotation in them checked; one word of each is changed."""
    from actors.models import Actor
    from articles.checks.checking import check
    from articles.checks.drafts import quotations_in

    names = dict(Actor.objects.values_list("slug", "name"))
    for count in DRAFTS:
        took, kinds, found = [], Counter[str](), 0
        for time_over in range(TIMES):
            chosen = [drawn[(time_over * count + number) % len(drawn)] for number in range(count)]
            changed = [WAYS[ONE_WORD](draw, text.split(), others) for _, text, _ in chosen]
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
        asked = f"{TIMES} drafts"
        yield (
            draft_of(count),
            {"asked": asked, "found": found / count / TIMES, "kinds": kinds, **_times(took)},
        )


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


def _negative(count: int) -> Iterator[tuple[int, str, str]]:
    """The newest statements with ``NEGATION``, at most ``count``: ids, words, speakers."""
    from articles.models import Statement
    from articles.search.query import parse_query

    found = Statement.objects.public().filter(speaker__isnull=False).search(parse_query(NEGATION))
    for row in found.order_by(*found.newest_first).values_list("pk", "text", "speaker__slug")[:count]:
        if len(row[1].split()) > SHORTEST and negations(row[1].split()):
            yield row


def _by_trigrams(draw: random.Random, drawn: list[Any], others: list[str]) -> Measured:
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with _trigram_index(connection), connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{TRIGRAM_TIMEOUT}s'")
        for way in TRIGRAM_WAYS:
            took, found, kinds = [], 0, Counter[str]()
            until = time.monotonic() + TRIGRAM_SECONDS
            for statement, text, _ in drawn:
                words = " ".join(WAYS[way](draw, text.split(), others))
                began = time.perf_counter()
                ids = _similar(cursor, words)
                took.append((time.perf_counter() - began) * 1000)
                kinds["timed out" if ids is None else "found" if ids else "not_found"] += 1
                found += statement in (ids or ())
                if time.monotonic() > until:
                    break
            asked = f"{len(took)} of {len(drawn)} within {TRIGRAM_SECONDS} s"
            result = {"asked": asked, "found": found / len(took), "kinds": kinds}
            yield f"pg_trgm: {way}", result | _times(took)


def _similar(cursor: Any, words: str) -> list[int] | None:
    """The statements with the most similar words; None where that takes too long."""
    from django.db import OperationalError

    try:
        cursor.execute(
            "SELECT id FROM articles_statement WHERE %s <%% text AND status = 'published'"
            " ORDER BY word_similarity(%s, text) DESC LIMIT 10",
            [words, words],
        )
    except OperationalError:
        return None
    return [pk for (pk,) in cursor.fetchall()]


@contextmanager
def _trigram_index(connection: Any) -> Iterator[None]:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        # An interrupted run may have left it.
        cursor.execute("DROP INDEX IF EXISTS bench_trigrams")
        cursor.execute("CREATE INDEX bench_trigrams ON articles_statement USING gin (text gin_trgm_ops)")
    sys.stderr.write(f"pg_trgm: its index was made in {time.monotonic() - began:.0f} s\n")
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
