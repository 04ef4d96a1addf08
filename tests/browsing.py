"""What a test does with a browser, wherever it is."""

from collections.abc import Callable

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait


def follow(browser: Chrome, act: Callable[[], object]) -> None:
    """Do what leads to another page, such as a click, and wait until the browser shows that one."""
    before = browser.find_element(By.TAG_NAME, "html")

    def is_shown(browser: Chrome) -> bool:
        if browser.find_element(By.TAG_NAME, "html") == before:
            return False
        return browser.execute_script("return document.readyState") == "complete"  # type: ignore[no-untyped-call]

    act()
    WebDriverWait(browser, 20, poll_frequency=0.02).until(is_shown)
