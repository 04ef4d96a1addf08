"""The admin as a browser sees it: forms read from their HTML, filled in and sent back."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

#: Inputs that are sent only when they are pressed, filled or checked.
_UNSENT = {"submit", "file", "checkbox", "radio"}


class _Forms(HTMLParser):
    """What each form of a page would send, by field; files and unpressed buttons left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.textarea = self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        name, form = a.get("name") or "", self.forms[-1]
        if tag == "textarea":
            self.textarea = name
            form[name] = ""
        elif tag == "select":
            self.select = name
            form[name] = ""
        elif tag == "option" and self.select and ("selected" in a or not form[self.select]):
            form[self.select] = a.get("value") or ""
        elif tag == "input" and name and ("checked" in a or a.get("type") not in _UNSENT):
            form[name] = a.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops the line break that the template puts first.
            self.forms[-1][self.textarea] = self.forms[-1][self.textarea].removeprefix("\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.forms[-1][self.textarea] += data


def form_of(html: str) -> dict[str, Any]:
    """What the form of a page would send as it stands; the others are for search and logging out."""
    return max(_Forms(html).forms, key=len)


def submit(client: Client, url: str, page: Any = None, **filled: Any) -> Any:
    """Fill in the form at ``url`` (or on ``page``, an answer already received) and send it.

    Follows redirects. A list's rows are filled by their names, as in ``**{"bylines-0-author": 7}``.
    """
    page = page or client.get(url)
    data = form_of(page.content.decode()) | {k: "" if v is None else v for k, v in filled.items()}
    return client.post(url, data, follow=True)


def said(response: Any) -> str:
    """The text of a page, without tags and with single spaces."""
    return " ".join(unescape(strip_tags(response.content.decode().replace("<", " <"))).split())


def messages(response: Any) -> list[str]:
    """What the admin told the curator."""
    return [strip_tags(str(message)) for message in response.context["messages"]]
