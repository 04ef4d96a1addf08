"""Feeds of statements, and what crawlers ask for."""

from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from lxml import etree

from articles.services.retraction import retract_statement
from tests.articles.pages.test_lists import said
from tests.articles.pages.test_statement import of, see
from tests.factories import ActorFactory, StatementFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


SCHEMAS = Path(__file__).parent / "schemas"
ATOM_SCHEMA = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
SITEMAP_SCHEMA = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))


def read(client: Client, path: str) -> ElementTree.Element:
    """What is at ``path``, as its schema has it."""
    response = client.get(path)
    assert response.status_code == 200
    schema = SITEMAP_SCHEMA if "sitemap" in path else ATOM_SCHEMA
    schema.assertValid(etree.fromstring(response.content))
    return ElementTree.fromstring(response.content)


def link(element: ElementTree.Element, rel: str) -> str | None:
    found = [each.get("href") for each in element.findall(f"{ATOM}link") if each.get("rel") == rel]
    return found[0] if found else None


def test_any_list_of_statements_can_be_followed(client, settings):
    ada = ActorFactory(name="Ada <Lind>", slug="ada-lind")
    statement = said("It hums & sails.\x0b", speaker=ada)
    said("It rests.")
    feed = read(client, see(client, "/statements/?speaker=ada-lind").links["follow"])
    (entry,) = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}id") == f"{settings.PUBLIC_URL}/statements.atom?speaker=ada-lind"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{statement.uid}"
    assert entry.findtext(f"{ATOM}title") == "Ada <Lind>: “It hums & sails.�”"
    assert link(entry, "alternate") == f"{settings.PUBLIC_URL}{of(statement)}"
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")
    assert client.get("/statements.atom")["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_feed_is_read_page_by_page_and_again_only_when_it_changed(client):
    for number in range(5):
        said(f"It hums {number}.")
    path, seen = "/statements.atom?limit=2", []
    while path:
        feed = read(client, path)
        seen += [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert link(feed, "first").endswith("/statements.atom?limit=2")
        path = link(feed, "next")
    assert len(seen) == len(set(seen)) == 5
    etag = client.get("/statements.atom")["ETag"]
    assert client.get("/statements.atom", headers={"if-none-match": etag}).status_code == 304
    said("It hums again.")
    assert client.get("/statements.atom", headers={"if-none-match": etag}).status_code == 200


def test_a_reader_of_feeds_reads_it(client):
    statement = said("It hums & sails.", speaker=ActorFactory(name="Ada <Lind>"))
    retract_statement(statement=said("It rests."), reason="Somebody else.", by="ines")
    see(client, "/")
    found = feedparser.parse(client.get("/statements.atom").content)
    assert (found.bozo, found.version) == (False, "atom10")
    (entry,) = found.entries
    assert (entry.id, entry.author) == (f"urn:uuid:{statement.uid}", "Ada <Lind>")
    assert entry.link.endswith(of(statement))
    assert entry.content[0].value.startswith("“It hums & sails.” 23 October 2024.")
    assert entry.updated_parsed


def test_a_feed_has_what_the_list_has_and_is_refused_alike(client):
    StatementFactory(status="proposed")
    retracted = said("It was the heron")
    retract_statement(statement=retracted, reason="Somebody else.", by="ines")
    assert b"heron" not in client.get("/statements.atom").content
    assert read(client, "/statements.atom").findall(f"{ATOM}entry") == []
    gone = read(client, "/statements.atom").find("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert gone.get("ref") == f"urn:uuid:{retracted.uid}"
    assert "".join(gone.itertext()) == "Retracted: Somebody else."
    assert read(client, "/statements.atom").findtext(f"{ATOM}updated") == gone.get("when")
    assert client.get("/statements.atom?x=1").status_code == 400


def test_the_sitemap_has_every_public_page_and_no_other(client, settings):
    public, hidden = said("It hums."), StatementFactory(status="proposed")
    parts = [each.text for each in read(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    pages = [
        page.text.removeprefix(settings.PUBLIC_URL)
        for part in parts
        for page in read(client, part).iter(f"{SITEMAP}loc")
    ]
    assert of(public) in pages
    assert of(hidden) not in pages
    for path in pages:
        see(client, path)
    assert {path.split("/")[1] for path in pages} == {"statements", "articles", "actors", "outlets"}
    assert client.get("/sitemap-users-0.xml").status_code == 404
    assert client.get(f"/sitemap-statements-{10**30}.xml").status_code == 404


def test_large_sitemaps_come_in_parts(client, monkeypatch):
    statements = [said(f"It hums {number}.") for number in range(5)]
    uids = {statement.uid for statement in statements}
    monkeypatch.setattr("articles.pages.crawlers.IDS", statements[2].pk)  # ids may begin anywhere
    parts = [each.text for each in read(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    listed = [str(each.text) for part in parts for each in read(client, part).iter(f"{SITEMAP}loc")]
    assert sum(any(str(uid) in page for page in listed) for uid in uids) == 5
    assert len(listed) == len(set(listed))


def test_crawlers_are_told_where_to_begin_and_what_to_leave(client, settings):
    robots = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in robots
    assert "Disallow: /statements/?" in robots
    assert client.get(client.get("/favicon.ico")["Location"]).status_code == 200


def test_a_page_names_its_other_forms(client):
    statement = said("It hums.")
    see(client, of(statement))
    assert client.get(of(statement))["Link"] == (
        f'</api/v1{of(statement)}>; rel="alternate"; type="application/json"'
    )
    assert (
        '</statements.atom>; rel="alternate"; type="application/atom+xml"'
        in client.get("/statements/")["Link"]
    )


def test_a_list_names_its_one_address_whatever_page_of_it_is_shown(client, settings):
    said("It hums.")
    said("It rests.")
    for path, address in (
        ("/statements/?kind=direct&limit=1", "/statements/?kind=direct"),
        ("/statements/", "/statements/"),
        ("/actors/", "/actors/"),
        ("/outlets/", "/outlets/"),
    ):
        page = see(client, path)
        heads = [facts for tag, facts in page.tags if tag in ("link", "meta")]
        assert [facts["href"] for facts in heads if facts.get("rel") == "canonical"] == [
            f"{settings.PUBLIC_URL}{address}"
        ], path
        assert [facts for facts in heads if facts.get("property") == "og:title"], path
        assert 'rel="alternate"; type="application/json"' in client.get(path)["Link"], path
