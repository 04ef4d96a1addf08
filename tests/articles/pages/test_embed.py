"""Statements in frames of other sites, and oEmbed."""

from urllib.parse import urlencode

import pytest
from jsonschema import validate
from oembedpy.consumer import RequestParameters, fetch_content
from oembedpy.discovery import find_from_content
from oembedpy.types import Rich

from articles.services.retraction import retract_statement
from tests.articles.pages.reading import Page
from tests.articles.pages.test_lists import said
from tests.articles.pages.test_statement import of, see
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db
#: What oembed.com asks of an answer of the type rich.
RICH = {
    "type": "object",
    "required": ["type", "version", "html", "width", "height"],
    "properties": {
        "type": {"const": "rich"},
        "version": {"const": "1.0"},
        "html": {"type": "string", "pattern": "^<"},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
        **{name: {"type": "string"} for name in ("title", "author_name", "provider_name")},
        **{name: {"type": "string", "pattern": "^https?://"} for name in ("author_url", "provider_url")},
    },
    "additionalProperties": False,
}


def test_only_the_embedded_page_may_be_framed_and_it_knows_nobody(admin_client):
    statement = said("It hums.", speaker=ActorFactory(name="Ada Lind"))
    page = admin_client.get(f"{of(statement)}embed/")
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    text = Page(page.content.decode()).text
    assert "“It hums.” Ada Lind, 23 October 2024." in text
    assert "/admin/" not in page.content.decode()
    for path in ("/", of(statement), "/statements/"):
        see(admin_client, path)
        other = admin_client.get(path)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_a_frame_shows_of_what_was_retracted_only_that(client):
    statement = said("It was the heron.")
    retract_statement(statement=statement, reason="Somebody else.", by="ines")
    response = client.get(f"{of(statement)}embed/")
    assert response.status_code == 410
    assert "Retracted on" in response.content.decode()
    assert "heron" not in response.content.decode()
    assert "frame-ancestors *" in response["Content-Security-Policy"]


def test_oembed_says_how_to_embed_a_page_of_ours(client, settings):
    statement = said("It hums.", speaker=ActorFactory(name='Ada "A" <Lind>'))
    url = f"{settings.PUBLIC_URL}{of(statement)}"
    found = client.get(f"/oembed/?{urlencode({'url': url, 'maxwidth': 400, 'format': 'json'})}").json()
    assert (found["type"], found["version"], found["width"], found["height"]) == ("rich", "1.0", 400, 320)
    validate(found, RICH)
    (_, frame) = next(tag for tag in Page(found["html"]).tags if tag[0] == "iframe")
    assert frame["src"] == f"{url}embed/"
    assert frame["title"] == 'A statement of Ada "A" <Lind>'
    assert client.get(frame["src"].removeprefix(settings.PUBLIC_URL)).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.any_store
def test_a_consumer_of_oembed_finds_a_page_by_itself(live_server, settings):
    settings.PUBLIC_URL = live_server.url
    statement = said("It hums & hums.", speaker=ActorFactory(name='Ada "A" <Lind>'))
    endpoint, asked = find_from_content(f"{live_server.url}{of(statement)}")
    assert (endpoint, asked.format) == (f"{live_server.url}/oembed/", "json")
    asked.max_width, asked.max_height = 400, 200
    found = fetch_content(endpoint, asked)
    assert isinstance(found, Rich)
    assert (found.width, found.height) == (400, 200)
    assert (found.author_name, found.title) == ('Ada "A" <Lind>', 'Ada "A" <Lind>: “It hums & hums.”')
    (_, frame) = next(tag for tag in Page(found.html).tags if tag[0] == "iframe")
    assert frame["src"] == f"{live_server.url}{of(statement)}embed/"
    by_number = fetch_content(endpoint, RequestParameters(f"{live_server.url}/statements/{statement.pk}/"))
    assert by_number.to_dict()["title"] == found.title


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=https://elsewhere.example/statements/1/", 404),
        ("url=PUBLIC/actors/ada-lind/", 404),
        ("url=PUBLIC/statements/99/", 404),
        ("url=PUBLIC/statements/%25%32%66/", 404),
        ("url=PUBLIC/statements/export/", 404),
        ("url=PUBLIC//[", 404),
        ("url=PUBLIC/statements/日本/", 404),
        ("url=PUBLIC/statements/1/&format=xml", 501),
        ("url=PUBLIC/statements/1/&maxwidth=0", 400),
        ("url=x&nonsense=1", 400),
        ("url=%FF", 400),
    ],
)
def test_oembed_refuses_what_is_not_ours_or_not_understood(client, settings, query, status):
    response = client.get(f"/oembed/?{query.replace('PUBLIC', settings.PUBLIC_URL)}")
    assert response.status_code == status
    assert response.json()["detail"]
