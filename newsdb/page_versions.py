"""One page under the addresses of its versions: archived, cached, mobile, AMP, with tracking parameters."""

import re
from collections.abc import Iterable

#: A web archive's copy: host, at most two folders, the moment in 14 digits with flags, then the address.
_ARCHIVED = re.compile(
    r"https?://[^/?#]+/(?:[\w-]+/){0,2}\d{14}(?:[a-z]{2}_)?/(https?):/{1,2}(.+)", re.DOTALL
)
#: An AMP cache's or a viewer's copy: "s" is for https.
_CACHED = re.compile(
    r"https?://(?:[^/?#]+\.cdn\.ampproject\.org/[a-z]|(?:www\.)?(?:google|bing)\.[a-z.]{2,7}/amp)/(s/)?(.+)",
    re.DOTALL | re.IGNORECASE,
)
_TIMES_WRAPPED = 3
_VERSIONS = frozenset(("m", "amp"))
_INDEX = re.compile(r"index\.(?:s?html?|php|aspx?|jsp)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?<=.)\.amp(?=(?:\.html?)?\Z)", re.IGNORECASE)
#: Parameters that tell senders apart, not pages. "id", "ref" and "source" may number pages.
_TRACKING = re.compile(
    r"(?:utm|mc|mtm|pk|piwik|matomo|vero|oly|amp|hsa|itm|guce)_.*|_hs\w+|_g[al]|hsctatracking"
    r"|(?:fb|g|d|tw|y|ys|tt)clid|msclkid|(?:gbra|wbra|igsh|cmp|oc|nc|sm)id|igshid"
    r"|guccounter|mkt_tok|ref_src|ref_url|__twitter_impression|__source|xtor|wt[._]mc.*|ns_mchannel|ns_campaign"
    r"|ns_source|at_(?:medium|campaign|custom\w*)|s_cid|ito|cmp|usqp|taid|fb_(?:action|source|ref).*",
    re.IGNORECASE,
)


def unwrap(url: str) -> str:
    """The address of which a web archive or an AMP cache has a copy at ``url``; else ``url`` itself.

    >>> unwrap("https://web.archive.org/web/20240301101500id_/http://example.org/a?id=1")
    'http://example.org/a?id=1'
    >>> unwrap("https://example-org.cdn.ampproject.org/c/s/example.org/a")
    'https://example.org/a'
    """
    for _ in range(_TIMES_WRAPPED):
        if found := _ARCHIVED.fullmatch(url):
            url = f"{found[1]}://{found[2]}"
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
    kept = [label for label in labels[:-2] if label not in _VERSIONS]
    return ".".join((*kept, *labels[-2:])).removeprefix("www.")


def main_path(path: str) -> str:
    """The path of a page's main version; case counts.

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
    """The parameters that tell pages apart.

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
