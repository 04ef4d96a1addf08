"""The form of a statement."""

from typing import Any

from django.core.exceptions import ValidationError

from articles.admin.words import Words, WordsField
from articles.models import Article, Statement
from articles.models.statement import GAP, Kind
from articles.reading.anchors import AnchorError
from articles.services.statements import AmbiguousInCaptureError, KnownStarts, find_in_captures
from newsdb.admin import AttributedForm, PartialDateField
from newsdb.admin.autocomplete import is_id


class StatementForm(AttributedForm):
    """Finds the words in the texts at hand; reports where they differ or are ambiguous."""

    partial_dates = {"said": ("said_on", "said_precision")}
    words = WordsField()
    said = PartialDateField(label="Said on")
    #: Where the words start, if the curator chose that.
    known: KnownStarts | None = None

    class Meta:
        labels = {"said_on_source_url": "Source of that date"}
        help_texts = {
            "speaker": "Who said it; empty if unnamed.",
            "translated": "Whether they were said in another language.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["words"] = "\n".join(self.instance.text.split(GAP))
        if words := self.fields.get("words"):
            widget: Any = words.widget
            widget.article = self._shown_article()
            widget.statement = self.instance if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        entered = cleaned.get("words")
        if isinstance(entered, Words):
            self._read_words(cleaned, entered)
        before = self.instance.pk and Statement.objects.get(pk=self.instance.pk)
        public = before and before.status == "published"
        if public and cleaned.get("speaker", before.speaker) != before.speaker and not cleaned.get("reason"):
            self.add_error("reason", "Give a reason for the new speaker of published words; it is public.")
        return cleaned

    def _read_words(self, cleaned: dict[str, Any], entered: Words) -> None:
        """Make the words that were entered a list of parts, which stand in the texts at hand."""
        if "words" not in self.changed_data:
            cleaned["words"] = self.instance.text.split(GAP)
            return
        article = cleaned.get("article") or (self.instance.article if self.instance.pk else None)
        try:
            words, self.known = entered.read(article, quoted=cleaned.get("kind") != Kind.INDIRECT)
            if not words:
                raise ValidationError("This field is required.")
            if article:
                find_in_captures(article, words, self.known)
        except ValidationError as error:
            self.add_error("words", error)
        except AmbiguousInCaptureError as error:
            widget: Any = self.fields["words"].widget
            widget.ambiguous = error
            self.add_error("words", f"{error} Choose below. Nothing was saved.")
        except AnchorError as error:
            self.add_error("words", f"{error} Nothing was saved.")
        else:
            cleaned["words"] = words

    def _shown_article(self) -> Article | None:
        """The article of the page, if it is known before the form is bound."""
        if self.instance.pk:
            return self.instance.article
        chosen = str(self.data.get("article") if self.is_bound else self.initial.get("article"))
        return Article.objects.filter(pk=chosen).first() if is_id(chosen) else None
