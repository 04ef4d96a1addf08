"""One page has one key under the addresses of all its versions, and other pages have others."""

import doctest

import pytest

from newsdb import page_versions
from newsdb.addresses import canonical_url, former_canonical_url, host_of


def test_its_examples_hold() -> None:
    assert doctest.testmod(page_versions).failed == 0


@pytest.mark.parametrize(
    "version",
    [
        "https://m.gazette.example.org/2024/ferry",
        "https://www.m.gazette.example.org/2024/ferry",
        "https://m.www.gazette.example.org/2024/ferry",
        "https://amp.gazette.example.org/2024/ferry/",
        "https://gazette.example.org/amp/2024/ferry",
        "https://gazette.example.org/2024/ferry/amp/",
        "https://gazette.example.org/2024/ferry.amp",
        "https://gazette.example.org/2024/ferry/index.html",
        "https://gazette.example.org/2024/ferry?amp=1",
        "https://gazette.example.org/2024/ferry?amp",
        "https://gazette.example.org/2024/ferry?outputType=amp",
        "https://gazette.example.org/2024/ferry?UTM_Source=mail&FBCLID=x&Gclid=y&CMP=z&amp_js_v=0.1&usqp=mq331",
        "https://gazette.example.org/2024/ferry?at_medium=custom7&xtor=CS1&wt_mc=x&__twitter_impression=true",
        "https://gazette-example-org.cdn.ampproject.org/c/s/gazette.example.org/2024/ferry?usqp=mq331",
        "https://gazette-example-org.cdn.ampproject.org/v/gazette.example.org/amp/2024/ferry",
        "https://www.google.com/amp/s/amp.gazette.example.org/2024/ferry",
        "https://web.archive.org/web/20240301101500/https://gazette.example.org/2024/ferry",
        "http://web.archive.org/web/20240301101500id_/http://www.gazette.example.org:80/2024/ferry?utm_medium=x",
        "https://web.archive.org/web/20240301101500/https:/gazette.example.org/2024/ferry",
        "http://web.archive.org/web/20240301101500/gazette.example.org/2024/ferry",
        "http://web.archive.org/web/20240301101500if_/www.gazette.example.org/2024/ferry",
        "https://web.archive.org/web/20240301101500/https%3A//gazette.example.org/2024/ferry",
        "https://web.archive.org/web/20240301101500/https%3a%2f%2Fgazette.example.org%2F2024%2Fferry",
        "HTTPS://WEB.ARCHIVE.ORG/WEB/20240301101500ID_/HTTPS://GAZETTE.EXAMPLE.ORG/2024/ferry",
        "https://gazette.example.org/2024/ferry?gad_source=1&GAD_campaignid=2&srsltid=x&mibextid=y&li_fat_id=z&ICID=w",
        "https://archive.example/wayback/20240301101500/https://gazette.example.org/2024/ferry",
        "https://archive.example/web/20250301101500/https://archive.example/web/20240301101500/https://m.gazette.example.org/2024/ferry",
    ],
)
def test_a_version_has_its_pages_key(version: str) -> None:
    assert canonical_url(version) == "gazette.example.org/2024/ferry"
    assert host_of(version) == "gazette.example.org"


@pytest.mark.parametrize(
    "page",
    [
        "https://gazette.example.org/2024/ferry-2",
        "https://gazette.example.org/2024/ferry?id=2",
        "https://gazette.example.org/2024/ferry?ref=2",
        "https://gazette.example.org/2024/amp/ferry",
        "https://gazette.example.org/2024/ferry/amplifiers",
        "https://gazette.example.org/2024/ferry/index.htmls",
        "https://gazette.example.org/2024/ferry?output=print",
        "https://gazette.example.org/2024/ferry?mc=2",
        "https://gazette.example.org/2024/ferry?amper=2",
        "https://other.example.org/news/20240301101500/gazette.example.org/2024/ferry",
        "https://gazette.example.org/2024/ferry?gad=1",
        "https://web.archive.org/web/2024/https://gazette.example.org/2024/ferry",
        "https://archive.example/list/of/more/20240301101500/https://gazette.example.org/2024/ferry",
        "https://gazette.example.org/redirect/https://gazette.example.org/2024/ferry",
        "https://mm.gazette.example.org/2024/ferry",
    ],
)
def test_another_page_has_another_key(page: str) -> None:
    assert canonical_url(page) not in ("gazette.example.org/2024/ferry", "")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://m.example/", "m.example"),
        ("https://amp.org/amp", "amp.org/amp"),
        ("https://example.org/index.php", "example.org"),
        ("https://example.org/index.php?id=7", "example.org?id=7"),
        ("https://example.org/amp/amp/index.html", "example.org/amp"),
    ],
)
def test_what_is_left_names_a_page(url: str, key: str) -> None:
    assert canonical_url(url) == key
    assert canonical_url(f"https://{key}") == key


def test_former_keys_stay_computable() -> None:
    assert former_canonical_url("https://www.m.example.org/amp/a/?utm_id=1&CMP=x#b") == (
        "m.example.org/amp/a?CMP=x"
    )
