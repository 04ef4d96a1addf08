"""Reading the page at ``/`` as a visitor would."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Page(HTMLParser):
    """What stands on a page: its text on one line, its links by text, the marked words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.marked: list[str] = []
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self._words: list[str] = []
        self._open: dict[str, list[str]] = {}
        self._href = ""
        self.feed(html)
        self.text = " ".join("".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open[tag] = []
        if tag == "a":
            self._href = dict(attrs)["href"]

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        for words in self._open.values():
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._open.pop(tag, [])).split())
        if tag == "a":
            self.links[text] = self._href
        if tag == "mark":
            self.marked.append(text)


def see(client: Client) -> Page:
    response = client.get("/")
    assert response.status_code == 200
    return Page(response.content.decode())
