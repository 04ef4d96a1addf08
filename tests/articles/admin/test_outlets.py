"""The page of an outlet."""

import pytest
from django.test import Client

from articles.models import Outlet, OutletMerge
from newsdb.admin import address_of
from tests.admin_pages import messages, said, submit
from tests.factories import ArticleFactory, OutletFactory

pytestmark = pytest.mark.django_db


def test_the_list_of_addresses_says_which_one_is_current(admin_client: Client) -> None:
    outlet = OutletFactory(slug="the-courier")
    outlet.slug = "oldport-courier"
    outlet.save()
    page = said(admin_client.get(address_of(outlet)))
    assert "the-courier Redirects to it" in page
    assert "oldport-courier The address now" in page


def test_an_outlet_is_merged_after_a_look_at_what_moves(admin_client: Client) -> None:
    article = ArticleFactory(outlet__name="gazette.example", outlet__text_policy="full")
    merged, survivor = article.outlet, OutletFactory(name="The Gazette", slug="the-gazette")
    page = address_of(merged, "merge")
    assert "Merge into another" in said(admin_client.get(address_of(merged)))
    preview = submit(admin_client, page, survivor=survivor.pk, reason="One site.", _preview="")
    assert "Articles 1 to move" in said(preview)
    assert f"Will lead to the-gazette {merged.slug}" in said(preview)
    assert "None instead of Full" in said(preview)
    article.refresh_from_db()
    assert article.outlet == merged
    done = submit(admin_client, page, preview, _merge="")
    assert "gazette.example is merged into The Gazette." in messages(done)[0]
    article.refresh_from_db()
    assert article.outlet == survivor
    assert "Merged into The Gazette by admin" in said(admin_client.get(address_of(merged)))

    made = OutletMerge.objects.get()
    assert "1 articles.Article" in said(admin_client.get(address_of(made)))
    undone = submit(admin_client, address_of(made, "undo"), reason="Two papers.")
    assert messages(undone) == ["Undone: gazette.example into The Gazette."]
    article.refresh_from_db()
    assert article.outlet == merged


def test_only_the_merge_that_was_shown_is_made(admin_client: Client) -> None:
    merged, survivor, other = (OutletFactory(wikidata_id=None) for _ in range(3))
    page = address_of(merged, "merge")
    preview = submit(admin_client, page, survivor=survivor.pk, reason="One site.", _preview="")
    submit(admin_client, page, preview, survivor=other.pk, _merge="")
    assert Outlet.objects.count() == 3
    for given in ({"survivor": merged.pk, "reason": "Why"}, {"survivor": other.pk, "reason": ""}):
        assert "nothing was saved" in said(submit(admin_client, page, _preview="", **given))
