"""What a page has its reader do in a browser: run JavaScript, log in, press keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.articles.admin.review.reviewer import Reviewer

#: Runs a program as a module's body, and gives back what it logs.
PROGRAM = """
const done = arguments[arguments.length - 1], lines = []
const console = {log: (...values) => lines.push(values.join(' ') + '\\n')}
;(async () => { %s })().then(() => done(lines.join('')), error => done(String(error)))
"""
PASSWORD = "correct horse battery staple"


class Page(BaseHTTPRequestHandler):
    """An empty page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def another_site() -> Iterator[str]:
    """A page of another origin than newsdb's. One of none, as data:, may not fetch from this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def browsing(browser: Chrome, url: str) -> Callable[[str, str], str]:
    """Do in ``browser`` what a step says: a program, or `review KEY…` as the user ines."""

    def browse(kind: str, text: str) -> str:
        if kind == "js":
            with another_site() as address:
                browser.get(address)
                return str(browser.execute_async_script(PROGRAM % text))
        name, *keys = text.split()
        assert name == "review", text
        reviewer = Reviewer(browser, url)
        browser.delete_all_cookies()
        reviewer.open("/admin/")
        reviewer.type(username="ines", password=PASSWORD)
        reviewer.press("Log in")
        reviewer.open("/admin/articles/proposal/queue/")
        reviewer.keys(Keys.ENTER)
        reviewer.wait(lambda b: b.find_elements(By.ID, "words"))
        for key in keys:
            reviewer.decide(key)
        return ""

    return browse
