"""Queries made by chance: filters in every combination, orders, shapes, formats, counts, facets, search."""

import random
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from articles.models.corpus import CORPORA
from tests.hostile.dataset import LANGUAGES, NAMES, OUTLET_SLUGS, OUTLETS, SECTIONS, SLUGS, WORDS, uid_of

Pairs = list[tuple[str, str]]

DATES = [
    *("1000", "2023", "2024", "2024-02", "2024-02-28", "2024-12-29", "2024-01-01", "9998-12"),
    *("2025-06-01",),
]
MEMBERS = [
    *("id", "uid", "url", "kind", "text", "speaker", "date", "article", "anchors", "capture"),
    *("attribution", "headline", "bylines", "snippet"),
]


def _one(*values: str) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(values)


def _words(chance: random.Random) -> str:
    """Words, phrases and negations, and what looks like an operator and is none."""
    terms = []
    for _ in range(chance.randint(1, 3)):
        term = " ".join(chance.choices(WORDS, k=chance.choice([1, 1, 2]))).replace('"', "")
        form = chance.choice(
            ["{}", "{}", '"{}"', "-{}", '-"{}"', "“{}”", "{}*", "^{}", "{} OR x", "a:{}", "({})"]
        )
        terms.append(form.format(term))
    return " ".join(terms)


def _moment(chance: random.Random) -> str:
    return f"2026-01-01T00:{chance.randint(0, 9):02}:00Z"


ACTOR = _one(*SLUGS, *NAMES, "twin-7", "Q1", "q4", "nobody", "vane", "Known Gazette")
OUTLET = _one(*OUTLET_SLUGS, *OUTLETS, "paper3.example", "none-such")
DATED: dict[str, Callable[[random.Random], str]] = {
    "date": _one(*DATES),
    "date_after": _one(*DATES),
    "date_before": _one(*DATES),
    "undated": _one("exclude", "include", "only"),
}
SECTION, LANGUAGE = _one(*SECTIONS, "Nowhere"), _one(*LANGUAGES)
ARTICLE = {
    "q": _words,
    "author": ACTOR,
    "outlet": OUTLET,
    **DATED,
    "section": SECTION,
    "language": LANGUAGE,
    "source_url": _one("http://paper.example/3?a=1&b=é", "https://paper.example/4", "nonsense"),
    "updated_after": _moment,
}
STATEMENT = {
    **ARTICLE,
    "speaker": ACTOR,
    "speaker_kind": _one("person", "organisation"),
    "date_basis": _one("said_on", "published_on"),
    "kind": _one("direct", "partial", "indirect"),
    "place": _one("Rome", "Nowhere"),
    "article": _one(*(str(uid_of("article", number)) for number in range(1, 62))),
    "claim_review": _one("http://checks.example/6?a=1&b=é", "https://ñchecks.example/1?a=1&b=é", "nonsense"),
    "text_match": _one("matched", "unchecked", "mismatched"),
    "in_latest_capture": _one("true", "false", "unknown"),
    "corpus": _one(*CORPORA),
    "reviewed": _one("true", "false"),
}
ACTORS = {
    "q": _one(*NAMES, "vane", "zoe", "kai"),
    "kind": _one("person", "organisation"),
    "updated_after": _moment,
}
FILTERS: dict[str, dict[str, Callable[[random.Random], str]]] = {
    "statements": STATEMENT,
    "articles": ARTICLE,
    "actors": ACTORS,
    "outlets": {"domain": _one("paper1.example", "paper9.example")},
    "speakers": {"q": ACTORS["q"], "named_in": ACTORS["q"]},
    "authors": {"q": ACTORS["q"], "named_in": ACTORS["q"]},
    "related-links": {
        "article": STATEMENT["article"],
        "target": STATEMENT["article"],
        "outlet": OUTLET,
        "section": SECTION,
        **DATED,
    },
    "changes": {
        "after": _one("0", "7", "70", "70000"),
        "record_type": _one("actor", "article", "outlet", "statement"),
    },
}
REPEATABLE = {
    "speaker",
    "speaker_kind",
    "author",
    "outlet",
    "kind",
    "section",
    "language",
    "article",
    "target",
    "text_match",
    "corpus",
    "domain",
    "record_type",
}


def _filters(chance: random.Random, resource: str, most: int) -> Pairs:
    known = FILTERS[resource]
    pairs = []
    for name in chance.sample(sorted(known), min(len(known), chance.randint(0, most))):
        times = 2 if name in REPEATABLE and chance.random() < 0.4 else 1
        pairs += [(name, known[name](chance)) for _ in range(times)]
    chance.shuffle(pairs)
    return pairs


def _shape(chance: random.Random, resource: str) -> Pairs:
    pairs = [("limit", chance.choice(["20", "33", "100", "100"]))]
    if chance.random() < 0.3:
        pairs.append((chance.choice(["fields", "omit"]), ",".join(chance.sample(MEMBERS, 3))))
    if chance.random() < 0.3:
        pairs.append(("format", chance.choice(["json", "jsonld", "annotation"])))
    if resource in ("statements", "articles") and chance.random() < 0.2:
        pairs.append(("ordering", "newest"))
    return pairs


def queries(seed: int, number: int) -> Iterator[str]:
    """``number`` targets of GET requests below ``/api/v1/``; the same for the same ``seed``."""
    chance = random.Random(seed)
    for _ in range(number):
        form = chance.choice(["list"] * 6 + ["count", "facets", "export"])
        resource = (
            "statements" if form in ("facets", "export") else chance.choices([*FILTERS], [9, 4, *[1] * 6])[0]
        )
        pairs = _filters(chance, resource, 3)
        if form == "list":
            pairs += _shape(chance, resource)
        elif form == "count":
            pairs.append(("count", "on"))
        elif form == "facets":
            resource += "/facets"
            by = chance.sample(["speaker", "outlet", "kind", "day", "month", "year"], 2)
            crossed = chance.random() < 0.4
            pairs.append(("by", ("*" if crossed else ",").join(by)))
            if crossed:
                pairs.append(chance.choice([("limit", "33"), ("format", "csv"), ("distinct", "words")]))
        else:
            resource += "/export"
            pairs.append(("format", chance.choice(["jsonl", "csv"])))
        yield f"/api/v1/{resource}/?{urlencode(pairs)}"
