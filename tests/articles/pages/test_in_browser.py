"""Every page in a browser: axe finds nothing, it fits a telephone, stays in place, and asks nobody else."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from articles.export.sample.loading import load_sample
from articles.models import Statement
from articles.services.retraction import retract_statement
from tests.browsing import follow
from tests.test_every_page import TOO_WIDE, WATCH, opened

pytestmark = pytest.mark.django_db(transaction=True)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
#: Runs axe, all of it or only what is about colours, and answers with what it found.
RUN = """
const [only, done] = arguments;
const rules = only ? {runOnly: {type: "rule", values: only}} : {};
axe.run(document, {...rules, resultTypes: ["violations"]}).then((found) => done(
    found.violations.map((each) => each.id + ": " + each.nodes.map((node) => node.html).join(" | "))));
"""
#: Adds up how far what is shown moves while a page loads, as browsers measure it.
STEADY = """
window.shifted = 0;
new PerformanceObserver((seen) => seen.getEntries().forEach((shift) => window.shifted += shift.value))
    .observe({type: "layout-shift", buffered: true});
"""
#: The most that a page may weigh, in bytes.
HEAVIEST = 60_000


def paths() -> Iterator[str]:
    """A page of each kind, with something on it, with nothing, and refused."""
    statements = Statement.objects.public().select_related("speaker", "article__outlet")
    statement = statements.filter(text__contains=" […] ").latest("pk")
    joint = statements.exclude(joint_uid=None).latest("pk")
    retracted = statements.earliest("pk")
    retract_statement(statement=retracted, reason="Somebody else.", by="ines", joint="all")
    words = quote(statement.text.split()[-1].strip("."))
    yield from ("/", "/statements/", "/actors/", "/outlets/", "/check/")
    yield f"/statements/?q={words}&outlet={statement.article.outlet.slug}&date_after=2023"
    yield f"/statements/?q=zebra&speaker={statement.speaker.slug}"
    yield f"/statements/{statement.uid}/"
    yield f"/statements/{joint.uid}/"
    yield f"/statements/{statement.uid}/embed/"
    yield f"/statements/{retracted.uid}/"
    yield f"/actors/{statement.speaker.slug}/"
    yield f"/outlets/{statement.article.outlet.slug}/"
    yield f"/articles/{statement.article.uid}/"
    yield "/api/v1/statements/?limit=2"
    yield from ("/nothing/", "/statements/?speaker=ingrd", "/statements/?nonsense=1")


@pytest.fixture
def phone(browser: Chrome) -> Iterator[Chrome]:
    """The browser, 360 pixels wide, with axe in every page."""

    def tell(command: str, **facts: Any) -> Any:
        return browser.execute_cdp_cmd(command, facts)  # type: ignore[no-untyped-call]

    scripts = [tell("Page.addScriptToEvaluateOnNewDocument", source=each) for each in (WATCH, STEADY, AXE)]
    tell("Emulation.setDeviceMetricsOverride", width=360, height=800, deviceScaleFactor=1, mobile=False)
    yield browser
    tell("Emulation.clearDeviceMetricsOverride")
    tell("Emulation.setEmulatedMedia", features=[])
    for script in scripts:
        tell("Page.removeScriptToEvaluateOnNewDocument", **script)


#: The most that a page may move while it loads: a Cumulative Layout Shift that is "good" as web.dev has it.
#: None at all is too much to ask: a browser may paint a page while a part of it is still to come.
MOST_SHIFTED = 0.1


def faults_of(browser: Chrome, address: str) -> list[str]:
    """What a person, or a program that reads pages out, could not use."""
    faults = opened(browser, address)
    sheets = browser.execute_script("return document.styleSheets.length")  # type: ignore[no-untyped-call]
    if sheets != 1:
        faults.append(f"{sheets} style sheets")
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)  # type: ignore[no-untyped-call]
        found: Any = browser.execute_async_script(RUN, rules)  # type: ignore[no-untyped-call]
        faults += [f"{scheme}: {each}" for each in found]
    shifted: Any = browser.execute_script("return window.shifted")  # type: ignore[no-untyped-call]
    if shifted > MOST_SHIFTED:
        faults.append(f"moves by {shifted} while it loads")
    if width := browser.execute_script(TOO_WIDE):  # type: ignore[no-untyped-call]
        faults.append(f"{width} pixels wide")
    return faults


def test_every_page_is_for_everybody(phone: Chrome, live_server: LiveServer, client: Client) -> None:
    load_sample(1, statements=150)
    faults = {}
    for path in paths():
        page = client.get(path)
        found = faults_of(phone, f"{live_server.url}{path}")
        if len(page.content) > HEAVIEST:
            found.append(f"{len(page.content)} bytes")
        # Chromium complains of every answer that is no success.
        faults[path] = [each for each in found if "Failed to load resource" not in each]
    phone.get(f"{live_server.url}/check/")
    phone.find_element(By.NAME, "draft").send_keys("“It hums,” said Ada Lind. “There is no danger.”")
    follow(phone, phone.find_element(By.CSS_SELECTOR, ".check button").click)
    faults["a checked draft"] = phone.execute_async_script(RUN, None)  # type: ignore[no-untyped-call]
    assert {path: found for path, found in faults.items() if found} == {}
