"""Two outlets that are one."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import Outlet, OutletName
from newsdb.models import Change
from newsdb.models.merging import merge_records, plan_merge, undo_merge
from tests.articles.ingest.pages import load_text
from tests.factories import (
    ArticleFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletNameFactory,
    OutletSlugFactory,
    RelatedLinkFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit


@pytest.fixture
def two() -> tuple[Outlet, Outlet]:
    """The Gazette, and what was taken for another outlet, with some of everything."""
    gazette = OutletFactory(name="The Gazette", slug="the-gazette", text_policy="excerpt")
    other = OutletFactory(name="gazette.example", slug="gazette-example", wikidata_id="Q42")
    OutletDomainFactory(outlet=gazette, domain="thegazette.example")
    OutletDomainFactory(outlet=other, domain="gazette.example")
    OutletNameFactory(outlet=gazette, name="Gazette Online")
    for name in ("Gazette Online", "Evening Gazette"):
        OutletNameFactory(outlet=other, name=name)
    OutletSlugFactory(outlet=other, slug="gaz")
    return gazette, other


def merge(survivor: Outlet, merged: Outlet, reason: str = "One site.") -> Any:
    return merge_records(survivor=survivor, merged=merged, by="ines", reason=reason)


def test_all_that_names_the_one_names_the_other(two: Any) -> None:
    gazette, other = two
    statement = StatementFactory(article__outlet=other)
    link = RelatedLinkFactory(outlet=other)
    assert plan_merge(survivor=gazette, merged=other) == {
        "articles": 1,
        "related links": 1,
        "outlet names": 1,
        "outlet domains": 1,
        "outlet slugs": 2,
    }
    merge(gazette, other)
    for record in (statement, statement.article, link):
        record.refresh_from_db()
        assert record.outlet == gazette
    gazette.refresh_from_db()
    assert (gazette.name, gazette.text_policy, gazette.wikidata_id) == ("The Gazette", "excerpt", "Q42")
    assert set(gazette.domains.values_list("domain", flat=True)) == {"thegazette.example", "gazette.example"}
    names = list(gazette.names.values_list("name", flat=True))
    assert sorted(names) == ["Evening Gazette", "Gazette Online", "gazette.example"]
    assert Outlet.objects.found_by("gazette.example").get() == gazette
    assert Outlet.objects.found_by("q42").get() == gazette


def test_it_all_comes_back(two: Any) -> None:
    gazette, other = two
    statement, link = StatementFactory(article__outlet=other), RelatedLinkFactory(outlet=other)
    undo_merge(merge=merge(gazette, other), by="ines", reason="Two papers.")
    for record in (statement, statement.article, link):
        record.refresh_from_db()
        assert record.outlet == other
    other.refresh_from_db()
    gazette.refresh_from_db()
    assert (gazette.wikidata_id, other.wikidata_id) == (None, "Q42")
    assert [each.domain for each in other.domains.all()] == ["gazette.example"]
    assert {each.name for each in other.names.all()} == {"Gazette Online", "Evening Gazette"}
    assert [each.name for each in gazette.names.all()] == ["Gazette Online"]
    assert Client().get("/api/v1/outlets/gaz/").headers["Location"].endswith("/outlets/gazette-example/")
    shown = Client().get("/api/v1/outlets/gazette-example/").json()
    assert (shown["name"], shown["wikidata_id"]) == ("gazette.example", "Q42")
    assert Change.objects.filter(uid=other.uid).first().reason == "Two papers."


def test_who_was_merged_is_in_no_list(two: Any) -> None:
    merge(*two)
    listed = Client().get("/api/v1/outlets/").json()["results"]
    assert [row["slug"] for row in listed] == ["the-gazette"]
    assert Client().get("/api/v1/dataset/").json()["counts"]["outlets"] == 1
    assert b"gazette-example" not in Client().get("/sitemap-outlets-0.xml").content


@pytest.mark.parametrize("slug", ["gazette-example", "gaz"])
def test_its_addresses_lead_to_the_other(two: Any, slug: str) -> None:
    StatementFactory(article__outlet=two[1])
    merge(*two)
    answer = Client().get(f"/api/v1/outlets/{slug}/")
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/api/v1/outlets/the-gazette/")
    assert len(Client().get(f"/api/v1/statements/?outlet={slug}").json()["results"]) == 1
    assert Client().get(f"/outlets/{slug}/").status_code == 308


def test_the_ledger_says_who_merged_what_and_why(two: Any) -> None:
    gazette, other = two
    uid, article = other.uid, ArticleFactory(outlet=other)
    merge(gazette, other)
    for record_uid, action in ((uid, "merged"), (article.uid, "updated"), (gazette.uid, "updated")):
        change = Change.objects.filter(uid=record_uid).first()
        assert change is not None
        assert (change.action, change.actor, change.reason) == (action, "ines", "One site.")


def test_the_names_it_had_are_shown_and_find_the_other(two: Any) -> None:
    StatementFactory(article__outlet=two[1])
    merge(*two)
    shown = Client().get("/api/v1/outlets/the-gazette/").json()
    assert shown["names"] == ["Gazette Online", "Evening Gazette", "gazette.example"]
    assert "Also Gazette Online, Evening Gazette" in Client().get("/outlets/the-gazette/").content.decode()
    assert len(Client().get("/api/v1/statements/?outlet=evening gazette").json()["results"]) == 1


def test_a_page_that_prints_the_lost_name_is_the_survivors(two: Any) -> None:
    OutletNameFactory(outlet=two[1], name="Lindle Letters")  # nothing in it says that it names an outlet
    merge(*two)
    for name in ("gazette.example", "Evening Gazette", "Lindle Letters"):
        text = f"{name}\n{name} has a headline\nBy Cy Dock\nMarch 5, 2024\n\nNobody said a word about it.\n"
        assert load_text(text).article.outlet == two[0]


def test_what_are_two_to_wikidata_are_not_merged(two: Any) -> None:
    gazette, other = two
    Outlet.objects.filter(pk=gazette.pk).update(wikidata_id="Q7")
    gazette.refresh_from_db()
    for survivor, merged, message in (
        (gazette, other, "different Wikidata ids, Q7 and Q42"),
        (gazette, gazette, "cannot be merged into itself"),
    ):
        with pytest.raises(ValidationError, match=message):
            merge(survivor, merged)
    assert OutletName.objects.filter(outlet=other).count() == 2


def test_what_was_merged_meanwhile_is_not_merged_again(two: Any) -> None:
    gazette, other = two
    stale = Outlet.objects.get(pk=other.pk)
    merge(gazette, other)
    with pytest.raises(ValidationError, match="already been merged into The Gazette"):
        merge(gazette, stale)
