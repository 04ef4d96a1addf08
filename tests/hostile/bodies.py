"""Hostile bodies, by an editor: nothing that a store could not give back comes in, by whichever door."""

import gzip
import json
from typing import Any

from tests.hostile.case import Case
from tests.hostile.dataset import PAGE, TOKEN, path_of, uid_of

EDITOR = ("Authorization", f"Bearer {TOKEN}")
JSON = ("Content-Type", "application/json")
ANY = ("If-Match", "*")

FIRST, SECOND, THIRD = (path_of("statement", number) for number in (1, 2, 3))

SYNTAX = "a body is one JSON text in UTF-8, or nothing is done"
FORM = "how a body is sent is settled before it is read"
TEXT = "text that a store or JSON could not give back is refused at its place"
NUMBER = "numbers are what JSON and 64 bits can hold"
SHAPE = "a member has its type, and is known"
RULE = "the rules of the dataset are the same by every door"
VERSION = "nobody overwrites what they have not seen"
KEPT = "what is accepted comes back to the letter"
ODD = (
    '=1+1 "<script>" \u202eevil\u202c e\u0301\u00e9 \U0001f419 \ufeff\u200b \uffff \x01\x7f\t\r\n\u2028'
    " {{7*7}} %s $(id)"
)


def _send(
    name: str, why: str, method: str, path: str, body: Any, status: int, code: str = "", *headers: Any
) -> Case:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = (EDITOR, *(headers or (JSON, ANY)))
    return Case(name, why, f"/api/v1/{path}", status, code, method, sent, content)


def _actor(name: str, why: str, body: Any, status: int = 400, code: str = "", *headers: Any) -> Case:
    return _send(name, why, "POST", "actors/", body, status, code, *headers)


def _statement(name: str, why: str, members: dict[str, Any], status: int = 400, code: str = "") -> Case:
    body = {"article": str(uid_of("article", 59)), "kind": "direct", "words": [f"Said so: {name}"], **members}
    return _send(f"statement {name}", why, "POST", "statements/", body, status, code)


def _anchor(name: str, why: str, anchor: dict[str, Any], status: int = 400, code: str = "") -> Case:
    body = {"article": str(uid_of("article", 59)), "kind": "direct", "capture": PAGE, "anchors": [anchor]}
    return _send(f"anchor {name}", why, "POST", "statements/", body, status, code)


def _article(name: str, why: str, members: dict[str, Any], status: int = 400, code: str = "") -> Case:
    body = {"outlet": "outlet-0", "headline": f"On {name}", **members}
    return _send(f"article {name}", why, "POST", "articles/", body, status, code)


def _outlet(name: str, why: str, members: dict[str, Any], status: int = 400, code: str = "") -> Case:
    return _send(f"outlet {name}", why, "POST", "outlets/", {"name": "Paper", **members}, status, code)


def _deep(levels: int) -> bytes:
    return b'{"name": ' + b"[" * levels + b"]" * levels + b"}"


def _ada(slug: str, **members: Any) -> dict[str, Any]:
    return {"name": "Ada", "slug": slug, **members}


BODIES = [
    _actor("no body", SYNTAX, b"", 400, "required"),
    _actor("a space", SYNTAX, b" ", 400, "syntax"),
    _actor("half an object", SYNTAX, b'{"name": "A"', 400, "syntax"),
    _actor("a comma too many", SYNTAX, b'{"name": "A",}', 400, "syntax"),
    _actor("single quotes", SYNTAX, b"{'name': 'A'}", 400, "syntax"),
    _actor("two texts", SYNTAX, b"{}{}", 400, "syntax"),
    _actor("null", SYNTAX, b"null", 400, "null"),
    _actor("a list", SYNTAX, b"[]", 400, "invalid"),
    _actor("a number", SYNTAX, b"1", 400, "invalid"),
    _actor("NaN", NUMBER, b'{"name": NaN}', 400, "not_a_number"),
    _actor("-Infinity", NUMBER, b'{"name": -Infinity}', 400, "not_a_number"),
    _actor("1e999", NUMBER, b'{"name": 1e999}', 400, "out_of_range"),
    _actor("2^63", NUMBER, b'{"name": 9223372036854775808}', 400, "out_of_range"),
    _actor("5,000 digits", NUMBER, b'{"name": ' + b"9" * 5000 + b"}", 400, "out_of_range"),
    _actor("a byte-order mark", SYNTAX, b"\xef\xbb\xbf{}", 400, "syntax"),
    _actor("UTF-16", SYNTAX, '{"name": "A"}'.encode("utf-16"), 400, "encoding"),
    _actor("Latin-1", SYNTAX, b'{"name": "\xe9"}', 400, "encoding"),
    _actor("overlong UTF-8", SYNTAX, b'{"name": "\xc0\x80"}', 400, "encoding"),
    _actor("a surrogate in UTF-8", SYNTAX, b'{"name": "\xed\xa0\x80"}', 400, "encoding"),
    _actor("a lone surrogate", TEXT, b'{"name": "\\ud800"}', 400, "lone_surrogate"),
    _actor("a lone surrogate in a name", TEXT, b'{"\\udfff": 1}', 400, "lone_surrogate"),
    _actor("surrogates the wrong way round", TEXT, b'{"name": "\\udc00\\ud800"}', 400, "lone_surrogate"),
    _actor("NUL", TEXT, b'{"name": "a\\u0000b"}', 400, "null_characters_not_allowed"),
    _actor("NUL as it is", SYNTAX, b'{"name": "a\x00b"}', 400, "syntax"),
    _actor("two members of a name", SYNTAX, b'{"name": "A", "name": "B"}', 400, "repeated"),
    _actor("two members of a name, escaped", SYNTAX, b'{"name": "A", "n\\u0061me": "B"}', 400, "repeated"),
    _actor("31 deep", SYNTAX, _deep(31), 400, "required"),
    _actor("32 deep", SYNTAX, _deep(32), 400, "too_deep"),
    _actor("100,000 deep", SYNTAX, _deep(100_000), 400, "too_deep"),
    _actor("objects 5,000 deep", SYNTAX, b'{"a":' * 5000 + b"1" + b"}" * 5000, 400, "too_deep"),
    _actor("10,000 members", SHAPE, {f"m{n}": n for n in range(10_000)}, 400, "required"),
    _actor("a member of another record", SHAPE, _ada("ada-x", merged_into="actor-1"), 400, "unknown"),
    _actor("prototype", SHAPE, _ada("ada-x", __proto__={"x": 1}, constructor=1), 400, "unknown"),
    _actor("2 MB and more", FORM, b'"' + b"a" * 2_097_200 + b'"', 413),
    _actor("a form", FORM, b"name=A&slug=a", 415, "", ("Content-Type", "application/x-www-form-urlencoded")),
    _actor("no type", FORM, b"{}", 415, "", ("Content-Type", "")),
    _actor("plain text", FORM, b"{}", 415, "", ("Content-Type", "text/plain")),
    _actor(
        "XML with an entity",
        FORM,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        415,
        "",
        ("Content-Type", "text/xml"),
    ),
    _actor("parts", FORM, b"--x--", 415, "", ("Content-Type", "multipart/form-data; boundary=x")),
    _actor("another charset", FORM, b"{}", 415, "", ("Content-Type", "application/json; charset=utf-16")),
    _actor(
        "no such charset",
        "what is none says nothing",
        b"{}",
        400,
        "required",
        ("Content-Type", "application/json; charset=\xff"),
    ),
    _actor("compressed", FORM, gzip.compress(b"{}", mtime=0), 415, "", JSON, ("Content-Encoding", "gzip")),
    _actor(
        "a bomb",
        FORM,
        gzip.compress(b"a" * 10**7, mtime=0),
        415,
        "",
        JSON,
        ("Content-Encoding", "gzip, gzip"),
    ),
    _actor("in chunks", FORM, b"2\r\n{}\r\n0\r\n\r\n", 411, "", JSON, ("Transfer-Encoding", "chunked")),
    _actor("as a method", FORM, _ada("ada-method"), 201, "", JSON, ("X-HTTP-Method-Override", "DELETE")),
    _actor("slug of another", RULE, _ada("actor-1"), 409, "taken"),
    _actor("slug once another's", RULE, _ada("twin-7"), 409, "taken"),
    _actor("slug of an id", RULE, _ada("q1"), 400, "invalid"),
    _actor("slug with a line's end", "space around it is no part of it", _ada("ada\n"), 201),
    _actor("slug in capitals", RULE, _ada("Ada"), 400, "invalid"),
    _actor("slug Cyrillic", RULE, _ada("\u0430da"), 400, "invalid"),
    _actor("slug of 101 letters", RULE, _ada("a" * 101), 400, "max_length"),
    _actor("uid of another's kind", SHAPE, _ada("ada-uid", uid=1), 400, "invalid"),
    _actor("uid nil", KEPT, _ada("ada-nil", uid="00000000-0000-0000-0000-000000000000"), 201),
    _actor("name odd", KEPT, {"name": ODD, "slug": "ada-odd", "names": [ODD, "\u00e9", "e\u0301"]}, 201),
    _actor("name of 200 emoji", KEPT, {"name": "\U0001f419" * 200, "slug": "ada-octopus"}, 201),
    _actor("name of 201 letters", RULE, {"name": "a" * 201, "slug": "ada-long"}, 400, "max_length"),
    _actor("name of spaces", RULE, {"name": " \u3000\t", "slug": "ada-space"}, 400, "blank"),
    _actor("201 names", SHAPE, _ada("ada-names", names=["x"] * 201), 400, "max_length"),
    _actor("a name twice", RULE, _ada("ada-twice", names=["x", "x"]), 400, "invalid"),
    _actor(
        "role of year 9999",
        RULE,
        _ada("ada-role", roles=[{"title": "x", "started_on": "9999"}]),
        400,
        "invalid",
    ),
    _actor(
        "role that ends first",
        RULE,
        _ada("ada-role", roles=[{"title": "x", "started_on": "2024", "ended_on": "2023"}]),
        400,
        "invalid",
    ),
    _actor(
        "role odd",
        KEPT,
        _ada("ada-role", roles=[{"title": ODD, "organisation": "actor-4", "started_on": "1000"}]),
        201,
    ),
    _outlet("domain with a scheme", RULE, {"slug": "p-1", "domains": ["https://a.example"]}, 400, "invalid"),
    _outlet("domain taken", RULE, {"slug": "p-2", "domains": ["paper1.example"]}, 409, "taken"),
    _outlet("odd", KEPT, {"slug": "p-3", "name": ODD, "domains": ["xn--e1afmkfd.example"]}, 201),
    _outlet("policy", SHAPE, {"slug": "p-4", "text_policy": "all"}, 400, "invalid_choice"),
    _article("odd", KEPT, {"headline": ODD, "deck": ODD, "section": "=1", "published_on": "9998-12-31"}, 201),
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
    _send(
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
    _send("patch, no version", VERSION, "PATCH", FIRST, {"cue": "x"}, 428, "", JSON),
    _send(
        "patch, a weak version",
        VERSION,
        "PATCH",
        FIRST,
        {"cue": "x"},
        412,
        "",
        JSON,
        ("If-Match", 'W/"x"'),
    ),
    _send(
        "patch, 300 versions",
        VERSION,
        "PATCH",
        FIRST,
        {"cue": "x"},
        412,
        "",
        JSON,
        ("If-Match", ",".join(f'"{n}"' for n in range(300))),
    ),
    _send(
        "patch, nonsense",
        VERSION,
        "PATCH",
        FIRST,
        {"cue": "x"},
        412,
        "",
        JSON,
        ("If-Match", '"a, *'),
    ),
    _send("patch nothing", KEPT, "PATCH", path_of("article", 2), {}, 200),
    _send(
        "patch uid",
        RULE,
        "PATCH",
        path_of("article", 2),
        {"uid": "00000000-0000-0000-0000-000000000001"},
        400,
        "unknown",
    ),
    _send("patch id 2^63", RULE, "PATCH", "statements/9223372036854775808/", {}, 404),
    _send("patch odd", KEPT, "PATCH", SECOND, {"speaker_label": ODD[:20], "audience": ODD}, 200),
    _send(
        "patch speaker, no reason",
        RULE,
        "PATCH",
        SECOND,
        {"speaker": "actor-11"},
        400,
        "required",
    ),
    _send("batch of nothing", SHAPE, "POST", "statements/batch/", {"statements": []}, 400, "empty"),
    _send(
        "batch of empties", SHAPE, "POST", "statements/batch/", {"statements": [{}, 7, None]}, 400, "required"
    ),
    _send("batch of many", SHAPE, "POST", "statements/batch/", {"statements": [{}] * 101}, 400, "max_length"),
    _send(
        "batch with one that is wrong",
        RULE,
        "POST",
        "statements/batch/",
        {
            "statements": [
                {"article": str(uid_of("article", 59)), "kind": "direct", "words": [f"Said so: {number}"]}
                | ({"said_on": "2024-02-30"} if number else {})
                for number in range(2)
            ]
        },
        400,
        "no_such_date",
    ),
    _send("patch speaker", KEPT, "PATCH", SECOND, {"speaker": "actor-11", "reason": ODD}, 200),
    _send("patch slug", KEPT, "PATCH", "actors/actor-11/", {"slug": "actor-eleven"}, 200),
    _send("patch slug back", KEPT, "PATCH", "actors/actor-eleven/", {"slug": "actor-11"}, 200),
    _send("patch domains", KEPT, "PATCH", "outlets/outlet-1/", {"domains": []}, 200),
    _send(
        "retract, no reason",
        RULE,
        "POST",
        f"{THIRD}retract/",
        {"reason": " "},
        400,
        "blank",
    ),
    _send("retract, a list", SHAPE, "POST", f"{THIRD}retract/", ["why"], 400, "invalid"),
    _send("retract odd", KEPT, "POST", path_of("article", 3) + "retract/", {"reason": ODD}, 200),
    _send("retract again", RULE, "POST", path_of("article", 3) + "retract/", {"reason": "again"}, 409),
    _send("restore", KEPT, "POST", path_of("article", 3) + "restore/", {"reason": ODD}, 200),
    _send("restore what stands", RULE, "POST", path_of("article", 3) + "restore/", {"reason": "again"}, 409),
    _send(
        "merge into itself", RULE, "POST", "actors/actor-12/merge/", {"into": "actor-12", "reason": "x"}, 409
    ),
    _send(
        "merge into nobody",
        RULE,
        "POST",
        "actors/actor-12/merge/",
        {"into": "nobody", "reason": "x"},
        400,
        "unknown",
    ),
    _send("merge kinds", RULE, "POST", "actors/actor-12/merge/", {"into": "actor-4", "reason": "x"}, 409),
    _send("merge", KEPT, "POST", "actors/actor-13/merge/", {"into": "actor-12", "reason": ODD}, 200),
    _send("merge again", RULE, "POST", "actors/actor-13/merge/", {"into": "actor-12", "reason": "x"}, 308),
    _send(
        "merge in a circle", RULE, "POST", "actors/actor-12/merge/", {"into": "actor-13", "reason": "x"}, 409
    ),
    _send("unmerge", KEPT, "POST", "actors/actor-13/unmerge/", {"reason": ODD}, 200),
    _send("unmerge again", RULE, "POST", "actors/actor-13/unmerge/", {"reason": "x"}, 409),
    _send(
        "a key that is a key",
        "who has no token writes nothing",
        "POST",
        "actors/",
        {},
        401,
        "",
        JSON,
        ("Authorization", "Bearer x"),
    ),
]
