"""What a person decides on the page of a proposal."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from actors.models import Actor
from actors.models import Kind as ActorKind
from articles.admin.review.passage import Passage, selected
from articles.ingest.anchors import AnchorError, find_anchor
from articles.ingest.parts import find_parts
from articles.ingest.pasted import QuotationMarksError, parse_statement_words
from articles.ingest.review import accept, correct, make_actor, reject, undo
from articles.ingest.review.deciding import refuse_decided
from articles.ingest.review.undoing import TAKEN_BACK
from articles.ingest.spans import Span
from articles.models import Proposal, Statement
from articles.models.statement import GAP, Kind
from newsdb.admin.autocomplete import Autocomplete
from newsdb.admin.forms import stated_reason
from newsdb.ledger import attributed
from newsdb.text import check_text

CHANGED = "It was changed since you saw it, and nothing was decided: look again."


class DecisionForm(forms.Form):
    """What is to be otherwise than it was read; the button that was pressed says what is decided."""

    speaker = forms.ModelChoiceField(Actor.objects.standing(), required=False, label="Another speaker")
    kind = forms.ChoiceField(choices=Kind.choices)
    speaker_label = forms.CharField(
        required=False, max_length=300, strip=True, label="Speaker as printed", empty_value=""
    )
    name = forms.CharField(required=False, max_length=200, label="Name of a new actor")
    #: As ``passage.selected`` reads it.
    spans = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        required=False,
        max_length=2000,
        label="Reason",
        help_text="Public in the history. Needed where the words are public already.",
    )

    #: The actor that was made on the way.
    made: Actor | None = None

    def __init__(self, data: QueryDict | None, proposal: Proposal, chosen: Actor | None = None) -> None:
        statement = proposal.statement
        initial = {
            "kind": statement.kind,
            "speaker_label": statement.speaker_label,
            "name": proposal.name,
            "speaker": chosen,
        }
        super().__init__(data, initial=initial, auto_id="id_%s")
        self.proposal = proposal
        self.fields["speaker"].widget = widget = Autocomplete(
            Statement._meta.get_field("speaker"),
            admin.site,
            attrs={"data-placeholder": "Type a part of a name"},
        )
        widget.choices = self.fields["speaker"].choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_text("".join(value for value in cleaned.values() if isinstance(value, str)))
        return cleaned

    def corrections(self, passage: Passage) -> dict[str, Any]:
        """What is to be otherwise, as ``review.correct`` takes it. Raises ``ValidationError``."""
        statement, told = self.proposal.statement, self.cleaned_data
        changes: dict[str, Any] = {}
        if told["kind"] != statement.kind:
            changes["kind"] = told["kind"]
        if told["speaker"] and told["speaker"] != statement.speaker:
            changes["speaker"] = told["speaker"]
        # A field of one line gives no line breaks back.
        if told["speaker_label"].split() != statement.speaker_label.split():
            changes["speaker_label"] = told["speaker_label"]
        if spans := self._spans(passage):
            changes["spans"] = spans
        return changes

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


def _typed(words: list[str], text: str, passage: Passage) -> list[Span]:
    """Where typed words stand; one part that stands in several places is meant where it was read."""
    try:
        if len(words) == 1 and (places := find_anchor(text, words[0])):
            about = text.find(passage.parts[0], passage.shown.start) if passage.parts else 0
            places = [min(places, key=lambda place: abs(place.start - about))]
        else:
            places = find_parts(text, words)
    except AnchorError as error:
        raise ValidationError(str(error)) from None
    return [Span(place.start, place.end) for place in places]


def decide(request: HttpRequest, form: DecisionForm, passage: Passage) -> str:
    """Do what the button that was pressed says; returns what to tell of it. Raises ``ValidationError``.

    Nothing is decided of what is otherwise than the page showed it, since somebody else got there first.
    """
    if not form.is_valid():
        raise ValidationError([message for errors in form.errors.values() for message in errors])
    proposal, by = form.proposal, request.user.get_username()
    with attributed(by=by, reason=form.cleaned_data["reason"]):
        statement = Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
        proposal.refresh_from_db(fields=["decision", "decided_by", "decided_at"])
        refuse_decided(proposal)
        if request.POST.get("seen") != version(statement.updated_at):
            raise ValidationError(CHANGED)
        # A candidate's button says whom, and thereby what.
        act = "as" if "candidate" in request.POST else request.POST.get("act", "")
        return _decide(request, act, form, passage)


def take_back(request: HttpRequest, proposal: Proposal) -> str:
    """Undo the decision that the page showed; returns what to tell of it. Raises ``ValidationError``."""
    by, reason = request.user.get_username(), stated_reason(request)
    with attributed(by=by, reason=reason):
        Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
        proposal.refresh_from_db(fields=["decision", "decided_by", "decided_at"])
        if request.POST.get("decided") != version(proposal.decided_at):
            raise ValidationError("It was decided upon anew since you saw it: look again.")
        undo(proposal=proposal, by=by, reason=reason or TAKEN_BACK)
    return "Taken back, and it waits again"


def _decide(request: HttpRequest, act: str, form: DecisionForm, passage: Passage) -> str:
    proposal = form.proposal
    told = {"proposal": proposal, "by": request.user.get_username(), "reason": form.cleaned_data["reason"]}
    match act:
        case "reject":
            reject(**told)
            return "Rejected"
        case ActorKind.PERSON | ActorKind.ORGANISATION:
            return _make(request, act, form)
        case "accept" | "unnamed" | "as":
            changes = form.corrections(passage)
            if act == "as":
                changes["speaker"] = _candidate(request)
            if act == "unnamed":
                changes = {**changes, "speaker": None, "unnamed": True}
            correct(**told, **changes) if changes else accept(**told)
            return proposal.decision.capitalize()
    raise BadRequest("This is nothing that can be decided.")


def _candidate(request: HttpRequest) -> Actor:
    chosen = DecisionForm.base_fields["speaker"].clean(request.POST.get("candidate"))
    if chosen is None:
        raise ValidationError("Nobody was chosen.")
    return chosen


def _make(request: HttpRequest, kind: str, form: DecisionForm) -> str:
    if not request.user.has_perm("actors.add_actor"):
        raise PermissionDenied
    name = form.cleaned_data["name"]
    if not name:
        raise ValidationError("The text has no name for the speaker: type the name of the new actor.")
    actor = make_actor(
        name=name, kind=kind, by=request.user.get_username(), reason=form.cleaned_data["reason"]
    )
    form.made = actor
    return f"Made {actor}, {'a person' if kind == ActorKind.PERSON else 'an organisation'}"


def version(at: Any) -> str:
    """A time as a page sends it back, by which it is seen whether something changed since."""
    return at.astimezone(timezone.get_default_timezone()).isoformat() if at else ""
