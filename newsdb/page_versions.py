"""Reduces URLs of a page's versions (archived, cached, mobile, AMP, with tracking) to its main URL."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

#: A web archive's copy: host, at most two folders, a timestamp of 14 digits with flags, then the page's URL,
#: sometimes percent-encoded. Only at hosts that are called archives may its scheme be missing.
_ARCHIVED = re.compile(
    r"https?://(?P<host>[^/?#]+)/(?:[\w-]+/){0,2}\d{14}(?:[a-z]{2}_)?/"
    r"(?:(?P<scheme>https?)(?::|%3A)(?P<slashes>/{1,2}|(?:%2F){1,2}))?(?P<page>.+)",
    re.DOTALL | re.IGNORECASE,
)
_ARCHIVE_HOST = re.compile(r"archive|arquivo|wayback", re.IGNORECASE)
#: A copy in an AMP cache or viewer, in whose path "s" stands for https.
_CACHED = re.compile(
    r"https?://(?:[^/?#]+\.cdn\.ampproject\.org/[a-z]|(?:www\.)?(?:google|bing)\.[a-z.]{2,7}/amp)/(s/)?(.+)",
    re.DOTALL | re.IGNORECASE,
)
_MAX_UNWRAPS = 3
_VERSION_LABELS = frozenset(("m", "amp"))
_INDEX = re.compile(r"index\.(?:s?html?|php|aspx?|jsp)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?<=.)\.amp(?=(?:\.html?)?\Z)", re.IGNORECASE)
#: Tracking parameters. "id", "ref" and "source" are not among them, since they may identify pages.
_TRACKING = re.compile(
    r"(?:utm|mc|mtm|pk|piwik|matomo|vero|oly|amp|hsa|itm|guce)_.*|_hs\w+|_g[al]|hsctatracking"
    r"|(?:fb|g|d|tw|y|ys|tt)clid|msclkid|(?:gbra|wbra|igsh|cmp|oc|nc|sm)id|igshid"
    r"|guccounter|gad_(?:source|campaignid)|srsltid|mibextid|li_fat_id|icid|mkt_tok|ref_src|ref_url|__twitter_impression|__source|xtor|wt[._]mc.*|ns_mchannel|ns_campaign"
    r"|ns_source|at_(?:medium|campaign|custom\w*)|s_cid|ito|cmp|usqp|taid|fb_(?:action|source|ref).*",
    re.IGNORECASE,
)


def unwrap(url: str) -> str:
    """The original URL, if ``url`` is that of a copy in a web archive or AMP cache; else ``url`` itself.

    >>> unwrap("https://web.archive.org/web/20240301101500id_/http://example.org/a?id=1")
    'http://example.org/a?id=1'
    >>> unwrap("https://example-org.cdn.ampproject.org/c/s/example.org/a")
    'https://example.org/a'
    """
    for _ in range(_MAX_UNWRAPS):
        archived = _ARCHIVED.fullmatch(url)
        if archived and (archived["scheme"] or _ARCHIVE_HOST.search(archived["host"])):
            page = archived["page"] if "/" in (archived["slashes"] or "/") else unquote(archived["page"])
            url = f"{(archived['scheme'] or 'http').lower()}://{page}"
        elif found := _CACHED.fullmatch(url):
            url = f"http{'s' if found[1] else ''}://{found[2]}"
        else:
            break
    return url


def main_host(host: str) -> str:
    """The host of a site's main version.

    >>> main_host("www.m.example.org"), main_host("news.amp.example.org"), main_host("m.org")
    ('example.org', 'news.example.org', 'm.org')
    """
    labels = host.split(".")
    kept = [label for label in labels[:-2] if label not in _VERSION_LABELS]
    return ".".join((*kept, *labels[-2:])).removeprefix("www.")


def main_path(path: str) -> str:
    """The path of a page's main version, in its original case.

    >>> main_path("/amp/story/7/index.html"), main_path("/story/7.amp.html"), main_path("/amp")
    ('/story/7', '/story/7.html', '/amp')
    """
    parts = path.rstrip("/").split("/")
    while len(parts) > 1:
        if _INDEX.fullmatch(parts[-1]) or (len(parts) > 2 and parts[-1].lower() == "amp"):
            del parts[-1]
        elif (shorter := _AMP_SUFFIX.sub("", parts[-1])) != parts[-1]:
            parts[-1] = shorter
        else:
            break
    while len(parts) > 2 and parts[1].lower() == "amp":
        del parts[1]
    return "/".join(parts).rstrip("/")


def main_parameters(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters that identify a page, without those for tracking or for its AMP version.

    >>> main_parameters([("UTM_Source", "x"), ("id", "7"), ("outputType", "amp"), ("amp", "1")])
    [('id', '7')]
    """
    return [
        (name, value)
        for name, value in pairs
        if not _TRACKING.fullmatch(name)
        and name.lower() != "amp"
        and not (name.lower() in ("outputtype", "output") and value.lower() == "amp")
    ]
