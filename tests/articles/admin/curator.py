"""Someone who curates with a browser."""

from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browsing import follow


class Curator:
    """Someone with a browser."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser, self.address = browser, address

    def log_in(self, username: str) -> None:
        """As a user of the tests, who all have one password."""
        self.open("/admin/")
        self.type(username=username, password="password")
        self.press("Log in")

    def open(self, path: str) -> None:
        self.browser.get(f"{self.address}{path}")

    def type(self, **filled: str) -> None:
        for name, text in filled.items():
            field = self.browser.find_element(By.NAME, name)
            field.clear()
            field.send_keys(text)

    def press(self, label: str) -> None:
        button = self.browser.find_element(By.CSS_SELECTOR, f"input[type=submit][value='{label}']")
        follow(self.browser, button.click)

    def follow(self, text: str) -> None:
        follow(self.browser, self.browser.find_element(By.PARTIAL_LINK_TEXT, text).click)

    def tool(self, end: str) -> None:
        """Follow the button on a record's page that leads to an address with this end."""
        button = self.browser.find_element(By.CSS_SELECTOR, f".object-tools a[href$='{end}']")
        follow(self.browser, button.click)

    def choose(self, field: str, part: str) -> None:
        """Type a part of a name where one is completed, and take the first that is offered."""
        self.browser.find_element(By.CSS_SELECTOR, f"#id_{field} + .select2 .select2-selection").click()
        self.browser.find_element(By.CSS_SELECTOR, ".select2-search__field").send_keys(part)
        option = ".select2-results__option--highlighted"

        def take(browser: Chrome) -> bool:
            offered = [e for e in browser.find_elements(By.CSS_SELECTOR, option) if part in e.text.lower()]
            for element in offered[:1]:
                element.click()
            return bool(offered)

        self.wait(take)

    def keys(self, *pressed: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        for key in pressed:
            ActionChains(self.browser).send_keys(key).perform()

    def wait(self, condition: Any) -> None:
        # What is completed is drawn anew with each answer, maybe just while one looks.
        stale = [StaleElementReferenceException]
        WebDriverWait(self.browser, 20, poll_frequency=0.02, ignored_exceptions=stale).until(condition)

    def refused_by_policy(self) -> list[str]:
        """What the content security policy kept from running or from being shown."""
        log: Any = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in log if "Content Security Policy" in entry["message"]]
