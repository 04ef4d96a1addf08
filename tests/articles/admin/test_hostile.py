"""Whatever is typed into an address or a form, the answer is never a failure."""

from typing import Any

import pytest
from django.test import Client

from tests.admin_pages import form_of
from tests.factories import ActorFactory, ArticleFactory, ClaimReviewFactory, OutletFactory, StatementFactory

pytestmark = pytest.mark.django_db

LARGE = "99999999999999999999"
VERY_LARGE = "9" * 5000
PAGES = {
    "actors/actor": ["change", "delete", "history", "merge"],
    "actors/actormerge": ["undo"],
    "articles/article": ["history", "retract", "paste-list"],
    "articles/capture": ["change", "attach"],
    "articles/outlet": ["merge"],
    "articles/outletmerge": ["undo"],
    "articles/statement": ["change", "restore"],
    "newsdb/change": ["change"],
}
PARAMETERS = {
    "articles/statement": [
        *(f"id__in={LARGE}", "id__in=a", f"id__exact={VERY_LARGE}", "uid__exact=x", "text__regex=(a%2B)%2B$"),
        *("date__year=99999", "date__year=9999", "date__year=0", f"date__year={LARGE}", "date__month=13"),
        *("date__gte=x", "sort_date__gte=10000-01-01", "q=%00", "q=%ED%A0%80", "q=" + "a+" * 200),
        *("o=99", "o=x.-3", f"p={LARGE}", "p=x", "_facets=1", "all=", "_to_field=x", "e=1", "basis=x"),
        *(f"speaker__id__exact={LARGE}", "speaker__id__exact=x", f"outlet__id__exact={VERY_LARGE}"),
        *("speaker__name__regex=x", "password=x", "status__exact=%00", "text_match__exact=x"),
    ],
    "articles/article": [
        "dated=x",
        "published_on__year=9999",
        "published_on__day=99",
        "source_url__iregex=(",
    ],
    "articles/capture": ["captured_at__year=9999", "captured_at__year=1", "text__isempty=x"],
    "actors/actor": ["merged=x", "kind__exact=x", "name__regex=("],
    "newsdb/change": ["at__year=9999", "snapshot__a__b=x", f"version__exact={LARGE}"],
}
NEW = {
    "articles/statement": ("article", "speaker", "said", "words"),
    "articles/article": ("outlet", "published"),
    "articles/relatedlist": ("article", "position"),
}


def answers(client: Client, addresses: list[str]) -> dict[str, int]:
    """The addresses that fail, with the status they answer."""
    statuses = {address[:120]: client.get(address, follow=True).status_code for address in addresses}
    return {address: status for address, status in statuses.items() if status >= 500}


@pytest.mark.parametrize("key", [VERY_LARGE, str(2**63), "-1", "a", "%00", "%ED%A0%80"])
def test_an_address_of_nothing(admin_client: Client, key: str) -> None:
    addresses = [f"/admin/{model}/{key}/{page}/" for model, pages in PAGES.items() for page in pages]
    assert answers(admin_client, addresses) == {}
    assert max(admin_client.post(address, {"reason": "x"}).status_code for address in addresses) < 500


def test_lists_with_odd_parameters(admin_client: Client) -> None:
    StatementFactory()
    addresses = [f"/admin/{model}/?{query}" for model, queries in PARAMETERS.items() for query in queries]
    assert answers(admin_client, addresses) == {}


@pytest.mark.parametrize("value", [VERY_LARGE, str(2**63), "-1", "x", "%00", "½"])
def test_new_records_with_odd_parameters(admin_client: Client, value: str) -> None:
    addresses = [f"/admin/{model}/add/?{name}={value}" for model, names in NEW.items() for name in names]
    assert answers(admin_client, addresses) == {}


@pytest.mark.parametrize("value", ["a\x00b", VERY_LARGE, str(2**63)])
def test_odd_values_in_every_field(admin_client: Client, value: str) -> None:
    statement = ClaimReviewFactory().statement
    article, actor = f"articles/article/{statement.article_id}", f"actors/actor/{statement.speaker_id}"
    fields: dict[str, list[str]] = {
        f"articles/statement/{statement.pk}/change/": [
            *(
                "words",
                "kind",
                "speaker",
                "speaker_label",
                "cue",
                "audience",
                "place",
                "said",
                "said_on_source_url",
            ),
            *("claim_reviews-0-source_url", "claim_reviews-0-publisher", "claim_reviews-0-published"),
            *("language", "translated", "status", "attributed_by", "extractor", "confidence", "reason"),
        ],
        f"{article}/change/": [
            *("headline", "deck", "outlet", "section", "source_url", "published", "language", "reason"),
            *("bylines-0-author", "bylines-0-position", "bylines-0-note"),
        ],
        f"{actor}/change/": [
            *("name", "kind", "slug", "wikidata_id", "names-0-name", "roles-0-title", "roles-0-started"),
            *("roles-0-organisation", "slugs-0-slug", "slugs-1-slug", "slugs-0-id"),
        ],
        f"{article}/paste-list/": ["pasted", "year"],
        f"{article}/retract/": ["reason"],
        f"{article}/delete/": ["reason"],
        f"{actor}/merge/": ["survivor", "reason"],
        "articles/capture/add/": ["article", "pasted", "source_url", "captured_at_0", "captured_at_1"],
        "articles/statement/add/": ["article", "words", "speaker"],
    }
    for page, names in fields.items():
        sent = form_of(admin_client.get(f"/admin/{page}").content.decode())
        for name in names:
            response = admin_client.post(f"/admin/{page}", sent | {name: value})
            assert response.status_code < 500, (page, name)


def test_actions_on_odd_choices(admin_client: Client) -> None:
    for chosen in (VERY_LARGE, str(2**63), "x", "-1"):
        for action in ("retract", "check_words", "nonsense", ""):
            data: dict[str, Any] = {"action": action, "_selected_action": [chosen], "index": 0}
            response = admin_client.post("/admin/articles/statement/", data, follow=True)
            assert response.status_code < 500


@pytest.mark.django_db(transaction=True)  # PostgreSQL takes a change’s snapshot at commit
def test_markup_is_shown_and_never_run(admin_client: Client) -> None:
    evil = "<script>alert(1)</script>"
    statement = StatementFactory(
        text=evil, cue=evil, speaker=ActorFactory(name=evil), article=ArticleFactory(headline=evil)
    )
    OutletFactory(name=evil)
    ClaimReviewFactory(statement=statement, publisher=evil, rating=evil)
    for page in (
        f"articles/statement/{statement.pk}/change/",
        f"articles/statement/{statement.pk}/history/",
        f"articles/statement/{statement.pk}/retract/",
        f"articles/article/{statement.article_id}/change/",
        f"articles/article/{statement.article_id}/delete/",
        f"articles/article/{statement.article_id}/paste-list/",
        f"actors/actor/{statement.speaker_id}/merge/",
        *("articles/statement/", "articles/article/", "articles/outlet/", "newsdb/change/", ""),
    ):
        html = admin_client.get(f"/admin/{page}").content.decode()
        assert "alert(1)" in html
        assert evil not in html
