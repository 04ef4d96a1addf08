"""New records with hostile members: what is refused at its place, and what comes back to the letter."""

from typing import Any

from tests.hostile.case import Case
from tests.hostile.dataset import PAGE, uid_of
from tests.hostile.sending import KEPT, ODD, RULE, SHAPE, TEXT, actor, ada, send


def _statement(name: str, why: str, members: dict[str, Any], status: int = 400, code: str = "") -> Case:
    body = {"article": str(uid_of("article", 59)), "kind": "direct", "words": [f"Said so: {name}"], **members}
    return send(f"statement {name}", why, "POST", "statements/", body, status, code)


def _anchor(name: str, why: str, anchor: dict[str, Any], status: int = 400, code: str = "") -> Case:
    body = {"article": str(uid_of("article", 59)), "kind": "direct", "capture": PAGE, "anchors": [anchor]}
    return send(f"anchor {name}", why, "POST", "statements/", body, status, code)


def _article(name: str, why: str, members: dict[str, Any], status: int = 400, code: str = "") -> Case:
    body = {"outlet": "outlet-0", "headline": f"On {name}", **members}
    return send(f"article {name}", why, "POST", "articles/", body, status, code)


def _outlet(name: str, why: str, members: dict[str, Any], status: int = 400, code: str = "") -> Case:
    return send(f"outlet {name}", why, "POST", "outlets/", {"name": "Paper", **members}, status, code)


RECORDS = [
    actor("slug of another", RULE, ada("actor-1"), 409, "taken"),
    actor("slug once another's", RULE, ada("twin-7"), 409, "taken"),
    actor("slug of an id", RULE, ada("q1"), 400, "invalid"),
    actor("slug with a line's end", "space around it is no part of it", ada("ada\n"), 201),
    actor("slug in capitals", RULE, ada("Ada"), 400, "invalid"),
    actor("slug Cyrillic", RULE, ada("\u0430da"), 400, "invalid"),
    actor("slug of 101 letters", RULE, ada("a" * 101), 400, "max_length"),
    actor("uid of another's kind", SHAPE, ada("ada-uid", uid=1), 400, "invalid"),
    actor("uid nil", KEPT, ada("ada-nil", uid="00000000-0000-0000-0000-000000000000"), 201),
    actor("name odd", KEPT, {"name": ODD, "slug": "ada-odd", "names": [ODD, "\u00e9", "e\u0301"]}, 201),
    actor("name of 200 emoji", KEPT, {"name": "\U0001f419" * 200, "slug": "ada-octopus"}, 201),
    actor("name of 201 letters", RULE, {"name": "a" * 201, "slug": "ada-long"}, 400, "max_length"),
    actor("name of spaces", RULE, {"name": " \u3000\t", "slug": "ada-space"}, 400, "blank"),
    actor("201 names", SHAPE, ada("ada-names", names=["x"] * 201), 400, "max_length"),
    actor("a name twice", RULE, ada("ada-twice", names=["x", "x"]), 400, "invalid"),
    actor(
        "role of year 9999",
        RULE,
        ada("ada-role", roles=[{"title": "x", "started_on": "9999"}]),
        400,
        "invalid",
    ),
    actor(
        "role that ends first",
        RULE,
        ada("ada-role", roles=[{"title": "x", "started_on": "2024", "ended_on": "2023"}]),
        400,
        "invalid",
    ),
    actor(
        "role odd",
        KEPT,
        ada("ada-role", roles=[{"title": ODD, "organisation": "actor-4", "started_on": "1000"}]),
        201,
    ),
    _outlet("domain with a scheme", RULE, {"slug": "p-1", "domains": ["https://a.example"]}, 400, "invalid"),
    _outlet("domain taken", RULE, {"slug": "p-2", "domains": ["paper1.example"]}, 409, "taken"),
    _outlet("odd", KEPT, {"slug": "p-3", "name": ODD, "domains": ["xn--e1afmkfd.example"]}, 201),
    _outlet("policy", SHAPE, {"slug": "p-4", "text_policy": "all"}, 400, "invalid_choice"),
    _article("odd", KEPT, {"headline": ODD, "deck": ODD, "section": "=1", "published_on": "1000-01-01"}, 201),
    _article("script", RULE, {"source_url": "javascript:alert(1)"}, 400, "invalid"),
    _article("address with a line's end", RULE, {"source_url": "https://a.example/\n"}, 201),
    _article(
        "address there already",
        RULE,
        {"source_url": "http://paper.example:80/1/?a=1&b=%C3%A9#x"},
        409,
        "taken",
    ),
    _article(
        "address of 2,001 letters", RULE, {"source_url": "https://a.example/" + "a" * 1983}, 400, "max_length"
    ),
    _article("day to come", RULE, {"published_on": "9998-12-31"}, 400, "invalid"),
    _article("30 February", RULE, {"published_on": "2024-02-30"}, 400, "no_such_date"),
    _article("year and day", RULE, {"published_on": "2024", "published_precision": "day"}, 400, "conflict"),
    _article("headline a number", SHAPE, {"headline": 1}, 400, "invalid"),
    _article(
        "author twice",
        RULE,
        {"bylines": [{"author": "actor-1"}, {"author": "actor-1"}]},
        400,
        "invalid",
    ),
    _article("author merged", KEPT, {"bylines": [{"author": "twin-7", "note": ODD}]}, 201),
    _statement("odd", KEPT, {"words": [ODD], "cue": "=cmd", "audience": "@all", "language": "x-\u00e9"}, 201),
    _statement("of 20 parts", KEPT, {"words": [f"part {n}" for n in range(20)]}, 201),
    _statement("of 10,001 letters", SHAPE, {"words": ["a" * 10_001]}, 400, "max_length"),
    _statement("article true", SHAPE, {"article": True}, 400, "invalid"),
    _statement("article a number", SHAPE, {"article": 59}, 400, "invalid"),
    _statement("article nobody's", RULE, {"article": "0" * 32}, 400, "unknown"),
    _statement("article retracted", RULE, {"article": str(uid_of("article", 60))}, 400, "unknown"),
    _statement(
        "confidence 2",
        RULE,
        {"attribution": {"by": "extractor", "extractor": "m", "confidence": 2}},
        400,
        "max_value",
    ),
    _statement(
        "confidence -0.0",
        KEPT,
        {"attribution": {"by": "extractor", "extractor": "m", "confidence": -0.0}},
        201,
    ),
    _statement(
        "confidence 5e-324",
        KEPT,
        {"attribution": {"by": "extractor", "extractor": "m", "confidence": 5e-324}},
        201,
    ),
    _statement("translated 1", SHAPE, {"translated": 1}, 400, "invalid"),
    _statement("anchor beyond", SHAPE, {"words": None}, 400, "null"),
    _anchor("at 2^31-2", KEPT, {"exact": "x", "start": 2**31 - 2, "end": 2**31 - 1}, 201),
    _anchor("at 2^31", RULE, {"exact": "x", "start": 2**31, "end": 2**31 + 1}, 400, "max_value"),
    _anchor("at 2^63-1", RULE, {"exact": "x", "start": 2**63 - 2, "end": 2**63 - 1}, 400, "max_value"),
    _anchor("at -1", RULE, {"exact": "x", "start": -1, "end": 0}, 400, "min_value"),
    _anchor("at 0.0", "JSON Schema calls it an integer", {"exact": "x", "start": 0.0, "end": 1}, 201),
    _anchor("too long", RULE, {"exact": "x", "start": 0, "end": 2}, 400, "conflict"),
    _anchor("of an octopus", KEPT, {"exact": "\U0001f419", "start": 0, "end": 1}, 201),
    _anchor(
        "33 before",
        RULE,
        {"exact": "x", "start": 0, "end": 1, "prefix": "\U0001f419" * 33},
        400,
        "max_length",
    ),
    _anchor("32 before", KEPT, {"exact": "x", "start": 40, "end": 41, "prefix": "\U0001f419" * 32}, 201),
    _statement(
        "capture none",
        RULE,
        {"capture": "0" * 64, "anchors": [{"exact": "x", "start": 0, "end": 1}]},
        400,
        "unknown",
    ),
    _statement("day without its source", RULE, {"said_on_source_url": "https://a.example/"}, 400, "invalid"),
    send(
        "statement review a lone surrogate",
        TEXT,
        "POST",
        "statements/",
        b'{"claim_reviews": [{"source_url": "https://a.example/", "publisher": "\\ud800"}]}',
        400,
        "lone_surrogate",
    ),
    *(
        _statement(f"review {name}", RULE, {"claim_reviews": review}, 400, code)
        for name, review, code in [
            ("no list", {}, "not_a_list"),
            ("no object", [7], "invalid"),
            ("empty", [{}], "required"),
            ("without a publisher", [{"source_url": "https://a.example/"}], "required"),
            ("a script", [{"source_url": "javascript:alert(1)", "publisher": "A"}], "invalid"),
            ("NUL", [{"source_url": "https://a.example/", "publisher": "\0"}], "null_characters_not_allowed"),
            (
                "twice",
                [{"source_url": f"{scheme}://a.example/", "publisher": "A"} for scheme in ("http", "https")],
                "invalid",
            ),
            (
                "201 times",
                [{"source_url": f"https://a.example/{n}", "publisher": "A"} for n in range(201)],
                "max_length",
            ),
        ]
    ),
    _statement("day 0999", RULE, {"said_on": "0999-01-01"}, 400, "invalid"),
]
