"""A curator's day in Chromium, under the policy that forbids scripts and styles within pages."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from articles.models import Article, Capture, Statement
from newsdb.admin import address_of
from tests.articles.admin.curator import Curator
from tests.factories import ActorFactory, OutletFactory, anchored_statement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_store]

PAGE = "“The lock will open in May,” Ada Quay said. “And it will stay open,” she added."
LINKS = "Topics\n-\nBridge reopens after a year\nLocal - The Courier - November 9 -"


def test_an_article_and_all_that_is_printed_in_it(
    browser: Chrome, live_server: LiveServer, admin_user: Any
) -> None:
    ActorFactory(name="Ada Quay", slug="ada-quay")
    OutletFactory(name="The Courier", slug="the-courier")
    curator = Curator(browser, live_server.url)
    curator.log_in(admin_user.username)

    curator.open("/admin/articles/article/add/")
    curator.type(headline="Lock to open", published="2024-11", language="en")
    curator.choose("outlet", "courier")
    curator.choose("bylines-0-author", "quay")
    curator.press("Save and continue editing")
    article = Article.objects.get()
    assert [byline.author.slug for byline in article.bylines.all()] == ["ada-quay"]

    curator.tool("/paste-list/")
    curator.type(pasted=LINKS, year="2024")
    curator.press("Show what is understood")
    assert "2024-11-09" in browser.find_element(By.CSS_SELECTOR, ".preview").text
    curator.press("Save as shown above")
    link = article.related_lists.get().links.get()
    assert (link.title, link.outlet.name) == ("Bridge reopens after a year", "The Courier")

    curator.open(f"/admin/articles/capture/add/?article={article.pk}")
    curator.type(pasted=PAGE)
    curator.press("Save")
    assert Capture.objects.get().text == PAGE

    curator.open(f"/admin/articles/statement/add/?article={article.pk}")
    curator.type(words="The lock will open in May\nAnd it will stay open", cue="said")
    browser.find_element(By.CSS_SELECTOR, "#id_kind option[value=direct]").click()
    curator.choose("speaker", "quay")
    curator.press("Save and continue editing")
    statement = Statement.objects.get()
    assert (statement.text_match, statement.anchors.count()) == ("matched", 2)

    for path in (
        "",
        f"articles/statement/{statement.pk}/history/",
        "articles/statement/",
        "actors/actor/add/",
    ):
        curator.open(f"/admin/{path}")
    assert curator.refused_by_policy() == []


def test_no_page_is_wider_than_a_phone(browser: Chrome, live_server: LiveServer, admin_user: Any) -> None:
    statement = anchored_statement("Words that were said")
    paths = ["/admin/", *(address_of(each) for each in (statement, statement.article, statement.speaker))]
    paths += [address_of(statement, "retract"), address_of(statement, "delete"), "/admin/articles/statement/"]
    curator = Curator(browser, live_server.url)
    curator.log_in(admin_user.username)
    phone = {"width": 400, "height": 850, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        wide = {}
        for path in paths:
            curator.open(path)
            widths = "return [document.documentElement.scrollWidth, innerWidth]"
            page, window = browser.execute_script(widths)  # type: ignore[no-untyped-call]
            if page > window:
                wide[path] = page
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide == {}
