"""Printed links, with the outlets, dates and URLs that they refer to."""

import pytest

from articles.reading.printed_links import PrintedLink
from articles.services.related_lists import read_links

pytestmark = pytest.mark.django_db

PAGE = "https://gazette.example/news/bell?from=home"
LONG = "x" * 2000


@pytest.mark.parametrize(
    ("url", "page_url", "source_url"),
    [
        ("https://courier.example/ferry", "", "https://courier.example/ferry"),
        ("/ferry?a=1&b=é", PAGE, "https://gazette.example/ferry?a=1&b=é"),
        ("ferry", PAGE, "https://gazette.example/news/ferry"),
        ("//courier.example/ferry", PAGE, "https://courier.example/ferry"),
        ("/ferry", "", ""),
        ("", PAGE, ""),
        ("ftp://gazette.example/ferry", PAGE, ""),
        ("https://ada@gazette.example/ferry", PAGE, ""),
        ("/the ferry", PAGE, ""),
        ("http://[gazette", PAGE, ""),
        (f"/{LONG}", PAGE, ""),
        (
            "/web/20250314080000/https://courier.example/ferry",
            "https://web.archive.org/web/20250314080000/https://gazette.example/news/bell",
            "https://courier.example/ferry",
        ),
        (
            "/ferry",
            "https://web.archive.org/web/20250314080000/https://gazette.example/news/bell",
            "https://gazette.example/ferry",
        ),
    ],
)
def test_where_a_link_leads(url: str, page_url: str, source_url: str) -> None:
    (link,) = read_links([PrintedLink("Ferry runs again", url=url)], page_url=page_url)
    assert link.source_url == source_url
