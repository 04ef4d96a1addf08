"""Addresses: URLs of pages on the web, and slugs of records in newsdb."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit
from uuid import uuid4

from anyascii import anyascii

from newsdb.page_versions import main_host, main_parameters, main_path, unwrap
from newsdb.text import fold

# Patterns that mean the same in Python and PostgreSQL. They use \Z because Python's $ also matches before a
# final newline, and spell out white space because the meaning of \s depends on the database's locale.
_SPACES = r"\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: Characters that a URL must percent-encode, since they would end it in markup.
_DELIMITERS = r'"<>`\\'
#: Valid URLs of links. Other schemes (``javascript:``, say) could run scripts in a reader's browser, and user
#: names and passwords must not be published.
WEB_ADDRESS = rf"^https?://[^{_SPACES}{_DELIMITERS}'@/?#]+([/?#][^{_SPACES}{_DELIMITERS}]*)?\Z"
#: The rule for error messages; it follows the name of the field.
WEB_ADDRESS_RULE = (
    "begins with http:// or https:// and a host, without user or password,"
    " and holds no spaces, quotation marks, angle brackets or backslashes (percent-encode them)."
)
#: Slugs are lower-case words joined by hyphens.
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
#: Slugs that look like Wikidata ids are reserved for them.
WIKIDATA_SLUG = r"^q[0-9]+\Z"
#: ``export`` is reserved too, since ``export/`` below a list is the list's export.
RESERVED_SLUG = r"^(q[0-9]+|export)\Z"
RESERVED_RULE = "A slug cannot be export, or q followed by digits, which is reserved for Wikidata ids."
WIKIDATA_ID = r"^Q[1-9][0-9]*\Z"
DOMAIN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+\Z"

#: Longer keys are cut and end in a digest, since PostgreSQL indexes at most 2,704 bytes.
_KEY_LENGTH = 500

#: The tracking parameters that canonical_url used to remove. Digests of erased pages may be of such keys.
_FORMERLY_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref_src")

#: Chinese and Korean characters, each of which is a syllable.
_SYLLABIC = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")


def free_slug(name: str, *, taken: Callable[[str], bool], otherwise: str) -> str:
    """A slug made of the words of ``name``. If it is ``taken``, a number is appended, starting with 2.

    Other scripts are transliterated to Latin. A name without letters and digits gives ``otherwise``.

    >>> free_slug("Zoë Halvarsen-Pike", taken=lambda slug: slug == "zoe-halvarsen-pike", otherwise="actor")
    'zoe-halvarsen-pike-2'
    >>> free_slug("李小龙", taken=lambda slug: False, otherwise="actor")
    'li-xiao-long'
    """
    syllables = _SYLLABIC.sub(lambda found: f" {anyascii(found[0])} ", unicodedata.normalize("NFKC", name))
    words = "-".join(re.findall("[a-z0-9]+", fold(anyascii(syllables))))[:80].strip("-") or otherwise
    for slug in (words, *(f"{words}-{number}" for number in range(2, 10))):
        if not re.match(RESERVED_SLUG, slug) and not taken(slug):
            return slug
    return f"{words}-{uuid4().hex[:12]}"


def host_of(url: str) -> str:
    """The host of a URL, in lower case without ``www.``; ``""`` if it has none.

    >>> host_of("https://www.Example.com:8000/a")
    'example.com'
    """
    return canonical_url(url).partition("/")[0].partition("?")[0].partition(":")[0]


def canonical_url(url: str) -> str:
    """A key that is the same for all variants of a page's URL.

    It leaves out the scheme, ``www.``, default port, fragment, trailing slash, tracking parameters, and
    whatever makes it the URL of a mobile, AMP, cached or archived version (``newsdb.page_versions``). The
    host is in lower case, the other parameters are sorted by name, and percent-encoding is normalised. The
    path keeps its case. A URL that is empty or has no host gives ``""``.

    >>> canonical_url("http://www.Example.com:80/a/?utm_source=x&b=2&a=1#top")
    'example.com/a?a=1&b=2'
    >>> canonical_url("https://web.archive.org/web/20240301101500/https://m.example.com/amp/a?outputType=amp")
    'example.com/a'
    """
    return _key(unwrap(url.strip()), host=main_host, path=main_path, parameters=main_parameters)


def former_canonical_url(url: str) -> str:
    """The key that ``canonical_url`` gave before it recognised other versions of a page."""
    return _key(
        url.strip(),
        host=lambda host: host.removeprefix("www."),
        path=lambda path: path.rstrip("/"),
        parameters=lambda pairs: [pair for pair in pairs if not pair[0].startswith(_FORMERLY_TRACKING)],
    )


def _key(
    url: str,
    *,
    host: Callable[[str], str],
    path: Callable[[str], str],
    parameters: Callable[[list[tuple[str, str]]], list[tuple[str, str]]],
) -> str:
    try:
        parts = urlsplit(url)
        place, port = host(parts.hostname or ""), parts.port
        if not place:
            return ""
        if port and port not in (80, 443):
            place = f"{place}:{port}"
        # Keep bytes that are not UTF-8: old sites use other encodings.
        pairs = sorted(parameters(parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")))
        query = f"?{urlencode(pairs, errors='surrogateescape')}" if pairs else ""
        key = f"{place}{path(quote(unquote_to_bytes(parts.path)))}{query}"
        digest = hashlib.sha256(key.encode()).hexdigest()
    except ValueError:
        return ""
    return key if len(key) <= _KEY_LENGTH else key[: _KEY_LENGTH - len(digest)] + digest
