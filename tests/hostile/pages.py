"""The hostile requests of the API as requests of its pages, and hostile drafts and frames."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlencode

from tests.hostile.addresses import ADDRESSES
from tests.hostile.case import Case
from tests.hostile.dataset import path_of
from tests.hostile.parameters import PARAMETERS
from tests.hostile.sending import ODD
from tests.hostile.served import HOST

API = "/api/v1"
#: What has pages: lists and records, or records alone.
LISTS, RECORDS = (
    ("/statements/", "/actors/", "/outlets/"),
    ("/statements/", "/actors/", "/outlets/", "/articles/"),
)
#: What has none.
ENDPOINTS = ("/statements/facets/", "/statements/export/")
DRAFT = "a draft is text in UTF-8, sent as forms are"
FRAME = "oEmbed answers for our own statements alone"
METHOD = "pages are read, and drafts alone are sent"
URLENCODED = ("Content-Type", "application/x-www-form-urlencoded")


def _same() -> Iterator[Case]:
    """Each request of a list or a record, as its page, the list's feed, and the record's frame."""
    for case in (*PARAMETERS, *ADDRESSES):
        path, mark, query = case.target.removeprefix(API).partition("?")
        kind = next((kind for kind in RECORDS if path.startswith(kind)), "")
        if not case.target.startswith(API) or not kind or case.unheard:
            continue
        if path in LISTS:
            status = 302 if query == "q=" else case.status  # an empty field of a form asks for nothing
            yield replace(case, name=f"page: {case.name}", target=f"{path}{mark}{query}", status=status)
            if path == "/statements/":
                target = f"/statements.atom{mark}{query}"
                yield replace(case, name=f"feed: {case.name}", target=target, status=status)
        elif path.count("/") == 3 and path.endswith("/"):
            status = 404 if path in ENDPOINTS else case.status
            yield replace(case, name=f"page: {case.name}", target=f"{path}{mark}{query}", status=status)
            if kind == "/statements/":
                target = f"{path}embed/{mark}{query}"
                yield replace(case, name=f"frame: {case.name}", target=target, status=status)


def _oembed(name: str, status: int, **parameters: str) -> Case:
    return Case(f"oembed: {name}", FRAME, f"/oembed/?{urlencode(parameters)}", status)


def _draft(name: str, body: bytes, status: int, *headers: tuple[str, str]) -> Case:
    return Case(f"draft: {name}", DRAFT, "/check/", status, "", "POST", headers or (URLENCODED,), body)


def _of(text: str) -> bytes:
    return f"draft={quote(text)}".encode()


STATEMENT = f"http://{HOST}/{path_of('statement', 1)}"
MULTIPART = ("Content-Type", "multipart/form-data; boundary=x")
PAGES = [
    *_same(),
    _oembed("a statement", 200, url=STATEMENT),
    _oembed("by its number", 308, url=f"http://{HOST}/statements/1/"),
    _oembed("by its number, in capitals", 404, url=f"HTTP://{HOST.upper()}/statements/1/"),
    _oembed("nobody's number", 404, url=f"http://{HOST}/statements/99999999/"),
    _oembed("a number of 300 digits", 404, url=f"http://{HOST}/statements/{'9' * 300}/"),
    _oembed("NUL", 400, url=f"http://{HOST}/statements/%00/\0"),
    _oembed("NUL, encoded twice", 404, url=f"http://{HOST}/statements/%00/"),
    _oembed("not UTF-8, encoded twice", 404, url=f"http://{HOST}/statements/%FF/"),
    _oembed("a list", 404, url=f"http://{HOST}/statements/"),
    _oembed("an export", 404, url=f"http://{HOST}/statements/export/"),
    _oembed("up and down", 404, url=f"http://{HOST}/statements/../admin/"),
    _oembed("a frame", 404, url=f"{STATEMENT}embed/"),
    _oembed("elsewhere", 404, url="http://evil.example/statements/1/"),
    _oembed("elsewhere that begins like us", 404, url=f"http://{HOST}.evil.example/statements/1/"),
    _oembed("a host with a password", 404, url=f"http://{HOST}@evil.example/statements/1/"),
    _oembed("a script", 404, url="javascript:alert(1)//statements/1/"),
    _oembed("2,001 letters", 400, url="a" * 2001),
    _oembed("no address", 400),
    _oembed("XML", 501, url=STATEMENT, format="xml"),
    _oembed("no size", 400, url=STATEMENT, maxwidth="0"),
    _oembed("a size of 10^30", 400, url=STATEMENT, maxheight="1" + "0" * 30),
    _oembed("a callback", 400, url=STATEMENT, callback="alert"),
    _draft("odd", _of(f"“{ODD}” he said. “I,” she said, “do.”"), 200),
    _draft("NUL", b"draft=%00", 400),
    _draft("not UTF-8", b"draft=%FF%FE", 200),
    _draft("a lone surrogate", b"draft=%ED%A0%80", 200),
    _draft("half a percent", b"draft=%", 200),
    _draft("empty", b"draft=", 400),
    _draft("nothing", b"", 400),
    _draft("another field", b"text=%E2%80%9CIt+hums%E2%80%9D", 400),
    _draft("twice", b"draft=a&draft=%E2%80%9CIt+hums.%E2%80%9D", 200),
    _draft("marks alone", _of("“" * 2000), 200),
    _draft("nested", _of("“‘" * 500 + "’”" * 500), 200),
    _draft("100,001 letters", b"draft=" + b"a" * 100_001, 400),
    _draft("2 MiB", b"draft=" + b"a" * 2_100_000, 413),
    _draft("2,000 fields", b"a=1&" * 2000, 400),
    _draft("JSON", b'{"text": "a"}', 400, ("Content-Type", "application/json")),
    _draft("another charset", b"draft=a", 400, (URLENCODED[0], f"{URLENCODED[1]}; charset=utf-16")),
    _draft("an unknown charset", b"draft=a", 200, (URLENCODED[0], f"{URLENCODED[1]}; charset=x")),
    _draft("multipart without a boundary", b"a", 400, ("Content-Type", "multipart/form-data")),
    _draft(
        "multipart cut off", b'--x\r\nContent-Disposition: form-data; name="draft"\r\n\r\n', 400, MULTIPART
    ),
    _draft(
        "a file",
        b'--x\r\nContent-Disposition: form-data; name="draft"; filename="a"\r\n\r\nb\r\n--x--',
        400,
        MULTIPART,
    ),
    Case("check: an address with a draft", "it has none", "/check/?draft=a&%FF=%00", 200),
    Case("check: PUT", METHOD, "/check/", 405, "", "PUT", (URLENCODED,), b"draft=a"),
    *(Case(f"POST {path}", METHOD, path, 403, "", "POST", (URLENCODED,), b"q=a") for path in LISTS),
    Case("DELETE a page", METHOD, f"/{path_of('statement', 1)}", 403, "", "DELETE"),
    Case("a page's suffix", "it has none", "/statements.json/", 404),
    Case("a part of no sitemap", "there is none", f"/sitemap-statements-{'9' * 30}.xml", 404),
]
