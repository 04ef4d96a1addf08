"""The field for a statement's words: pasted, or selected in the article's text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.admin.review.passage import selected
from articles.models import Article, Capture, Statement
from articles.reading.pasted import QuotationMarksError, parse_statement_words
from articles.services.anchoring import AmbiguousInCaptureError, KnownStarts, Words
from newsdb.admin.autocomplete import is_id
from newsdb.text import check_text

#: The number of code points shown of a text.
MOST_SHOWN = 200_000


@dataclass(frozen=True, slots=True)
class EnteredWords:
    """What a curator entered.

    ``typed`` has the words, one part per line. ``spans`` has their selected positions in the text of
    ``capture``, in the form that ``passage.selected`` takes. ``places`` has the position chosen for each part
    that occurs several times: a capture's id and a start, as in ``7:120``. The choices were for the words
    ``offered_for``.
    """

    typed: str
    spans: str = ""
    capture: str = ""
    offered_for: str = ""
    places: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.typed

    def read(self, article: Article | None, *, quoted: bool) -> Words:
        """The parts, and their starts where given. Raises ``ValidationError``."""
        if self.spans and (capture := _capture(article, self.capture)):
            spans = selected(self.spans, capture.text or "", 0)
            words = [span.of(capture.text or "") for span in spans]
            if _plain("\n".join(words)) == _plain(self.typed):
                return Words(words, KnownStarts(capture, [span.start for span in spans]))
        try:
            words = parse_statement_words(self.typed, quoted=quoted)
        except QuotationMarksError as error:
            raise ValidationError(f"{error} Write each part on a separate line.") from None
        return Words(words, self._known(article, len(words)))

    def _known(self, article: Article | None, parts: int) -> KnownStarts | None:
        if _plain(self.offered_for) != _plain(self.typed):
            return None
        chosen = {part: value.partition(":") for part, value in self.places.items()}
        capture = _capture(article, next((key for key, _, _ in chosen.values()), ""))
        starts = [chosen.get(part, ("", "", ""))[2] for part in range(parts)]
        if capture is None or not any(map(is_id, starts)):
            return None
        return KnownStarts(capture, [int(start) if is_id(start) else None for start in starts])


class WordsWidget(forms.Textarea):
    """A text area, with the article's texts and a choice of positions for words that occur several times."""

    template_name = "articles/admin/words.html"
    article: Article | None = None
    statement: Statement | None = None
    ambiguous: AmbiguousInCaptureError | None = None

    class Media:
        css = {"all": ("articles/words.css",)}
        js = ("articles/word_selection.js", "articles/words.js")

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["entered"] = value if isinstance(value, EnteredWords) else EnteredWords(str(value or ""))
        context["choices"] = list(self._choices(context["entered"]))
        context["texts"] = list(self._texts())
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> EnteredWords:
        place = f"{name}_place_"
        places = {key.removeprefix(place): data[key] for key in data if key.startswith(place)}
        return EnteredWords(
            data.get(name) or "",
            data.get(f"{name}_spans") or "",
            data.get(f"{name}_capture") or "",
            data.get(f"{name}_offered_for") or "",
            {int(part): str(value) for part, value in places.items() if is_id(part)},
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def _choices(self, entered: EnteredWords) -> Any:
        """For each part that occurs in several places: its index, its words, and the places."""
        if self.ambiguous is None:
            return
        for part, places in self.ambiguous.places.items():
            values = [(f"{self.ambiguous.capture.pk}:{place.start}", place) for place in places]
            yield part, places[0].exact, values, entered.places.get(part)

    def _texts(self) -> Any:
        """The stored texts: each capture, its text as HTML, and whether all of it is shown."""
        if self.article is None or not self.article.pk:
            return
        for capture in self.article.captures.exclude(text=None):
            text = capture.text or ""
            yield capture, self._marked(capture, text[:MOST_SHOWN]), len(text) > MOST_SHOWN

    def _marked(self, capture: Capture, text: str) -> SafeString:
        """The text, with the words of the edited statement marked."""
        pieces, place = [], 0
        anchors = self.statement.anchors.all() if self.statement else ()
        for anchor in sorted(anchors, key=lambda anchor: anchor.start):
            if anchor.capture_id == capture.pk and place <= anchor.start < anchor.end <= len(text):
                pieces += [("", text[place : anchor.start]), ("now", text[anchor.start : anchor.end])]
                place = anchor.end
        pieces.append(("", text[place:]))
        html = format_html_join("", '<span class="{}">{}</span>', pieces)
        # Parsing HTML turns a bare carriage return into a line feed; later positions would be wrong.
        return mark_safe(html.replace("\r", "&#13;"))  # noqa: S308 - every piece was escaped


class WordsField(forms.Field):
    """The parts of a quotation, one per line or separated by […]; its value is ``EnteredWords``."""

    widget = WordsWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=WordsWidget(attrs={"rows": 4, "class": "vLargeTextField quote"}),
            help_text="The words as printed, without the quotation marks around them. Separate the parts of"
            " an interrupted quotation by line breaks, by […], or by the reporting clause between their"
            " marks.",
            **kwargs,
        )

    def to_python(self, value: Any) -> EnteredWords:
        words = value if isinstance(value, EnteredWords) else EnteredWords(str(value or ""))
        check_text(words.typed)
        return words

    def validate(self, value: EnteredWords) -> None:
        super().validate(value.typed.strip())

    def has_changed(self, initial: Any, data: Any) -> bool:
        if not isinstance(data, EnteredWords):
            return super().has_changed(initial, data)
        return bool(data.spans or data.places) or _plain(initial or "") != _plain(data.typed)


def _capture(article: Article | None, key: str) -> Capture | None:
    """The capture with this id, if it belongs to the article and its text is stored."""
    if article is None or not is_id(key):
        return None
    return article.captures.exclude(text=None).filter(pk=key).first()


def _plain(typed: str) -> Sequence[str]:
    """Compares EnteredWords, ignoring how browsers send line breaks."""
    return typed.split()
