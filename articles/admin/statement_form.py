"""The form of a statement."""

from typing import Any

from django.core.exceptions import ValidationError

from articles.admin.words import EnteredWords, WordsField
from articles.models import Article, Statement
from articles.models.choices import Kind
from articles.models.statement import GAP
from articles.reading.anchors import AnchorError
from articles.services.anchoring import AmbiguousInCaptureError, find_places
from articles.services.corrections import REASON_FOR_SPEAKER, needs_reason_for
from newsdb.admin import AttributedForm, PartialDateField
from newsdb.admin.autocomplete import is_id


class StatementForm(AttributedForm):
    """Finds the words in the stored texts; reports where they differ or are ambiguous."""

    partial_dates = {"said": ("said_on", "said_precision")}
    words = WordsField()
    said = PartialDateField(label="Said on")

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
        if isinstance(entered, EnteredWords):
            self._read_words(cleaned, entered)
        if self.instance.pk and "speaker" in cleaned and not cleaned.get("reason"):
            before = Statement.objects.get(pk=self.instance.pk)
            if needs_reason_for(statement=before, speaker=cleaned["speaker"]):
                self.add_error("reason", REASON_FOR_SPEAKER)
        return cleaned

    def _read_words(self, cleaned: dict[str, Any], entered: EnteredWords) -> None:
        """Replace the entered words by their parts as found in the stored texts."""
        if "words" not in self.changed_data:
            return
        article = cleaned.get("article") or (self.instance.article if self.instance.pk else None)
        try:
            words = entered.read(article, quoted=cleaned.get("kind") != Kind.INDIRECT)
            if not words.parts:
                raise ValidationError("This field is required.")
            if article:
                find_places(article=article, wording=words)
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
