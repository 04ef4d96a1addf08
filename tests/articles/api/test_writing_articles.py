"""Editors write articles and outlets."""

import uuid

import pytest
from rest_framework.test import APIClient

from articles.models import Article, Outlet
from tests.clients import editor, errors, write
from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines() -> APIClient:
    return editor("ines")


def test_an_article_is_made_and_changed(ines: APIClient) -> None:
    outlet, ada, bea = OutletFactory(), ActorFactory(), ActorFactory()
    body = {
        "headline": "Ferry runs again",
        "outlet": outlet.slug,
        "source_url": "https://gazette.example/ferry",
        "published_on": "2024-10",
        "bylines": [{"author": ada.slug, "printed_name": "By Ada"}, {"author": bea.slug}],
    }
    answer = write(ines, "post", "articles/", body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["published_on"], made["published_precision"]) == ("2024-10-01", "month")
    assert [(b["position"], b["author"]["slug"]) for b in made["bylines"]] == [(0, ada.slug), (1, bea.slug)]
    assert APIClient().get(answer.headers["Location"]).json() == made

    path = f"articles/{made['uid']}/"
    body = {"bylines": [{"author": bea.slug}, {"author": ada.slug}], "source_url": None, "deck": "At last"}
    changed = write(ines, "patch", path, body).json()
    assert [b["author"]["slug"] for b in changed["bylines"]] == [bea.slug, ada.slug]
    assert (changed["source_url"], changed["deck"], changed["headline"]) == (
        None,
        "At last",
        made["headline"],
    )
    assert write(ines, "patch", path, {"bylines": []}).json()["bylines"] == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"headline": ""}, {"/headline": "blank"}),
        ({"headline": None}, {"/headline": "null"}),
        ({"headline": "x" * 501}, {"/headline": "max_length"}),
        ({"outlet": "nowhere"}, {"/outlet": "unknown"}),
        ({"outlet": {"slug": "x"}}, {"/outlet": "invalid"}),
        ({"published_on": "2024-13"}, {"/published_on": "no_such_date"}),
        ({"published_on": "9999"}, {"/published_on": "invalid"}),
        ({"published_on": "2024-10-23", "published_precision": "month"}, {"": "invalid"}),
        ({"source_url": "ftp://x"}, {"/source_url": "invalid"}),
        ({"bylines": [{"printed_name": "x"}]}, {"/bylines/0/author": "required"}),
        ({"bylines": [{"author": "ADA", "x": 1}]}, {"/bylines/0/x": "unknown"}),
        ({"bylines": [{"author": "ADA"}, {"author": "ADA"}]}, {"/bylines/1": "invalid"}),
        ({"bylines": {"author": "ADA"}}, {"/bylines": "not_a_list"}),
        ({"status": "retracted"}, {"/status": "unknown"}),
    ],
)
def test_what_is_wrong_is_pointed_at(ines: APIClient, body: dict, expected: dict[str, str]) -> None:
    ada = ActorFactory()
    for byline in body.get("bylines", ()) if isinstance(body.get("bylines"), list) else ():
        if byline.get("author") == "ADA":
            byline["author"] = ada.slug
    answer = write(ines, "patch", f"articles/{ArticleFactory().uid}/", body)
    assert errors(answer) == expected


def test_an_address_that_is_taken_answers_with_the_article(ines: APIClient) -> None:
    article = ArticleFactory(source_url="https://gazette.example/ferry")
    body = {
        "headline": "x",
        "outlet": article.outlet.slug,
        "source_url": "http://www.gazette.example/ferry/?utm_source=y",
    }
    answer = write(ines, "post", "articles/", body)
    assert errors(answer, 409) == {"/source_url": "taken"}
    assert answer.json()["url"].endswith(f"/articles/{article.uid}/")
    assert Article.objects.count() == 1


def test_an_article_is_retracted_with_its_statements(ines: APIClient) -> None:
    statement = StatementFactory()
    path = f"articles/{statement.article.uid}/"
    assert write(ines, "post", f"{path}retract/", {"reason": "A hoax."}).status_code == 200
    assert APIClient().get(f"/api/v1/statements/{statement.uid}/").status_code == 410
    alone = write(ines, "post", f"statements/{statement.uid}/restore/", {"reason": "Not so."})
    assert (alone.status_code, alone.json()["detail"]) == (
        409,
        "Its article is retracted: restore that first.",
    )
    assert write(ines, "post", f"{path}restore/", {"reason": "No hoax."}).status_code == 200
    assert APIClient().get(f"/api/v1/statements/{statement.uid}/").status_code == 200


def test_an_outlet_is_made_and_changed(ines: APIClient) -> None:
    uid = str(uuid.uuid4())
    body = {"uid": uid, "slug": "the-gazette", "name": "The Gazette", "domains": ["gazette.example"]}
    answer = write(ines, "post", "outlets/", body)
    assert (answer.status_code, answer.json()["uid"]) == (201, uid)
    taken = write(ines, "post", "outlets/", {"slug": "the-gazette", "name": "Another"})
    assert errors(taken, 409) == {"/slug": "taken"}
    domains = ["gazette.example", "news.gazette.example"]
    changed = write(ines, "patch", "outlets/the-gazette/", {"domains": domains, "slug": "gazette"})
    assert changed.json()["domains"] == domains
    assert APIClient().get(changed.json()["url"]).json() == changed.json()


def test_a_domain_that_is_taken_answers_with_the_address(ines: APIClient) -> None:
    there, other = OutletFactory(), OutletFactory()
    there.domains.create(domain="taken.example")
    body = {"domains": ["free.example", "taken.example"]}
    for method, path, more in (
        ("post", "outlets/", {"slug": "new", "name": "New"}),
        ("patch", f"outlets/{other.slug}/", {}),
    ):
        answer = write(ines, method, path, body | more)
        assert errors(answer, 409) == {"/domains/1": "taken"}
        assert answer.json()["url"].endswith(f"/outlets/{there.slug}/")
    assert not other.domains.exists()
    assert write(ines, "patch", f"outlets/{there.slug}/", body).status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"slug": "Not A Slug"}, {"/slug": "invalid"}),
        ({"slug": "q42"}, {"": "invalid"}),
        ({"domains": ["https://x.example"]}, {"/domains/0": "invalid"}),
        ({"domains": "x.example"}, {"/domains": "not_a_list"}),
        ({"domains": ["twice.example", "twice.example"]}, {"/domains/1": "unique"}),
        ({"wikidata_id": "X1"}, {"/wikidata_id": "invalid"}),
        ({"text_policy": "all"}, {"/text_policy": "invalid_choice"}),
    ],
)
def test_what_is_wrong_with_an_outlet_is_pointed_at(
    ines: APIClient, body: dict, expected: dict[str, str]
) -> None:
    outlet = OutletFactory()
    assert errors(write(ines, "patch", f"outlets/{outlet.slug}/", body)) == expected
    assert Outlet.objects.get(pk=outlet.pk).slug == outlet.slug


@pytest.mark.django_db(transaction=True)
def test_merging_outlets_and_the_way_back(ines: APIClient) -> None:
    survivor, merged = OutletFactory(text_policy="full"), OutletFactory()
    article = ArticleFactory(outlet=merged)
    path, body = f"outlets/{merged.slug}/", {"into": survivor.slug, "reason": "One site."}
    assert write(ines, "post", f"{path}merge/", body, None).status_code == 428
    assert errors(write(ines, "post", f"{path}merge/", {"into": "no-such"})) == {
        "/into": "unknown",
        "/reason": "required",
    }
    answer = write(ines, "post", f"{path}merge/", body)
    assert (answer.status_code, answer.json()["slug"]) == (200, survivor.slug)
    assert answer.json()["text_policy"] == "full"
    assert APIClient().get(f"/api/v1/{path}").status_code == 308
    article.refresh_from_db()
    assert article.outlet == survivor

    undone = write(ines, "post", f"{path}unmerge/", {"reason": "Two."}, answer.headers["ETag"])
    assert (undone.status_code, undone.json()["slug"]) == (200, merged.slug)
    article.refresh_from_db()
    assert article.outlet == merged
    again = write(ines, "post", f"{path}unmerge/", {"reason": "Two."})
    assert again.status_code == 409
    assert "is not merged into another outlet" in again.json()["detail"]
