"""Pages of errors, what stands on every page, and all of them in a browser."""

from typing import Any
from urllib.parse import quote

import pytest

from articles.models import Statement
from tests.articles.pages.test_statement import of, see
from tests.browsing import follow
from tests.factories import anchored_statement

pytestmark = pytest.mark.django_db


# ── Errors ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("debug", [True, False])
def test_an_address_without_anything_is_a_page_of_ours(client, settings, debug):
    settings.DEBUG = debug
    page = see(client, "/nowhere/", 404)
    assert "There is nothing at this address." in page.text
    assert page.links["Statements"] == "/statements/"
    assert client.get("/statements").headers["Location"] == "/statements/"


@pytest.mark.parametrize("kind", ["statements", "actors", "outlets", "articles"])
@pytest.mark.parametrize(
    "key",
    ["export", "facets", "日本", "%FF", "a%0Ab", "%00", "%2e%2e", "a" * 3000, "-1", "9" * 40, "%3Cb%3E"],
)
@pytest.mark.parametrize("query", ["", "?by=kind", "?format=csv"])
def test_no_address_is_mistaken_for_a_record(client, kind, key, query):
    response = client.get(f"/{kind}/{key}/{query}")
    assert response.status_code in (400, 404, 406)
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "<b>" not in response.content.decode()
    assert client.get(f"/statements/{key}/embed/").status_code == 404


def test_an_unknown_host_and_a_failure_are_pages_of_ours(client, monkeypatch):
    assert "host name" in shown_by(client.get("/", headers={"host": "elsewhere.example"}), 400)
    client.raise_request_exception = False
    monkeypatch.setattr("articles.pages.home._featured", lambda: 1 / 0)
    assert "Something went wrong here" in shown_by(client.get("/"), 500)


def shown_by(response: Any, status: int) -> str:
    assert response.status_code == status
    text: str = response.content.decode()
    assert 'href="/statements/"' in text
    return text


def test_where_mistakes_are_reported_stands_on_every_page(client, settings):
    settings.CONTACT, settings.PRIVACY_URL = "mailto:desk@news.example", "https://news.example/privacy"
    for path, status in (("/", 200), ("/statements/", 200), ("/nowhere/", 404)):
        page = see(client, path, status)
        assert page.links["Report a mistake"].startswith("mailto:desk@news.example?subject=newsdb%3A%20%2F")
        assert page.links["Privacy"] == "https://news.example/privacy"


@pytest.mark.parametrize(
    ("contact", "joined"), [("https://news.example/wrong", "?"), ("/desk?about=newsdb", "&")]
)
def test_a_page_for_reports_is_told_what_is_reported(client, settings, contact, joined):
    settings.CONTACT = contact
    page = see(client, of(anchored_statement("The ferry runs again")))
    uid = Statement.objects.get().uid
    about = quote(f"{settings.PUBLIC_URL}/statements/{uid}/", safe="")
    assert page.links["Report a mistake"] == f"{contact}{joined}url={about}"


# ── In a browser ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [360, 1440])
def test_a_browser_finds_its_way_from_the_search_box_to_the_evidence(live_server, browser, width):
    statement = anchored_statement("The ferry runs again in Europe", matched=True)
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get_log("browser")
    try:
        browser.get(f"{live_server.url}/")
        box = browser.find_element("css selector", "input[name=q]")
        follow(browser, lambda: box.send_keys("ferry europe\n"))
        follow(browser, browser.find_element("css selector", ".results blockquote a").click)
        assert browser.current_url == f"{live_server.url}{of(statement)}"
        paths = (
            "/",
            "/statements/",
            of(statement),
            "/actors/",
            f"/actors/{statement.speaker.slug}/",
            "/outlets/",
        )
        for path in (
            *paths,
            f"/articles/{statement.article.uid}/",
            f"/outlets/{statement.article.outlet.slug}/",
        ):
            browser.get(f"{live_server.url}{path}")
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
            assert len(browser.page_source) < 60_000
        assert browser.get_log("browser") == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
