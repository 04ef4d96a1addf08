"""The form of a decision, with every field of a proposal that can be corrected."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import QueryDict

from actors.models import Actor
from articles.admin.review.passage import Passage, selected
from articles.models import Proposal, Statement
from articles.models.choices import Kind
from articles.models.statement import GAP
from articles.reading.anchors import AnchorError, find_anchor
from articles.reading.parts import find_parts
from articles.reading.pasted import QuotationMarksError, parse_statement_words
from articles.reading.spans import Span
from articles.services.corrections import CLEARED_WITH_SPEAKER, changes_speaker
from newsdb.admin import PartialDateField
from newsdb.admin.autocomplete import Autocomplete
from newsdb.admin.dates import partial_date
from newsdb.admin.forms import REASON_LENGTH
from newsdb.text import check_text

#: The value of `asked` for publishing a proposal without a speaker.
NOBODY = "none"
#: Actors listed if a name is ambiguous.
MOST_NAMED = 9
#: Fields that depend on the speaker.
OF_THE_SPEAKER = ("speaker_label", "cue", "audience", "said", "said_on_source_url")
ASKED = (
    "You chose another speaker: enter the speaker as the page prints it here. The cue, audience and date"
    " were the other speaker's and are now empty: enter what the text says."
)
LABEL_REQUIRED = "Enter the speaker as the page prints it: select the words in the text, or type them."


def _column(name: str, **options: Any) -> Any:
    """The form field of a column of statements."""
    return Statement._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]


def speaker_widget() -> Autocomplete:
    """Picks an actor by a part of a name."""
    field = Statement._meta.get_field("speaker")
    return Autocomplete(field, admin.site, attrs={"data-placeholder": "Type a part of a name"})


class DecisionForm(forms.Form):
    """The corrections; the button that was pressed is the decision."""

    speaker = forms.ModelChoiceField(Actor.objects.not_merged(), required=False, label="Speaker")
    #: For use without JavaScript.
    speaker_named = forms.CharField(required=False, max_length=200, label="Speaker, by name or address")
    speaker_label = _column("speaker_label", label="As printed")
    cue = _column("cue", label="Cue")
    audience = _column("audience", label="To whom")
    said = PartialDateField(label="Said on")
    said_on_source_url = _column("said_on_source_url", label="Source of the date")
    kind = forms.ChoiceField(choices=Kind.choices, label="Kind")
    language = _column("language", label="Language")
    translated = _column("translated", label="Translated")
    name = forms.CharField(required=False, max_length=200, label="New actor")
    #: As ``passage.selected`` reads it.
    spans = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        label="Reason",
        help_text="Public in the history. Required if the words are already public.",
    )
    #: The speaker to whom label, cue, audience and day belong, if not the one that was read.
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    #: The actor that was created for the decision.
    made: Actor | None = None

    def __init__(
        self, data: QueryDict | None, proposal: Proposal, chosen: Actor | None = None, label: str = ""
    ) -> None:
        self.proposal = proposal
        self.read = {
            **{name: getattr(proposal.statement, name) for name in ("kind", "language", "translated")},
            **{name: getattr(proposal.statement, name) for name in OF_THE_SPEAKER if name != "said"},
            "said": partial_date(proposal.statement.said_on, proposal.statement.said_precision),
        }
        initial = self.read | {"name": proposal.name, "speaker": chosen}
        if chosen and self._changes_speaker(chosen):
            initial |= dict.fromkeys(OF_THE_SPEAKER, "") | {"asked": str(chosen.pk), "speaker_label": label}
        super().__init__(data, initial=initial, auto_id="id_%s")
        self.fields["speaker"].widget = widget = speaker_widget()
        widget.choices = self.fields["speaker"].choices  # type: ignore[attr-defined]
        for name, value in self.read.items():
            # The script compares with these values to find changes and restore them.
            self.fields[name].widget.attrs["data-read"] = _written(value)

    @property
    def is_opened(self) -> bool:
        """Whether to show the fields below the buttons: one is required, filled in or invalid."""
        filled_in = any(
            not _same(_typed_in(self[name].value()), _written(self.read[name])) for name in self.read
        )
        return bool(self.errors or self["asked"].value() or filled_in)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_text("".join(value for value in cleaned.values() if isinstance(value, str)))
        if named := cleaned.get("speaker_named"):
            cleaned["speaker"] = _named(named)
        return cleaned

    def refusals(self) -> Iterator[str]:
        """The errors of the form, each with its field."""
        for name, errors in self.errors.items():
            label = f"{self.fields[name].label or name}: " if name in self.fields else ""
            yield from (f"{label}{error}" for error in errors)

    def corrections(self, passage: Passage, speaker: Actor | None) -> dict[str, Any]:
        """The corrections, as ``review.correct`` takes them, if these are the words of ``speaker``.

        Raises ``ValidationError``, also to ask how the text names a speaker other than the one that was read.
        """
        statement, said = self.proposal.statement, self.cleaned_data["said"]
        stated = {name: self.cleaned_data[name] for name in self.read if name != "said"}
        stated |= {"said_on": said.first if said else None, "said_precision": said.precision if said else ""}
        changes = {
            name: value for name, value in stated.items() if not _same(value, getattr(statement, name))
        }
        if self._changes_speaker(speaker):
            self._ask(speaker)
            changes |= {name: stated[name] for name in ("speaker_label", *CLEARED_WITH_SPEAKER)}
        if speaker and speaker != statement.speaker:
            changes["speaker"] = speaker
        if spans := self._spans(passage):
            changes["spans"] = spans
        return changes

    def _changes_speaker(self, speaker: Actor | None) -> bool:
        return changes_speaker(statement=self.proposal.statement, speaker=speaker, name=self.proposal.name)

    def _ask(self, speaker: Actor | None) -> None:
        """Raise ``ValidationError`` unless the fields are filled in for this speaker.

        Values as they were read are cleared first: they belong to another speaker.
        """
        key = str(speaker.pk) if speaker else NOBODY
        cleaned = self.cleaned_data
        if cleaned["asked"] != key:
            stale = [
                name for name in OF_THE_SPEAKER if cleaned[name] and _same(cleaned[name], self.read[name])
            ]
            self.data = self.data.copy()  # type: ignore[attr-defined]
            for name, value in {**dict.fromkeys(stale, ""), "asked": key}.items():
                self.data[name] = value  # type: ignore[index]
            if stale or not cleaned["speaker_label"]:
                raise ValidationError(ASKED)
        if not cleaned["speaker_label"]:
            raise ValidationError(LABEL_REQUIRED)

    def _spans(self, passage: Passage) -> list[Span]:
        text = self.proposal.capture.text or ""
        if chosen := self.cleaned_data["spans"]:
            return selected(chosen, text, passage.shown.start)
        try:
            typed = parse_statement_words(self.cleaned_data["words"])
        except QuotationMarksError as error:
            raise ValidationError(str(error)) from None
        return (
            _typed(typed, text, passage) if typed and typed != self.proposal.statement.text.split(GAP) else []
        )


def _named(name: str) -> Actor:
    """The one actor with a name or slug. Raises ``ValidationError``."""
    found = list(Actor.objects.found_by(name).not_merged()[:MOST_NAMED])
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(f"No actor is called “{name}”.")
    which = ", ".join(f"{actor} ({actor.slug})" for actor in found)
    raise ValidationError(f"“{name}” is ambiguous: {which}. Give the slug.")


def _same(typed: Any, read: Any) -> bool:
    """Whether a field is unchanged; a single-line input drops line breaks."""
    if isinstance(typed, str) and isinstance(read, str):
        return typed.split() == read.split()
    return bool(typed == read)


def _typed_in(value: Any) -> str:
    """The value of a form field; an unknown choice is empty."""
    return "" if value == "unknown" else _written(value)


def _written(value: Any) -> str:
    """The value that was read, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split()) if value is not None else ""


def _typed(words: list[str], text: str, passage: Passage) -> list[Span]:
    """The positions of typed words; a single ambiguous part keeps the position where it was read."""
    try:
        if len(words) == 1 and (places := find_anchor(text, words[0])):
            about = text.find(passage.parts[0], passage.shown.start) if passage.parts else 0
            places = [min(places, key=lambda place: abs(place.start - about))]
        else:
            places = find_parts(text, words)
    except AnchorError as error:
        raise ValidationError(str(error)) from None
    return [Span(place.start, place.end) for place in places]
