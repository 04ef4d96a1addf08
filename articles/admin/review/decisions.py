"""Carries out decisions made on the page of a proposal."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils import timezone

from actors.models import Actor
from actors.models import Kind as ActorKind
from articles.admin.review.form import DecisionForm
from articles.admin.review.passage import Passage, selected
from articles.models import Proposal, Statement
from articles.services.review import (
    accept_proposal,
    correct_proposal,
    find_or_create_speaker,
    join_proposals,
    propose_missed,
    reject_proposal,
    undo_decision,
)
from articles.services.review.decision import check_undecided
from articles.services.review.undoing import UNDONE
from newsdb.admin.autocomplete import is_id
from newsdb.admin.forms import stated_reason
from newsdb.ledger import attributed

CHANGED = "This was changed after you opened the page, so nothing was decided: look again."


def decide(request: HttpRequest, form: DecisionForm, passage: Passage) -> str:
    """Carry out the decision of the button that was pressed; returns the message to show.

    Raises ``ValidationError``; nothing is decided if the proposal has changed since the page was shown.
    """
    if not form.is_valid():
        raise ValidationError(list(form.refusals()))
    proposal, by = form.proposal, request.user.get_username()
    with attributed(by=by, reason=form.cleaned_data["reason"]):
        statement = Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
        proposal.refresh_from_db(fields=["decision", "decided_by", "decided_at"])
        proposal.statement = statement
        check_undecided(proposal)
        if request.POST.get("seen") != version(statement.updated_at):
            raise ValidationError(CHANGED)
        # A candidate's button gives the speaker, which implies the decision.
        act = "as" if "candidate" in request.POST else request.POST.get("act", "")
        return _decide(request, act, form, passage)


def take_back(request: HttpRequest, proposal: Proposal) -> tuple[str, Proposal]:
    """Undo the decision that the page showed. Returns a message and the proposal that is now open.

    Raises ``ValidationError``.
    """
    by, reason = request.user.get_username(), stated_reason(request)
    with attributed(by=by, reason=reason):
        Statement.objects.select_for_update(of=("self",)).get(pk=proposal.statement_id)
        proposal.refresh_from_db(fields=["decision", "decided_by", "decided_at"])
        if request.POST.get("decided") != version(proposal.decided_at):
            raise ValidationError("Somebody changed this decision after you opened the page: reload it.")
        again = undo_decision(proposal=proposal, by=by, reason=reason or UNDONE)
    if again.pk != proposal.statement_id:
        return "Undone: the statement is retracted, and its words wait as a new proposal", again.proposal
    if again.status == "proposed":
        return "Undone: it waits for a decision again", proposal
    return "Undone: it is published, unreviewed, as it was before", proposal


def _decide(request: HttpRequest, act: str, form: DecisionForm, passage: Passage) -> str:
    proposal = form.proposal
    arguments = {
        "proposal": proposal,
        "by": request.user.get_username(),
        "reason": form.cleaned_data["reason"],
    }
    match act:
        case "reject":
            reject_proposal(**arguments)
            return "Rejected"
        case ActorKind.PERSON | ActorKind.ORGANISATION:
            return _make(request, act, form)
        case "join":
            join_proposals(proposal=proposal, other=_following(request), by=arguments["by"])
            return "Joined"
        case "accept" | "unnamed" | "as":
            speaker = _speaker(request, act, form)
            changes = form.corrections(passage, speaker)
            if act == "unnamed":
                changes["unnamed"] = True
            elif speaker is None:
                raise ValidationError(_how_to_name(request, proposal))
            correct_proposal(**arguments, **changes) if changes else accept_proposal(**arguments)
            return proposal.decision.capitalize()
    raise BadRequest("This is not a valid decision.")


def _speaker(request: HttpRequest, act: str, form: DecisionForm) -> Actor | None:
    """The speaker according to the decision."""
    if act == "unnamed":
        return None
    if act == "as":
        return _candidate(request)
    chosen: Actor | None = form.cleaned_data["speaker"]
    return chosen or form.proposal.statement.speaker


def _how_to_name(request: HttpRequest, proposal: Proposal) -> str:
    """Tells which keys to press if no speaker is named."""
    ways = ["s to choose a speaker", "n to publish it as unnamed"]
    if request.user.has_perm("actors.add_actor"):
        made = f"“{proposal.name}”" if proposal.name else "the speaker"
        ways = [f"p to add {made} as a person", "o as an organisation", *ways]
    return f"No speaker is named. Press {', '.join(ways[:-1])}, or {ways[-1]}."


def _candidate(request: HttpRequest) -> Actor:
    chosen = DecisionForm.base_fields["speaker"].clean(request.POST.get("candidate"))
    if chosen is None:
        raise ValidationError("No speaker was chosen.")
    return chosen


def _make(request: HttpRequest, kind: str, form: DecisionForm) -> str:
    if not request.user.has_perm("actors.add_actor"):
        raise PermissionDenied
    name = form.cleaned_data["name"]
    if not name:
        raise ValidationError("The text has no name for the speaker: type the name of the new actor.")
    found = find_or_create_speaker(
        name=name, kind=kind, by=request.user.get_username(), reason=form.cleaned_data["reason"]
    )
    form.made = found.actor
    if not found.is_new:
        return f"{found.actor} was recorded before, as {found.actor.slug}, and is taken"
    return f"Made {found.actor}, {'a person' if kind == ActorKind.PERSON else 'an organisation'}"


def _following(request: HttpRequest) -> Proposal:
    """The proposal that the page showed as the next one."""
    key = request.POST.get("following", "")
    found = Proposal.objects.filter(pk=key).first() if is_id(key) else None
    if found is None:
        raise ValidationError("This text has no other proposals.")
    return found


def add_missed(request: HttpRequest, proposal: Proposal, passage: Passage) -> Proposal:
    """Propose the words that were selected in the text of a proposal. Raises ``ValidationError``."""
    if not request.user.has_perm("articles.add_statement"):
        raise PermissionDenied
    spans = selected(request.POST.get("missed", ""), proposal.capture.text or "", passage.shown.start)
    return propose_missed(capture=proposal.capture, spans=spans, by=request.user.get_username())


def version(at: Any) -> str:
    """A time as the page sends it back, to detect changes since it was shown."""
    return at.astimezone(timezone.get_default_timezone()).isoformat() if at else ""
