"""How a body is sent and written: nothing is read that is not one JSON text of what a store can give back."""

import gzip

from tests.hostile.sending import FORM, JSON, NUMBER, SHAPE, SYNTAX, TEXT, actor, ada


def _deep(levels: int) -> bytes:
    return b'{"name": ' + b"[" * levels + b"]" * levels + b"}"


BODIES = [
    actor("no body", SYNTAX, b"", 400, "required"),
    actor("a space", SYNTAX, b" ", 400, "syntax"),
    actor("half an object", SYNTAX, b'{"name": "A"', 400, "syntax"),
    actor("a comma too many", SYNTAX, b'{"name": "A",}', 400, "syntax"),
    actor("single quotes", SYNTAX, b"{'name': 'A'}", 400, "syntax"),
    actor("two texts", SYNTAX, b"{}{}", 400, "syntax"),
    actor("null", SYNTAX, b"null", 400, "null"),
    actor("a list", SYNTAX, b"[]", 400, "invalid"),
    actor("a number", SYNTAX, b"1", 400, "invalid"),
    actor("NaN", NUMBER, b'{"name": NaN}', 400, "not_a_number"),
    actor("-Infinity", NUMBER, b'{"name": -Infinity}', 400, "not_a_number"),
    actor("1e999", NUMBER, b'{"name": 1e999}', 400, "out_of_range"),
    actor("2^63", NUMBER, b'{"name": 9223372036854775808}', 400, "out_of_range"),
    actor("5,000 digits", NUMBER, b'{"name": ' + b"9" * 5000 + b"}", 400, "out_of_range"),
    actor("a byte-order mark", SYNTAX, b"\xef\xbb\xbf{}", 400, "syntax"),
    actor("UTF-16", SYNTAX, '{"name": "A"}'.encode("utf-16"), 400, "encoding"),
    actor("Latin-1", SYNTAX, b'{"name": "\xe9"}', 400, "encoding"),
    actor("overlong UTF-8", SYNTAX, b'{"name": "\xc0\x80"}', 400, "encoding"),
    actor("a surrogate in UTF-8", SYNTAX, b'{"name": "\xed\xa0\x80"}', 400, "encoding"),
    actor("a lone surrogate", TEXT, b'{"name": "\\ud800"}', 400, "lone_surrogate"),
    actor("a lone surrogate in a name", TEXT, b'{"\\udfff": 1}', 400, "lone_surrogate"),
    actor("surrogates the wrong way round", TEXT, b'{"name": "\\udc00\\ud800"}', 400, "lone_surrogate"),
    actor("NUL", TEXT, b'{"name": "a\\u0000b"}', 400, "null_characters_not_allowed"),
    actor("NUL as it is", SYNTAX, b'{"name": "a\x00b"}', 400, "syntax"),
    actor("two members of a name", SYNTAX, b'{"name": "A", "name": "B"}', 400, "repeated"),
    actor("two members of a name, escaped", SYNTAX, b'{"name": "A", "n\\u0061me": "B"}', 400, "repeated"),
    actor("31 deep", SYNTAX, _deep(31), 400, "required"),
    actor("32 deep", SYNTAX, _deep(32), 400, "too_deep"),
    actor("100,000 deep", SYNTAX, _deep(100_000), 400, "too_deep"),
    actor("objects 5,000 deep", SYNTAX, b'{"a":' * 5000 + b"1" + b"}" * 5000, 400, "too_deep"),
    actor("10,000 members", SHAPE, {f"m{n}": n for n in range(10_000)}, 400, "required"),
    actor("a member of another record", SHAPE, ada("ada-x", merged_into="actor-1"), 400, "unknown"),
    actor("prototype", SHAPE, ada("ada-x", __proto__={"x": 1}, constructor=1), 400, "unknown"),
    actor("2 MB and more", FORM, b'"' + b"a" * 2_097_200 + b'"', 413),
    actor("a form", FORM, b"name=A&slug=a", 415, "", ("Content-Type", "application/x-www-form-urlencoded")),
    actor("no type", FORM, b"{}", 415, "", ("Content-Type", "")),
    actor("plain text", FORM, b"{}", 415, "", ("Content-Type", "text/plain")),
    actor(
        "XML with an entity",
        FORM,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        415,
        "",
        ("Content-Type", "text/xml"),
    ),
    actor("parts", FORM, b"--x--", 415, "", ("Content-Type", "multipart/form-data; boundary=x")),
    actor("another charset", FORM, b"{}", 415, "", ("Content-Type", "application/json; charset=utf-16")),
    actor(
        "no such charset",
        "what is none says nothing",
        b"{}",
        400,
        "required",
        ("Content-Type", "application/json; charset=\xff"),
    ),
    actor("compressed", FORM, gzip.compress(b"{}", mtime=0), 415, "", JSON, ("Content-Encoding", "gzip")),
    actor(
        "a bomb",
        FORM,
        gzip.compress(b"a" * 10**7, mtime=0),
        415,
        "",
        JSON,
        ("Content-Encoding", "gzip, gzip"),
    ),
    actor("in chunks", FORM, b"2\r\n{}\r\n0\r\n\r\n", 411, "", JSON, ("Transfer-Encoding", "chunked")),
    actor("as a method", FORM, ada("ada-method"), 201, "", JSON, ("X-HTTP-Method-Override", "DELETE")),
]
