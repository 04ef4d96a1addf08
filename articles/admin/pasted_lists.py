"""Parses lists of links pasted as printed, previews them, and saves them in order."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponseRedirect

from articles.admin.columns import published
from articles.models import Article, RelatedLink
from articles.reading.printed_links import PrintedLinkError, parse_lists
from articles.services.related_lists import read_links, save_list
from newsdb.admin import AttributedAdmin, address_of
from newsdb.admin.write_errors import explain_with_link
from newsdb.dates import FIRST_YEAR, LAST_YEAR
from newsdb.ledger import attributed
from newsdb.models.write_errors import WRITE_ERRORS
from newsdb.text import check_text

EXAMPLE = """Topics
-
Bridge reopens after a year
Local - The Valley Post - November 9 -
Who pays for the bridge?
Opinion - The Courier - 5 days ago"""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A parsed list: its heading, and its links as they would be saved."""

    title: str
    links: list[RelatedLink]

    @property
    def rows(self) -> list[tuple[RelatedLink, str]]:
        """Each link with the date it resolves to, or ""."""
        return [(link, published(link)) for link in self.links]


class PastedListsForm(forms.Form):
    """The text of one or more lists; once the form is valid, ``lists`` has the parsed lists."""

    pasted = forms.CharField(
        label="Lists as printed",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField", "placeholder": EXAMPLE}),
        help_text="A heading, a dash, then two lines per link: the title, then section - outlet - date. You"
        " may paste several lists.",
    )
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="The year of dates that are printed without one. If empty, those dates stay unknown.",
        widget=forms.NumberInput(attrs={"class": "year"}),
    )

    def __init__(self, data: Any, article: Article) -> None:
        super().__init__(data)
        self.article = article

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "pasted" in cleaned and "year" in cleaned:
            try:
                cleaned["lists"] = _read(self.article, cleaned["pasted"], cleaned["year"])
            except PrintedLinkError as error:
                self.add_error("pasted", str(error))
            except ValidationError as error:
                self.add_error("pasted", error)
        return cleaned


def _read(article: Article, pasted: str, year: int | None) -> list[ReadList]:
    check_text(pasted)
    # "5 days ago" counts from the time of capture, where there is exactly one.
    times = set(article.captures.exclude(captured_at=None).values_list("captured_at", flat=True))
    captured_at = times.pop() if len(times) == 1 else None
    lists = [
        ReadList(found.title, read_links(found.links, captured_at=captured_at, year=year))
        for found in parse_lists(pasted)
    ]
    if not any(found.links for found in lists):
        raise ValidationError("The pasted text contains no links.")
    for found in lists:
        for link in found.links:
            try:
                link.clean_fields(exclude=["related_list"])
            except ValidationError as error:
                raise ValidationError(f"“{link.title[:60]}”: {' '.join(error.messages)}") from None
    return lists


def paste_page(model_admin: AttributedAdmin, request: HttpRequest, article: Article) -> Any:
    """Take the text, preview the parsed lists, and save them once they are confirmed unchanged."""
    form = PastedListsForm(request.POST or None, article)
    lists: list[ReadList] = []
    if request.method == "POST" and form.is_valid():
        lists = form.cleaned_data["lists"]
        # Only what was previewed is saved: an edit after the preview leads to another preview.
        if "_save" in request.POST and request.POST.get("seen") == _seen(form):
            try:
                with attributed(by=request.user.get_username()):
                    _save(article, lists)
            except WRITE_ERRORS as error:
                for message in explain_with_link(error):
                    form.add_error(None, message)
            else:
                links = sum(len(found.links) for found in lists)
                plural = "" if len(lists) == 1 else "s"
                text = f"Saved {links} links in {len(lists)} list{plural}, in the order printed."
                model_admin.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(address_of(article))
    return model_admin.page(
        request,
        "articles/admin/paste_list.html",
        "Paste a related list",
        article,
        {"form": form, "lists": lists, "seen": _seen(form) if lists else ""},
    )


def _seen(form: PastedListsForm) -> str:
    text = f"{form.cleaned_data['year']}\n{form.cleaned_data['pasted']}"
    return hashlib.sha256(text.encode()).hexdigest()


def _save(article: Article, lists: list[ReadList]) -> None:
    with transaction.atomic():
        last = article.related_lists.aggregate(last=Max("position"))["last"]
        for position, found in enumerate(lists, start=0 if last is None else last + 1):
            save_list(article=article, title=found.title, position=position, links=found.links)
