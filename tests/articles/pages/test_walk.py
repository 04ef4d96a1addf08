"""From the first page to a sentence and its evidence, in a browser: with the keys alone, and the mouse."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import presence_of_element_located as present
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element as text_in
from selenium.webdriver.support.wait import WebDriverWait

from articles.export.release import write_release
from tests.docs.newcomer import serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_store]
#: What the page of a statement says alike on every instance: who and when, the passage, the evidence.
SAID = ("h1", "blockquote", "dl")


class Visitor:
    """Somebody at a browser with ``keys`` alone, or else with the mouse for all but typing."""

    def __init__(self, browser: Chrome, *, keys: bool) -> None:
        self.browser, self.keys = browser, keys

    def choose(self, selector: str) -> None:
        """Press what is at ``selector``, once that is there: a link, a button or a field."""
        element = self.wait_for(present((By.CSS_SELECTOR, selector)))
        if not self.keys:
            element.click()
            return
        self._reach(element)
        if element.tag_name != "input":
            self.press(Keys.ENTER)

    def wait_for(self, condition: Callable[[Chrome], Any]) -> Any:
        """What ``condition`` returns once it holds."""
        return WebDriverWait(self.browser, 10).until(condition)

    def press(self, *keys: str) -> None:
        """Press keys, or type text, wherever one is."""
        ActionChains(self.browser).send_keys(*keys).perform()

    def _reach(self, element: WebElement) -> None:
        for _ in range(60):
            if self.browser.switch_to.active_element == element:
                return
            self.press(Keys.TAB)
        raise AssertionError(f"no key leads to {element.get_attribute('outerHTML')}")

    def said(self) -> list[str]:
        """What the page of a statement says."""
        return [self.browser.find_element(By.CSS_SELECTOR, f"main {tag}").text for tag in SAID]


def walk(visitor: Visitor, site: str) -> tuple[list[str], str]:
    """From the first page of ``site`` to Austin's sentence: what its page says, and the link copied there."""
    visitor.browser.get(f"{site}/")
    visitor.choose("#q")
    visitor.press("impacts europe pacific")
    visitor.choose("form.search button")
    visitor.choose(".results li:only-child blockquote a")
    visitor.choose("[data-copy=link]")
    visitor.wait_for(text_in((By.CSS_SELECTOR, "[data-copy=link]"), "Copied"))
    copied = visitor.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied == visitor.browser.current_url
    return visitor.said(), copied


def test_a_sentence_is_found_and_its_link_opens_elsewhere(
    browser: Chrome,
    live_server: LiveServer,
    settings,
    tmp_path: Path,
    manage: Callable[..., subprocess.CompletedProcess],
) -> None:
    settings.PUBLIC_URL = live_server.url
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": live_server.url}
    browser.execute_cdp_cmd("Browser.grantPermissions", grant)  # type: ignore[no-untyped-call]
    call_command("loaddata", "north_korea_russia", verbosity=0)

    said, copied = walk(Visitor(browser, keys=True), live_server.url)
    who, passage, evidence = said
    assert who == "Lloyd Austin, 23 October 2024"
    assert "War zone: “If they’re co-belligerents" in passage
    assert "in the Indo-Pacific as well.”" in passage
    for proof in ("according to stonewallreview.com", "The Hill", "matched on", "3107–3339", "SHA-256 "):
        assert proof in evidence
    assert walk(Visitor(browser, keys=False), live_server.url) == (said, copied)

    write_release(tmp_path / "release")
    database = tmp_path / "another.sqlite3"
    manage("migrate", "--verbosity=0", url=f"sqlite:///{database}")
    manage("import_dataset", tmp_path / "release", url=f"sqlite:///{database}")
    with serving(tmp_path, database) as port:
        browser.get(f"http://127.0.0.1:{port}{urlsplit(copied).path}")
        assert Visitor(browser, keys=False).said() == said
