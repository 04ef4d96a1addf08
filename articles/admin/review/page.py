"""The page of one proposal: its words, then its speaker, then the possible decisions."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from actors.admin.describing import describe, to_describe
from actors.models import Actor
from articles.admin.columns import dated, published
from articles.admin.review.decisions import add_missed, decide, take_back, version
from articles.admin.review.evidence import evidence_of, sureness
from articles.admin.review.form import DecisionForm
from articles.admin.review.last import last_decision
from articles.admin.review.missing import ASKED, fill_in_missing, missing_fields
from articles.admin.review.passage import Passage, passage_of
from articles.admin.review.queue import Queue
from articles.models import Proposal, Statement
from articles.models.statement import GAP
from articles.services.retraction import siblings
from newsdb.admin.autocomplete import is_id
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.write_errors import WRITE_ERRORS

#: The most actors that are offered, each with a number key.
CANDIDATES = 9
#: Query parameters: the suggested speaker, and the speaker as printed.
SPEAKER, LABEL = "speaker", "label"


def review_page(admin: ModelAdmin, request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Show a proposal in its text; carry out the decision and go to the next proposal."""
    queue = Queue.of(request)
    passage = passage_of(proposal, queue.parameters)
    if request.method != "POST":
        form = DecisionForm(None, proposal, _chosen(request), request.GET.get(LABEL, ""))
        return _shown(admin, request, proposal, queue, passage, form)
    if not admin.has_change_permission(request, proposal):
        raise PermissionDenied
    form = DecisionForm(request.POST, proposal)
    try:
        if request.POST.get("act") == "undo":
            done, proposal = take_back(request, proposal)
        elif (missing := request.POST.get("act", "")) in ASKED:
            done = fill_in_missing(request, missing, proposal.statement.article)
            admin.message_user(request, done, messages.SUCCESS)
            return HttpResponseRedirect(queue.address(proposal))
        elif request.POST.get("act") == "add":
            done, proposal = "Added", add_missed(request, proposal, passage)
        else:
            done = decide(request, form, passage)
    except WRITE_ERRORS as error:
        for message in explain_with_link(error):
            admin.message_user(request, message, messages.ERROR)
        if request.POST.get("act") in ("add", *ASKED):  # the decision's form was left empty
            form = DecisionForm(None, proposal)
        return _shown(admin, request, _found(proposal.pk), queue, passage, form)
    statement = Statement.objects.select_related("speaker").get(pk=proposal.statement_id)
    if form.made:
        return _made(admin, request, form, statement, queue.address(proposal), done)
    admin.message_user(request, f"{done}: {statement}", messages.SUCCESS)
    return HttpResponseRedirect(_next(proposal, queue) if proposal.decision else queue.address(proposal))


def _made(
    admin: ModelAdmin, request: HttpRequest, form: DecisionForm, statement: Statement, address: str, done: str
) -> HttpResponse:
    """Redirect to the statement's page, with the actor as its speaker and the selected name."""
    actor: Any = form.made
    waiting = Statement.objects.filter(speaker=actor, status="proposed").count()
    text = f"{done}: the speaker of {waiting} proposal{'s' * (waiting != 1)} that wait{'s' * (waiting == 1)}."
    admin.message_user(request, text, messages.SUCCESS)
    if statement.speaker != actor:  # it had another, or there are two of this name
        given = {SPEAKER: actor.pk, LABEL: form.cleaned_data["speaker_label"]}
        if given[LABEL] == statement.speaker_label:
            del given[LABEL]
        address += ("&" if "?" in address else "?") + urlencode(given)
    return HttpResponseRedirect(address)


def _next(proposal: Proposal, queue: Queue) -> str:
    """The URL of the page after a proposal, in its article and then in the queue."""
    following = queue.neighbours(_found(proposal.pk)).next
    further = Proposal(pk=following) if following else queue.first()
    return queue.address(further) if further else queue.overview


def _found(key: int) -> Proposal:
    """A proposal with all related rows that its page shows."""
    related = ("statement__speaker", "statement__article__outlet", "capture")
    return Proposal.objects.select_related(*related).in_text_order().get(pk=key)


def _chosen(request: HttpRequest) -> Actor | None:
    """The speaker that the query string suggests."""
    key = request.GET.get(SPEAKER, "")
    return Actor.objects.not_merged().filter(pk=key).first() if is_id(key) else None


def _shown(
    admin: Any, request: HttpRequest, proposal: Proposal, queue: Queue, passage: Passage, form: DecisionForm
) -> TemplateResponse:
    statement = proposal.statement
    neighbours = queue.neighbours(proposal)
    may_change = admin.has_change_permission(request, proposal)
    open_to = not proposal.decision or proposal.accepted_unread
    joint = list(siblings(statement).select_related("speaker"))
    context = {
        "proposal": proposal,
        "statement": statement,
        "article": statement.article,
        "missing": missing_fields(request, statement.article),
        "published": published(statement.article),
        "dated": dated(statement),
        "words": passage.parts or tuple(statement.text.split(GAP)),
        "was": proposal.words if proposal.words != statement.text else "",
        "percent": round((statement.confidence or 0) * 100),
        "sureness": sureness(statement.confidence),
        "evidence": evidence_of(proposal),
        "passage": passage,
        "form": form,
        "may_change": may_change,
        "may_decide": may_change and open_to and statement.status in ("proposed", "published"),
        "may_add": request.user.has_perm("articles.add_statement") and proposal.capture.text is not None,
        "following": neighbours.next if neighbours.number < neighbours.waiting else None,
        "may_make": request.user.has_perm("actors.add_actor"),
        "candidates": [] if not open_to or statement.speaker else _candidates(proposal.name),
        "joint": joint,
        "joint_divided": any(row.status != statement.status for row in joint),
        "joint_decision": open_to and any(row.status == statement.status for row in joint),
        "seen": version(statement.updated_at),
        "decided": version(proposal.decided_at),
        **last_decision(request, queue, shown=proposal),
        "neighbours": neighbours,
        "to_review": queue.proposals().count(),
        "next_address": queue.address(Proposal(pk=neighbours.next)) if neighbours.next else "",
        "previous_address": queue.address(Proposal(pk=neighbours.previous)) if neighbours.previous else "",
        "queue_address": queue.overview,
        "parameters": queue.parameters,
        "media": admin.media + form.media,
    }
    page: TemplateResponse = admin.page(request, "articles/admin/review.html", "Review", None, context)
    return page


def _candidates(name: str) -> list[tuple[Actor, str]]:
    """The actors that an ambiguous name may mean, each with a distinguishing description."""
    found = to_describe(Actor.objects.found_by(name).not_merged()) if name else Actor.objects.none()
    return [(actor, describe(actor)) for actor in found.order_by("name", "pk")[:CANDIDATES]]
