"""A statement's words as a curator pastes them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.ingest.anchors import AnchorError
from articles.ingest.pasted import QuotationMarksError, parse_statement_words
from articles.ingest.statements import find_in_captures
from articles.models import Article, Statement
from articles.models.statement import GAP
from newsdb.admin import AttributedForm, PartialDateField
from newsdb.text import check_text


class WordsField(forms.CharField):
    """The parts of a quotation, one a line or divided by […]; its value is the list of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField quote"}),
            help_text="As printed, without the marks around them. The parts of an interrupted quotation stand"
            " on lines of their own or are divided by […].",
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value))
        check_text(text)
        try:
            return parse_statement_words(text)
        except QuotationMarksError as error:
            raise ValidationError(f"{error} Write each part on a line of its own.") from None

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "").split() != (data or "").split()


class StatementForm(AttributedForm):
    """Looks for the words in the texts at hand, and says where they differ."""

    partial_dates = {"said": ("said_on", "said_precision")}
    words = WordsField()
    said = PartialDateField(label="Said on")

    class Meta:
        labels = {"said_on_source_url": "Source of that date"}
        help_texts = {
            "speaker": "Who said it; empty where unnamed.",
            "translated": "Whether they were said in another language.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["words"] = self.instance.text.split(GAP)

    def clean_words(self) -> list[str]:
        words: list[str] = self.cleaned_data["words"]
        article = self._article()
        if article and "words" in self.changed_data:
            try:
                find_in_captures(article, words)
            except AnchorError as error:
                raise ValidationError(f"{error} Nothing was saved.") from None
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        before = self.instance.pk and Statement.objects.get(pk=self.instance.pk)
        public = before and before.status == "published"
        if public and cleaned.get("speaker", before.speaker) != before.speaker and not cleaned.get("reason"):
            self.add_error("reason", "Say why the speaker of published words changes: it is public.")
        return cleaned

    def _article(self) -> Article | None:
        # On the page of a statement its article is not among the fields.
        return self.cleaned_data.get("article") or (self.instance.article if self.instance.pk else None)
