"""Lists and their facets, the pages of actors, outlets and articles, and pages of errors."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.articles.pages.test_statement import of, see
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ActorSlugFactory,
    ArticleFactory,
    OutletFactory,
    RelatedLinkFactory,
    RelatedListFactory,
    RoleFactory,
    StatementFactory,
    anchored_statement,
)

pytestmark = pytest.mark.django_db


def said(text: str, day: str = "2024-10-23", **facts: Any) -> Any:
    facts = {"said_on": date.fromisoformat(day), "said_precision": "day"} | facts
    return StatementFactory(text=text, **facts)


# ── Statements ───────────────────────────────────────────────────────────────────────────────


def test_a_search_marks_the_words_and_counts_by_speaker_outlet_kind_and_year(client):
    ada, bob = ActorFactory(name="Ada Lind", slug="ada-lind"), ActorFactory(name="Bob Hale", slug="bob-hale")
    found = said("The ferry runs again.", speaker=ada)
    said("Two ferries are more.", "2023-02-01", speaker=bob, kind="partial")
    said("It hums.", speaker=ada)
    page = see(client, "/statements/?q=ferry")
    assert sorted(page.marked) == ["ferries", "ferry"]
    assert "2 statements, newest first" in page.text
    assert page.links["The ferry runs again."] == of(found)
    assert page.links["Ada Lind"] == "/statements/?q=ferry&speaker=ada-lind"
    assert page.links["Partial"] == "/statements/?q=ferry&kind=partial"
    assert page.links["2023"] == "/statements/?q=ferry&date=2023"
    assert page.links["as JSON"] == "/api/v1/statements/?q=ferry"
    assert page.links["as CSV"] == "/api/v1/statements/export/?q=ferry&format=csv"
    for path in ("as JSON", "as CSV"):
        assert client.get(page.links[path]).status_code == 200
    narrowed = see(client, page.links["Ada Lind"])
    assert narrowed.marked == ["ferry"]
    assert narrowed.links["words: ferry ×, remove"] == "/statements/?speaker=ada-lind"
    assert narrowed.links["Bob Hale"] == "/statements/?q=ferry&speaker=bob-hale"


def test_names_in_the_search_box_are_offered_as_speakers(client):
    ada = ActorFactory(name="Ada Lind", slug="ada-lind")
    ActorNameFactory(actor=ada, name="Adelaide Lind")
    council = ActorFactory(name="City Council", slug="city-council", kind="organisation")
    statement = said("It may hum in Europe.", speaker=ada)
    said("It may not.", speaker=council)
    said("It sails.", speaker=ActorFactory(name="Bob Hale", slug="bob-hale"))
    ActorFactory(name="Europe Lind", slug="never-quoted")
    page = see(client, "/statements/?q=lind+europe&kind=direct")
    assert "Nothing found." in page.text
    offered = {name: path for name, path in page.links.items() if name in ("Ada Lind", "Europe Lind")}
    assert offered == {"Ada Lind": "/statements/?q=europe&kind=direct&speaker=ada-lind"}
    assert see(client, offered["Ada Lind"]).links["It may hum in Europe."] == of(statement)
    assert "Do you mean" not in see(client, "/statements/?q=council").text
    assert "City Council" in see(client, "/statements/?q=city+council+hums").links
    assert see(client, "/statements/?q=adelaide").links["Ada Lind"] == "/statements/?speaker=ada-lind"
    assert see(client, "/statements/?ordering=date").text.count("3 statements, oldest first") == 1


def test_older_statements_are_a_page_further(client):
    for number in range(5):
        said(f"It hums {number}.", f"2024-10-0{number + 1}")
    page = see(client, "/statements/?limit=2&kind=direct")
    seen = [page.text.count(f"It hums {number}.") for number in range(5)]
    while path := page.links.get("More statements"):
        page = see(client, path)
        seen = [count + page.text.count(f"It hums {number}.") for number, count in enumerate(seen)]
    assert seen == [1] * 5


def test_where_nothing_is_found_the_page_says_what_is_covered(client):
    speaker = said("It hums.").speaker
    page = see(client, f"/statements/?speaker={speaker.slug}&q=heron")
    for words in (
        "Nothing found.",
        "does not mean that nothing was said",
        f"Of {speaker} there is 1 statement, of 23 October 2024.",
        "This dataset has 1 statement of 1 speaker in 1 outlet, dated 23 October 2024",
    ):
        assert words in page.text
    assert "This dataset has 0 statements" not in see(client, "/statements/").text


def test_empty_fields_of_the_form_ask_for_nothing(client):
    moved = client.get("/statements/?q=&kind=direct&date_after=")
    assert (moved.status_code, moved["Location"]) == (302, "/statements/?kind=direct")


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("sepaker=x", "There is no parameter 'sepaker' here. Did you mean 'speaker'?"),
        ("kind=loud", "choose from direct, partial, indirect"),
        ("date=2024-13", "date=2024-13"),
        ("q=%FF", "q is not valid UTF-8."),
        ("q=%00", "q cannot contain the NUL character."),
        ("cursor=x", "cursor: take it unchanged from `next` of a page."),
        ("format=csv", "format=csv"),
        ("fields=nonsense", "nonsense"),
        ("q=<script>alert(1)</script>&kind=<b>", "kind=<b>"),
        ("speaker=", "speaker is empty"),
    ],
)
def test_what_the_api_refuses_the_page_refuses_in_the_same_words(client, query, detail):
    problem = client.get(f"/api/v1/statements/?{query}")
    page = see(client, f"/statements/?{query}", problem.status_code)
    assert problem.status_code == 400
    assert detail in page.text
    assert problem.json()["errors"][0]["detail"] in page.text
    assert not [tag for tag, attributes in page.tags if tag == "script"]


def test_a_query_that_is_too_long_is_refused(client):
    assert "at most 4096 bytes" in see(client, f"/statements/?q={'x' * 5000}", 414).text


def test_an_unknown_name_offers_who_may_be_meant(client):
    speaker = said("It hums.", speaker=ActorFactory(name="Ada Lind", slug="ada-lind")).speaker
    page = see(client, "/statements/?kind=direct&speaker=ada-lnd", 400)
    assert page.links["Ada Lind"] == f"/statements/?kind=direct&speaker={speaker.slug}"


def test_how_the_answer_is_written_makes_no_difference_to_a_page(client):
    said("It hums.")
    for query in ("fields=text", "format=jsonld", "count=on", "omit=speaker"):
        assert "It hums." in see(client, f"/statements/?{query}").text


def test_a_form_for_editors_shows_nothing_to_others(client, admin_client):
    StatementFactory(status="proposed", text="Never printed")
    for each in (client, admin_client):
        assert "Never printed" not in see(each, "/statements/?status=proposed", 401).text


# ── Actors, outlets, articles ────────────────────────────────────────────────────────────────


def test_an_actor_has_names_roles_a_chart_and_words(client):
    ada = ActorFactory(name="Ada Lind", slug="ada-lind")
    ActorNameFactory(actor=ada, name="A. Lind")
    RoleFactory(actor=ada, title="Mayor", started_on=date(2022, 1, 1), started_precision="year")
    statement = said("It hums.", speaker=ada)
    said("It hummed.", "2024-08-01", speaker=ada, article=statement.article)
    page = see(client, "/actors/ada-lind/")
    for words in ("Also A. Lind", "since 2022 Mayor", "2 statements", "It hums.", "It hummed."):
        assert words in page.text
    assert page.links["August 2024"] == "/statements/?speaker=ada-lind&date=2024-08"
    assert page.links["All statements of Ada Lind"] == "/statements/?speaker=ada-lind"
    assert len([tag for tag, attributes in page.tags if tag == "rect" and "class" not in attributes]) == 2
    assert "1 statement, newest first" in see(client, page.links["August 2024"]).text


def test_former_addresses_lead_to_the_page(client):
    ada = ActorFactory(slug="ada-lind", wikidata_id="Q42")
    ActorSlugFactory(actor=ada, slug="ada-old")
    for former in ("ada-old", "Q42"):
        moved = client.get(f"/actors/{former}/")
        assert (moved.status_code, moved["Location"]) == (308, "/actors/ada-lind/")
    assert "There is no actor nobody." in see(client, "/actors/nobody/", 404).text


def test_actors_are_found_by_name_and_browsed(client):
    for name in ("Ada Lind", "Bob Hale"):
        ActorFactory(name=name, slug=name.lower().replace(" ", "-"))
    assert see(client, "/actors/").links["Bob Hale"] == "/actors/bob-hale/"
    assert "Bob Hale" not in see(client, "/actors/?q=lind").links
    assert "Bob Hale" in see(client, see(client, "/actors/?limit=1").links["More names"]).links


def test_an_outlet_has_whom_it_quotes_and_its_articles(client):
    outlet = OutletFactory(name="The Gazette", slug="the-gazette")
    statement = said("It hums.", article=ArticleFactory(outlet=outlet, headline="Ferry hums"))
    page = see(client, "/outlets/the-gazette/")
    assert page.links["Ferry hums"] == f"/articles/{statement.article.uid}/"
    assert page.links["It hums."] == of(statement)
    assert str(statement.speaker) in page.links
    assert see(client, "/outlets/").links["The Gazette"] == "/outlets/the-gazette/"


def test_an_article_has_its_statements_in_the_order_of_the_page_and_its_lists(client):
    first = anchored_statement("The ferry runs again", "and it hums")
    article = first.article
    later = said("Nobody knows where this stands.", article=article)
    target = ArticleFactory(headline="Harbour dredged")
    links = RelatedListFactory(article=article, title="Topics")
    url = "https://gazette.example/fog"
    RelatedLinkFactory(
        related_list=links, title="Harbour to be dredged", source_url=f"{url}-2", target=target
    )
    RelatedLinkFactory(related_list=links, title="Fog again", source_url=url)
    page = see(client, f"/articles/{article.uid}/")
    assert page.text.index(first.text) < page.text.index(later.text)
    assert page.links["Harbour to be dredged"] == f"/articles/{target.uid}/"
    assert page.links["Fog again"] == url
    assert client.get(f"/articles/{article.pk}/")["Location"] == f"/articles/{article.uid}/"


@pytest.mark.parametrize("kind", ["statements", "actors", "outlets", "actor", "outlet", "article"])
def test_queries_do_not_grow_with_rows(client, kind):
    first = said("It hums.", speaker=ActorFactory(slug="ada"), article=ArticleFactory(outlet__slug="gazette"))
    path = {
        "actor": "/actors/ada/",
        "outlet": "/outlets/gazette/",
        "article": f"/articles/{first.article.uid}/",
    }.get(kind, f"/{kind}/")

    def queries(client: Client) -> int:
        with CaptureQueriesContext(connection) as found:
            see(client, path)
        return len(found)

    queries(client)
    few = queries(client)
    for number in range(4):
        said(f"It hums {number}.", speaker=first.speaker, article=first.article)
        said(f"It hums, too {number}.")
        said(f"It hummed {number}.", article=ArticleFactory(outlet=first.article.outlet))
    queries(client)
    assert queries(client) == few


def test_a_joint_statement_is_shown_and_counted_once_with_all_who_made_it(client):
    ada, bob = ActorFactory(name="Ada Lind", slug="ada-lind"), ActorFactory(name="Bob Hale", slug="bob-hale")
    joint = uuid4()
    first = said("It hums.", speaker=ada, joint_uid=joint)
    said("It hums.", speaker=bob, joint_uid=joint, article=first.article)
    said("It rests.", speaker=bob, article=first.article)
    others = (f"/outlets/{first.article.outlet.slug}/", f"/articles/{first.article.uid}/")
    for path in ("/statements/", "/statements/?q=hums", *others):
        assert see(client, path).text.count("It hums.") == 1, path
    assert client.get("/statements.atom").content.count(b"<entry>") == 2
    page = see(client, "/statements/")
    assert "2 statements, newest first" in page.text
    assert {"Ada Lind", "Bob Hale"} <= page.links.keys()
    assert see(client, "/").links["2 statements"] == "/statements/"
    assert "2 statements of 2 speakers" in see(client, "/statements/?q=zebra").text
    assert "It hums. Ada Lind" in see(client, "/statements/?speaker=ada-lind").text
