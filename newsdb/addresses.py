"""Addresses: of pages on the web, and of records in newsdb."""

from urllib.parse import parse_qsl, urlencode, urlsplit

#: What a link may begin with; anything else (``javascript:``, say) could run in a reader's browser.
WEB_ADDRESS = r"^https?://[^\s]+$"
#: Slugs are lower-case words joined by hyphens.
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
#: Slugs that look like Wikidata ids are kept for them.
RESERVED_SLUG = r"^q[0-9]+$"
WIKIDATA_ID = r"^Q[1-9][0-9]*$"
DOMAIN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref_src")


def canonical_url(url: str) -> str:
    """The key under which the same page is found again, however its address was copied.

    Scheme, ``www.``, default port, fragment, trailing slash and the usual tracking parameters do
    not count; host without case; other parameters in order of name. The path keeps its case.
    An empty or hostless address gives ``""``.

    >>> canonical_url("http://www.Example.com:80/a/?utm_source=x&b=2&a=1#top")
    'example.com/a?a=1&b=2'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    pairs = sorted(
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING)
    )
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
