"""Someone who reviews with the keys alone."""

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.articles.admin.curator import Curator


class Reviewer(Curator):
    """Someone who reviews by keys, and waits for each answer."""

    @property
    def words(self) -> str:
        return self.browser.find_element(By.ID, "words").text

    @property
    def told(self) -> str:
        return self.browser.find_element(By.ID, "said").text

    def decide(self, key: str) -> None:
        """Press a key that is answered by the server, and wait for the page that follows."""
        before = self.browser.find_element(By.ID, "review")
        self.keys(key)
        self.wait(lambda b: b.find_element(By.ID, "review") != before)

    def shifted(self, key: str) -> None:
        """Press a key together with Shift."""
        ActionChains(self.browser).key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT).perform()

    def fill_in(self, *texts: str) -> None:
        """Type into one field after the other, and leave the last; "" passes by, " " empties."""
        for number, text in enumerate(texts):
            self.keys(*[Keys.TAB] * bool(number))
            if text:
                ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a").key_up(
                    Keys.CONTROL
                ).perform()
                self.keys(Keys.BACKSPACE, text.strip())
        self.keys(Keys.ENTER)

    def choose_speaker(self, part: str) -> None:
        """Open the field by its key, type a part of a name, take the first that is offered."""
        self.keys("s", *part)
        option = ".select2-results__option--highlighted"
        self.wait(lambda b: [e for e in b.find_elements(By.CSS_SELECTOR, option) if part in e.text.lower()])
        self.keys(Keys.ENTER)
        self.wait(lambda b: b.switch_to.active_element.get_attribute("id") == "words")

    def selected(self) -> str:
        """What is highlighted while the words are corrected."""
        script = "return [...CSS.highlights.get('selected-words')].map(String).join(' | ')"
        return str(self.browser.execute_script(script))
