"""Submission of a page, pasted or as a file, with its known metadata; its review opens at once."""

import io
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect

from articles.admin.captured_text import LARGEST
from articles.admin.review.queue import Queue
from articles.ingest.load import LoadError, Outcome, load_document
from articles.models import Capture, Outlet
from articles.reading.budget import OverBudgetError
from articles.reading.documents import Document, DocumentError, Refused, read_documents
from articles.reading.documents.rows import read_language
from articles.reading.page import DeclaredMetadata
from newsdb.admin import AttributedAdmin, address_of
from newsdb.dates import PartialDate, latest_day
from newsdb.text import check_text

RESULTS = {
    "created": "The page is recorded, and its article is new.",
    "updated": "The page is recorded, with what is new in it.",
    "unchanged": "This page was recorded before; nothing changed.",
}


class PageForm(forms.Form):
    """A page as text or HTML, pasted or as a file; ``document`` is the page, once the form is valid."""

    pasted = forms.CharField(
        required=False,
        strip=False,
        label="The page, pasted",
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField", "autofocus": True}),
        help_text="The page's text as printed, with headline, authors and date, or its HTML. Press"
        " Ctrl+Enter to add it.",
    )
    file = forms.FileField(
        required=False,
        label="Or the file",
        help_text="Text or HTML, 2 MB at most. You can drop the file here.",
    )
    headline = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="If the page does not print it.",
    )
    outlet = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "list": "outlets"}),
        help_text="The publisher, if the page does not name it. A known name selects that outlet.",
    )
    source_url = forms.CharField(
        required=False,
        max_length=2000,
        label="Address",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text="The page's URL.",
    )
    captured_at = forms.SplitDateTimeField(
        required=False, widget=AdminSplitDateTime, help_text="When it was captured (UTC)."
    )
    published_on = forms.CharField(
        required=False,
        max_length=10,
        label="Published",
        widget=forms.TextInput(attrs={"size": 10, "placeholder": "2024-10-23"}),
        help_text="The publication date (a day, month or year), if the page does not print it.",
    )
    language = forms.CharField(
        required=False,
        max_length=35,
        widget=forms.TextInput(attrs={"size": 10, "placeholder": "en-GB"}),
        help_text="The page's language as a BCP 47 tag, if the page does not declare it.",
    )
    document: Document

    def clean_language(self) -> str:
        try:
            return read_language(self.cleaned_data["language"].strip())
        except DocumentError as error:
            raise ValidationError(str(error)) from None

    def clean_published_on(self) -> PartialDate | None:
        written = self.cleaned_data["published_on"].strip()
        try:
            day = PartialDate.parse(written) if written else None
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if day and day.first > latest_day():
            raise ValidationError("This is in the future.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pasted, file = cleaned.get("pasted", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if bool(pasted.strip()) == bool(file):
            raise ValidationError("Either paste the page or choose a file.")
        for text in (cleaned["headline"], cleaned["outlet"], cleaned["source_url"]):
            check_text(text)
        self.document = self._read(pasted, file)
        return cleaned

    def _read(self, pasted: str, file: Any) -> Document:
        if file and file.size > LARGEST:
            raise ValidationError({"file": "The file is larger than 2 MB."})
        # Browsers send every line break as CR LF, whatever was pasted.
        content = file.read() if file else pasted.replace("\r\n", "\n").replace("\r", "\n").encode()
        found = list(read_documents(io.BytesIO(content), name=file.name if file else "the page"))
        if len(found) != 1:
            raise ValidationError("Submit one page. To load a file of many pages, use the command `ingest`.")
        (document,) = found
        if isinstance(document, Refused):
            raise ValidationError({"file" if file else "pasted": document.reason})
        given = DeclaredMetadata(
            outlet=self.cleaned_data["outlet"].strip(),
            headline=self.cleaned_data["headline"].strip(),
            language=self.cleaned_data["language"],
            published=self.cleaned_data["published_on"],
        )
        return replace(
            document,
            id="the page",
            source_url=self.cleaned_data["source_url"].strip() or document.source_url,
            captured_at=self.cleaned_data["captured_at"] or document.captured_at,
            declared=given.over(document.declared),
        )


def receive_page(model_admin: AttributedAdmin, request: HttpRequest) -> Any:
    """Take a page, then go to the first undecided proposal of its article, or else to the article."""
    form = PageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = load_document(form.document, by=request.user.get_username())
        except (DocumentError, LoadError, OverBudgetError) as error:
            form.add_error(None, str(error))
        else:
            _tell(model_admin, request, outcome)
            return HttpResponseRedirect(_next(outcome.capture))
    names = Outlet.objects.not_merged().order_by("name").values_list("name", flat=True)[:500]
    context = {"form": form, "outlets": names, "media": model_admin.media + form.media}
    return model_admin.page(request, "articles/admin/receive.html", "Add a page", None, context)


def _tell(model_admin: AttributedAdmin, request: HttpRequest, outcome: Outcome) -> None:
    waiting = len(outcome.proposals)
    found = f" {waiting} statement{'s' * (waiting != 1)} proposed." if outcome.action != "unchanged" else ""
    model_admin.message_user(request, f"{RESULTS[outcome.action]}{found}", messages.SUCCESS)
    for note in outcome.notes:
        model_admin.message_user(request, note, messages.WARNING)


def _next(capture: Capture) -> str:
    queue = Queue(None, capture.article_id, "")
    first = queue.first()
    return queue.address(first) if first else address_of(capture.article)
