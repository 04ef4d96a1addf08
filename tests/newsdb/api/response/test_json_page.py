"""An address of the API in a browser: the same JSON laid out, and never for a program."""

import html
import json

import pytest
from django.test import Client

from tests.articles.pages.reading import Page
from tests.factories import ActorFactory, StatementFactory
from tests.test_every_page import BROWSER

pytestmark = pytest.mark.django_db
LIST = "/api/v1/statements/"


def open_in_browser(client: Client, path: str, status: int = 200, accept: str = BROWSER) -> Page:
    response = client.get(path, headers={"accept": accept})
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert "Accept" in response["Vary"]
    assert "ETag" not in response
    return Page(response.content.decode())


@pytest.mark.parametrize("accept", [BROWSER, "text/html"])
def test_a_browser_gets_the_same_json_with_links_and_how_to_ask_for_it(client, settings, accept):
    statement = StatementFactory(text="It <hums>", speaker=ActorFactory(slug="ada"))
    StatementFactory()
    path = f"{LIST}?speaker=ada"
    page = open_in_browser(client, path, accept=accept)
    text = client.get(path, headers={"accept": accept}).content.decode()
    laid_out = text.partition('<pre class="json">')[2].partition("</pre>")[0]
    assert json.loads(Page(laid_out).text) == client.get(path).json()
    assert page.links["Its page"] == "/statements/?speaker=ada"
    assert page.links[f'"{settings.PUBLIC_URL}{LIST}{statement.uid}/"'] == f"{LIST}{statement.uid}/"
    assert f'value="curl &#x27;{html.escape(settings.PUBLIC_URL)}{path}&#x27;"' in text
    assert "Who said what, when, and where exactly it is printed" in page.text


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "",
        "application/json",
        "application/json, text/html;q=0.5",
        "text/html, image/gif, *; q=.2, */*; q=.2",
    ],
)
def test_a_program_gets_what_it_got(client, accept):
    response = client.get(LIST, headers={"accept": accept})
    assert response["Content-Type"] == "application/json"
    assert "Accept" in response["Vary"]
    assert "ETag" in response


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/dataset/", f"{LIST}facets/?by=kind", "/api/v1/changes/"]
)
def test_what_has_no_page_of_its_own_is_laid_out_too(client, path):
    assert "Its page" not in open_in_browser(client, path).links
    assert "Accept" in client.get(path)["Vary"]


def test_a_refusal_is_laid_out_with_its_status(client):
    assert '"parameter": "speeker"' in open_in_browser(client, f"{LIST}?speeker=x", 400).text
    assert '"status": 404' in open_in_browser(client, "/api/v1/nothing/", 404).text


def test_what_is_for_programs_stays_as_it_is(client):
    StatementFactory()
    for path, media_type in {
        f"{LIST}?format=json": "application/json",
        f"{LIST}export/": "application/jsonl",
        f"{LIST}export/?format=csv": "text/csv",
        "/api/v1/schema/": "application/json",
    }.items():
        assert client.get(path, headers={"accept": BROWSER})["Content-Type"].startswith(media_type), path


def test_it_costs_the_quota_of_one_request_and_shows_a_session_nothing(client, admin_client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"anonymous": 2}
    address = {"REMOTE_ADDR": "192.0.2.78", "headers": {"accept": BROWSER}}
    found = [client.get(LIST, **address) for _ in range(3)]
    assert [response.status_code for response in found] == [200, 200, 429]
    assert found[0]["RateLimit"].startswith('"anonymous";r=1')
    assert "/admin/" not in admin_client.get(LIST, headers={"accept": BROWSER}).content.decode()
