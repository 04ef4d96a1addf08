"""Hostile addresses: what may stand in a path, and in the line that a request begins with."""

from tests.hostile.case import Case
from tests.hostile.dataset import path_of, uid_of

API = "/api/v1"
RECORD = "an id is 1 to 2^63-1 in plain digits; whatever else stands there finds nothing"
UID = "a record has one address, and every other way to write its uid leads there"
SLUG = "a slug goes into a query as a value, and is refused where a store could not compare it"
PATH = "addresses are compared as they are written: nothing is walked, decoded twice or guessed"
LINE = "what is too long, or no HTTP, is refused before it costs anything"


def _at(name: str, why: str, path: str, status: int = 404, **facts: object) -> Case:
    return Case(name, why, API + path, status, **facts)  # type: ignore[arg-type]


ADDRESSES = [
    # name, why, path, status
    _at("id 0", RECORD, "/statements/0/"),
    _at("id -1", RECORD, "/statements/-1/"),
    _at("id +1", RECORD, "/statements/+1/"),
    _at("id 01", RECORD, "/statements/01/"),
    _at("id 1.0", RECORD, "/statements/1.0/"),
    _at("id 1e0", RECORD, "/statements/1e0/"),
    _at("id 0x1", RECORD, "/statements/0x1/"),
    _at("id 1_0", RECORD, "/statements/1_0/"),
    _at("id with a space", RECORD, "/statements/1%20/"),
    _at("id with a line's end", RECORD, "/statements/1%0A/"),
    _at("id 2^63-1", RECORD, "/statements/9223372036854775807/"),
    _at("id 2^63", RECORD, "/statements/9223372036854775808/"),
    _at("id 2^64+1", RECORD, "/statements/18446744073709551617/"),
    _at("id of 3,000 digits", RECORD, f"/statements/{'9' * 3000}/"),
    _at("id in Arabic digits", RECORD, "/statements/%D9%A1/"),
    _at("id in wide digits", RECORD, "/statements/%EF%BC%91/"),
    _at("id superscript", RECORD, "/statements/%C2%B2/"),
    _at("id NaN", RECORD, "/statements/NaN/"),
    _at("id null", RECORD, "/articles/null/"),
    _at("id true", RECORD, "/articles/true/"),
    _at("id a list", RECORD, "/articles/1,2/"),
    _at("id with SQL", RECORD, "/articles/1%20OR%201=1/"),
    _at("id of another resource's history", RECORD, "/articles/99999999/history/"),
    _at("id 1", "it leads to the address with the uid", "/statements/1/?omit=anchors", 308),
    _at("uid in capitals", UID, f"/statements/{str(uid_of('statement', 1)).upper()}/", 308),
    _at("uid without hyphens", UID, f"/{path_of('statement', 1).replace('-', '')}", 308),
    _at("uid in braces", UID, f"/statements/%7B{uid_of('statement', 1)}%7D/", 308),
    _at("uid of nobody", UID, f"/statements/{uid_of('statement', 0)}/"),
    _at("uid of another resource", UID, f"/articles/{uid_of('statement', 1)}/"),
    _at("uid and a line's end", UID, f"/statements/{uid_of('statement', 1)}%0A/"),
    _at("retracted article", "it says when and why", f"/{path_of('article', 60)}", 410),
    _at("slug with NUL", SLUG, "/actors/actor-0%00/"),
    _at("slug NUL alone", SLUG, "/actors/%00/"),
    _at("slug a lone surrogate", SLUG, "/actors/%ED%A0%80/"),
    _at("slug not UTF-8", SLUG, "/actors/%FF%FE/"),
    _at("slug overlong UTF-8", SLUG, "/actors/%C0%AF/"),
    _at("slug U+10FFFF", SLUG, "/actors/%F4%8F%BF%BF/"),
    _at("slug beyond Unicode", SLUG, "/actors/%F4%90%80%80/"),
    _at("slug with SQL", SLUG, "/outlets/x'%20OR%20'1'='1/"),
    _at("slug with a comment", SLUG, "/outlets/gazette--/"),
    _at("slug with wild cards", SLUG, "/outlets/outlet-%25/"),
    _at("slug with LDAP", SLUG, "/actors/*)(uid=*))(|(uid=*/"),
    _at("slug with a template", SLUG, "/actors/%7B%7B7*7%7D%7D/"),
    _at("slug with a shell", SLUG, "/actors/$(id)/"),
    _at("slug with a header", SLUG, "/actors/x%0D%0AX-Evil:%20y/"),
    _at("slug with a script", SLUG, "/actors/%3Cscript%3Ealert(1)%3C%2Fscript%3E/"),
    _at("slug right to left", SLUG, "/actors/%E2%80%AE0-rotca/"),
    _at("slug of 2,000 letters", SLUG, f"/actors/{'a' * 2000}/"),
    _at("slug of 400 accents", SLUG, f"/actors/{'%CC%81' * 400}/"),
    _at("slug in capitals", "an address is found however its letters are written", "/actors/ACTOR-1/", 308),
    _at("slug in wide letters", SLUG, "/actors/%EF%BD%81ctor-1/"),
    _at("slug with a dotless i", SLUG, "/outlets/outlet-1%C4%B1/"),
    _at("former address", "it leads to the present one", "/actors/twin-7/", 308),
    _at("former address's history", "a merged actor's history is not public", "/actors/twin-7/history/", 308),
    _at("Wikidata id", "it leads to the address", "/actors/Q1/", 308),
    _at("Wikidata id of 300 digits", SLUG, f"/actors/Q{'9' * 300}/"),
    _at("up and down", PATH, "/../../etc/passwd/"),
    _at("up and down, encoded", PATH, "/..%2F..%2Fetc%2Fpasswd/"),
    _at("up and down, encoded twice", PATH, "/%252e%252e/%252e%252e/"),
    _at("up and down, overlong", PATH, "/%c0%ae%c0%ae/"),
    _at("backslashes", PATH, "/..\\..\\windows/"),
    _at(
        "an encoded slash",
        "WSGI has decoded it before anyone can tell",
        f"/statements%2F{uid_of('statement', 1)}/",
        200,
    ),
    _at("two slashes", PATH, "//statements/"),
    _at("two slashes at the end", PATH, "/statements//"),
    _at("a dot", PATH, "/./statements/"),
    _at("a suffix", "the format is a parameter", "/statements.json/"),
    _at("capitals", PATH, "/Statements/"),
    _at("a matrix parameter", PATH, "/statements;v=1/"),
    _at("NUL", PATH, "/statements%00/"),
    _at("without a slash", "one address each: it leads to it", "/statements", 301),
    _at("without a slash, with a query", "the query comes along", "/statements?limit=1", 301),
    _at("a space", PATH, "/statements/%20/"),
    _at("a slash that leads elsewhere", PATH, "//evil.example/..", 301),
    Case("nowhere", PATH, "/api/", 404),
    Case("another version", PATH, "/api/v2/statements/", 404),
    Case("not under /api/", "it is a page for people", "/%00/", 404, unheard=True),
    Case("a whole address", "a proxy sends it so", "http://news.example.org/api/v1/outlets/", 200),
    Case("a whole address elsewhere", "it is not ours", "http://evil.example/api/v1/nowhere/", 404),
    Case("a line of 8,000 bytes", LINE, f"/api/v1/statements/?q={'a' * 7900}", 414),
    Case("a line of 9,000 bytes", LINE, f"/api/v1/statements/?q={'a' * 9000}", 414, unheard=True),
    Case("two slashes, then a host", "it leads nowhere else", "//evil.example/api", 404, unheard=True),
    Case("no path", LINE, "statements", 400, unheard=True),
    Case("a star", LINE, "*", 404, method="OPTIONS", unheard=True),
]
