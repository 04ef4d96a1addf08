"""Hostile headers and methods."""

from tests.hostile.case import Case
from tests.hostile.dataset import path_of

ACCEPT = "the format is negotiated as RFC 9110 says, or refused with those there are"
FRESH = "what the client has is compared, not parsed into trouble"
TRUST = "nothing that a client says of itself decides anything"
METHOD = "a method is the one in the request line, and is known"
FORM = "what is no header is refused by the server"
LIST, ONE = "/api/v1/statements/?limit=1", f"/api/v1/{path_of('statement', 1)}"


def _with(
    name: str, why: str, status: int, *headers: tuple[str, str], at: str = LIST, **facts: object
) -> Case:
    return Case(name, why, at, status, headers=headers, **facts)  # type: ignore[arg-type]


def _method(method: str, status: int, at: str = LIST, **facts: object) -> Case:
    return Case(f"{method} {at}", METHOD, at, status, method=method, **facts)  # type: ignore[arg-type]


HEADERS = [
    _with("accept anything", ACCEPT, 200, ("Accept", "*/*")),
    _with("accept nothing", ACCEPT, 200, ("Accept", "")),
    _with("accept a page", ACCEPT, 200, ("Accept", "text/html")),
    _with("accept a browser's", ACCEPT, 200, ("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8")),
    _with("accept CSV", ACCEPT, 406, ("Accept", "text/csv")),
    _with("accept JSON by a weight of 0", ACCEPT, 406, ("Accept", "application/json;q=0")),
    _with("accept by a weight of NaN", ACCEPT, 200, ("Accept", "application/json;q=NaN, */*")),
    _with("accept a list of 500", ACCEPT, 406, ("Accept", ",".join(f"a/b{n}" for n in range(500)))),
    _with("accept madness", ACCEPT, 406, ("Accept", ";;;,,,/;q=,*")),
    _with("accept half a type", ACCEPT, 406, ("Accept", "application/")),
    _with("accept with a charset", ACCEPT, 200, ("Accept", "application/json; charset=utf-16")),
    _with("accept twice", ACCEPT, 200, ("Accept", "text/html"), ("Accept", "application/json")),
    _with("accept not ASCII", ACCEPT, 406, ("Accept", "\xe9/\xff")),
    _with(
        "accept against a format",
        "the parameter comes first",
        200,
        ("Accept", "text/csv"),
        at=f"{LIST}&format=json",
    ),
    _with("language", "there is one language", 200, ("Accept-Language", "*;q=NaN,\xff")),
    _with("encoding", "compression is the proxy's", 200, ("Accept-Encoding", "gzip, br, identity;q=0")),
    _with("a range", "ranges are not served: the whole comes", 200, ("Range", "bytes=0-1")),
    _with("ranges", "ranges are not served: the whole comes", 200, ("Range", "bytes=" + "0-1," * 500)),
    _with("if-none-match a star", FRESH, 304, ("If-None-Match", "*")),
    _with("if-none-match a star, one", FRESH, 304, ("If-None-Match", "*"), at=ONE),
    _with(
        "if-none-match a list of 300", FRESH, 200, ("If-None-Match", ",".join(f'"{n}"' for n in range(300)))
    ),
    _with("if-none-match nonsense", FRESH, 200, ("If-None-Match", '"a, W/b", \xff')),
    _with("if-none-match nonsense, one", FRESH, 200, ("If-None-Match", 'W/"'), at=ONE),
    _with("if-match nonsense", "reading asks for no version", 412, ("If-Match", '"x"')),
    _with(
        "if-modified-since the year 9999", FRESH, 200, ("If-Modified-Since", "Fri, 31 Dec 9999 23:59:59 GMT")
    ),
    _with("if-modified-since the year 0", FRESH, 200, ("If-Modified-Since", "Mon, 01 Jan 0000 00:00:00 GMT")),
    _with("if-modified-since nonsense", FRESH, 200, ("If-Modified-Since", "99 Foo 99999999999999999999 GMT")),
    _with("another host", TRUST, 400, ("Host", "evil.example")),
    _with("no host", TRUST, 400, ("Host", "")),
    _with("a host with a path", TRUST, 400, ("Host", "news.example.org/evil")),
    _with("a host with a user", TRUST, 400, ("Host", "a@news.example.org")),
    _with("a host with port 99999", TRUST, 200, ("Host", "news.example.org:99999")),
    _with("hosts", TRUST, 400, ("Host", "news.example.org"), ("Host", "evil.example"), unheard=True),
    _with("forwarded host", TRUST, 200, ("X-Forwarded-Host", "evil.example")),
    _with("forwarded scheme", TRUST, 200, ("X-Forwarded-Proto", "javascript")),
    _with("forwarded for", TRUST, 200, ("X-Forwarded-For", "::1, 1.2.3.4, " + "x" * 3000)),
    _with("forwarded prefix", TRUST, 200, ("X-Forwarded-Prefix", "/evil"), ("X-Script-Name", "/evil")),
    _with("a mount point", TRUST, 200, ("SCRIPT_NAME", "/api")),
    _with("a mount point elsewhere", TRUST, 200, ("SCRIPT_NAME", "/evil"), ("PATH_INFO", "/evil")),
    _with("original address", TRUST, 200, ("X-Original-URL", "/admin/"), ("X-Rewrite-URL", "/admin/")),
    _with("an origin", "anyone's page may read", 200, ("Origin", "https://evil.example")),
    _with("an origin null", "anyone's page may read", 200, ("Origin", "null")),
    _with("a cookie", "no session opens the API", 200, ("Cookie", "sessionid=x; \xff=\xfe; a=" + "b" * 3000)),
    _with("no token", TRUST, 401, ("Authorization", "Bearer")),
    _with("another's token", TRUST, 401, ("Authorization", "Bearer newsdb_nobody")),
    _with("a token with a space", TRUST, 401, ("Authorization", "Bearer a b")),
    _with("a token not ASCII", TRUST, 401, ("Authorization", "Bearer \xff\xfe")),
    _with("a long token", TRUST, 401, ("Authorization", "Bearer " + "a" * 7000)),
    _with(
        "a password", "another scheme is a proxy's affair", 200, ("Authorization", "Basic YWRtaW46YWRtaW4=")
    ),
    _with("overriding the method", METHOD, 200, ("X-HTTP-Method-Override", "DELETE")),
    _with(
        "overriding the method otherwise",
        METHOD,
        200,
        ("X-Method-Override", "PATCH"),
        ("X-HTTP-Method", "PUT"),
    ),
    _with(
        "a body with GET", "it is not read", 200, ("Content-Type", "application/json"), body=b'{"limit": 0}'
    ),
    _with(
        "a preflight",
        "reading alone is allowed",
        200,
        ("Origin", "https://a.example"),
        ("Access-Control-Request-Method", "PATCH"),
        method="OPTIONS",
    ),
    _with("a header of 9,000 bytes", FORM, 431, ("X-Long", "a" * 9000), unheard=True),
    _with("200 headers", FORM, 431, *((f"X-{n}", "1") for n in range(200)), unheard=True),
    _with("NUL in a header", FORM, 400, ("X-Evil", "a\x00b"), unheard=True),
    _with("a header's name with a space", FORM, 400, ("X Evil", "1"), unheard=True),
    _with("an underscore in a name", TRUST, 200, ("X_Forwarded_Host", "evil.example")),
    _with("upgrade", "there is nothing to upgrade to", 200, ("Upgrade", "websocket")),
    _with("expect", "a body comes at once or not at all", 200, ("Expect", "100-continue")),
    _method("HEAD", 200),
    _method("HEAD", 404, "/api/v1/statements/0/"),
    _method("OPTIONS", 200),
    _method("OPTIONS", 404, "/api/v1/nowhere/"),
    _method("TRACE", 405),
    _method("PUT", 405),
    _method("PUT", 405, ONE),
    _method("DELETE", 405, ONE),
    _method("POST", 405, ONE),
    _method("PATCH", 405),
    _method("CONNECT", 405),
    _method("PROPFIND", 405),
    _method("BREW", 405),
    _method("get", 400, unheard=True),
    _method("A" * 30, 400, unheard=True),
]
