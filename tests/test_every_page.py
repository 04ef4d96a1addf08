"""Every page there is, full of hostile text, in a browser that enforces the content security policy.

The pages of the admin are those of the URLconf: whatever is registered is opened.
"""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, models, transaction
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import presence_of_element_located as present
from selenium.webdriver.support.wait import WebDriverWait

from tests import admin_routes
from tests.hostile_text import RUNS, SCRIPT, TEXTS, fill, written
from tests.test_permissions import OURS as ROUTES

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL takes a change's snapshot at commit

#: Columns that no hostile text gets into: the database knows what a slug, a hash or a web address looks like.
REFUSING = {
    "actors.Actor.slug",
    "actors.Actor.wikidata_id",
    "actors.ActorSlug.slug",
    "articles.Article.source_url",
    "articles.Capture.sha256",
    "articles.Capture.source_url",
    "articles.Capture.text_sha256",
    "articles.ClaimReview.source_url",
    "articles.Outlet.slug",
    "articles.Outlet.wikidata_id",
    "articles.OutletDomain.domain",
    "articles.OutletSlug.slug",
    "articles.RelatedLink.source_url",
    "articles.Statement.published_precision",
    "articles.Statement.said_on_source_url",
    "newsdb.Change.record_type",
    "newsdb.ErasedDigest.digest",
}
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""
#: Of so many pages in HTML a browser opens one; all are looked through for what is not escaped.
OPENED = 4
#: What none of it may look like in HTML.
UNESCAPED = re.compile(rf"{re.escape(SCRIPT)}|<img src=x|<b onclick|<i>\"|href=\"javascript:|</style>\u2066")


#: What a browser asks for.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
#: Of addresses that are about no single row.
PARTS = {"kind": "actors", "number": 0}


def public_paths(rows: dict[type[models.Model], Any]) -> Iterator[str]:
    """Every address of the API and of the site, each about a row of its kind."""
    by_name = {model._meta.model_name: row for model, row in rows.items()}
    for route in ROUTES:
        key: Any = next((row for name, row in by_name.items() if f"/{name}s/<" in route), None)
        path = route
        for name in re.findall(r"<(\w+)>", route):
            value = PARTS[name] if name in PARTS else getattr(key, name)
            path = path.replace(f"<{name}>", str(value))
        yield f"{path}?by=speaker,outlet,kind" if path.endswith("facets/") else path
    yield f"/api/v1/statements/?speaker={SCRIPT}"
    yield f"/{SCRIPT}"


@pytest.fixture
def curator(db: None) -> Client:
    """A superuser with a hostile name, logged in."""
    user = User(username=TEXTS[0][:140], first_name=TEXTS[0][:150], is_staff=True, is_superuser=True)
    user.save()
    client = Client()
    client.force_login(user)
    return client


def opened(browser: Chrome, address: str) -> list[str]:
    """What a browser has to complain of at ``address``, and what it asked for elsewhere."""
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    browser.get_log("performance")  # type: ignore[no-untyped-call]
    browser.get(address)
    if address.endswith("/docs/"):
        WebDriverWait(browser, 30).until(present((By.CSS_SELECTOR, ".opblock")))
    faults = list(browser.execute_script("return window.violations"))  # type: ignore[no-untyped-call]
    if browser.execute_script("return typeof window.ran") != "undefined":  # type: ignore[no-untyped-call]
        faults.append("a script ran")
    log: Any = browser.get_log("browser")  # type: ignore[no-untyped-call]
    # Chromium asks for one by itself where an answer, such as JSON, names no icon.
    faults += [entry["message"] for entry in log if "/favicon.ico" not in entry["message"]]
    site = "/".join(address.split("/")[:3]) + "/"
    for entry in browser.get_log("performance"):  # type: ignore[no-untyped-call]
        event = json.loads(entry["message"])["message"]
        if event["method"] == "Network.requestWillBeSent":
            url = event["params"]["request"]["url"]
            if not url.startswith((site, "data:", "about:")):
                faults.append(f"asked for {url}")
    return faults


def test_every_column_was_tried(curator: Client) -> None:
    rows, refused = fill()
    assert set(written()) == set(rows)
    assert sorted(refused) == sorted(REFUSING)


@pytest.mark.any_store
@pytest.mark.torture(times=3 * OPENED)
def test_every_page_is_escaped_and_within_the_policy(
    browser: Chrome, live_server: LiveServer, curator: Client, seed: int
) -> None:
    rows, _ = fill()
    anyone = Client()
    pages: dict[str, int] = {}
    shown, faults = 0, {}
    for client, paths in ((curator, admin_routes.pages(rows)), (anyone, public_paths(rows))):
        for path in paths:
            answer = client.get(path, headers={"accept": BROWSER})
            pages[path] = answer.status_code
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            html = answer.content.decode()
            shown += RUNS in html
            if found := UNESCAPED.findall(html):
                faults[path] = found
    assert faults == {}
    assert max(pages.values()) < 500
    assert shown > len(rows)

    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    try:
        faults = {path: opened(browser, f"{live_server.url}{path}") for path in ("/", "/api/v1/docs/")}
        browser.get(f"{live_server.url}/admin/login/")
        faults["login"] = opened(browser, f"{live_server.url}/admin/login/")
        browser.add_cookie({"name": "sessionid", "value": curator.cookies["sessionid"].value})
        # Chromium lays XML out with styles of its own, which the policy keeps away.
        readable = {
            path for path, status in pages.items() if status == 200 and not path.endswith((".xml", ".atom"))
        }
        others = sorted(readable - faults.keys())
        for path in random.Random(seed).sample(others, len(others) // OPENED):
            faults[path] = opened(browser, f"{live_server.url}{path}")
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
        browser.delete_all_cookies()
    assert {path: found for path, found in faults.items() if found} == {}


#: A word without a blank, of which a page may show several in a row of a list.
LONG = "Wordwithoutablank" * 30
#: What is wider than a page's window, where that is so.
TOO_WIDE = """
const page = document.documentElement;
return page.scrollWidth > page.clientWidth ? page.scrollWidth : 0;
"""


def lengthen(rows: dict[type[models.Model], Any]) -> int:
    """Put a long word into every column that takes it; how many did."""
    taken = 0
    for model in rows:
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField | models.TextField) or field.choices or field.generated:
                continue
            try:
                with transaction.atomic():
                    first = model._base_manager.order_by("pk").values_list("pk", flat=True)[:1]
                    word = LONG[: field.max_length or 500]
                    taken += model._base_manager.filter(pk__in=list(first)).update(**{field.attname: word})
            except DatabaseError:
                continue
    return taken


@pytest.mark.any_store
@pytest.mark.torture(times=OPENED)
def test_no_page_is_wider_than_its_window_whatever_is_in_it(
    browser: Chrome, live_server: LiveServer, curator: Client, seed: int
) -> None:
    rows, _ = fill()
    assert lengthen(rows) > 20
    paths = [path for path in admin_routes.pages(rows) if curator.get(path).status_code == 200]
    size = browser.get_window_size()
    browser.set_window_size(1280, 1000)
    try:
        browser.get(f"{live_server.url}/admin/login/")
        browser.add_cookie({"name": "sessionid", "value": curator.cookies["sessionid"].value})
        widths = {}
        for path in ["/", *random.Random(seed).sample(paths, len(paths) // OPENED)]:
            browser.get(f"{live_server.url}{path}")
            widths[path] = browser.execute_script(TOO_WIDE)  # type: ignore[no-untyped-call]
    finally:
        browser.set_window_size(size["width"], size["height"])
        browser.delete_all_cookies()
    assert {path: width for path, width in widths.items() if width} == {}
