from django.contrib import admin
from django.utils.html import format_html

from articles.admin.review.decision_filters import DecisionListAdmin
from articles.models import RoleProposal
from articles.services.review import accept_role, reject_role
from newsdb.admin import Section, link_to, partial_date


@admin.register(RoleProposal)
class RoleProposalAdmin(DecisionListAdmin):
    """Lists the titles that authors' notes give to their authors."""

    section, place = Section.REVIEW, 2
    list_display = ("title", "of", "organisation", "years", "printed", "decision", "decided_by", "decided_at")
    list_select_related = ("actor", "capture__article")
    search_fields = ("title", "actor__name_key", "organisation")
    search_help_text = "Words of the title, of the actor’s name, or of the organisation’s."
    awaiting = {"roles proposed": {"decision__exact": ""}}
    decide_permission = "actors.add_role"
    view_permission = "actors.view_role"
    delete_permission = "actors.delete_actor"
    accept_proposal = staticmethod(accept_role)
    reject_proposal = staticmethod(reject_role)

    @admin.display(description="Actor", ordering="actor__name_key")
    def of(self, proposal: RoleProposal) -> str:
        return link_to(proposal.actor)

    @admin.display(description="Held")
    def years(self, proposal: RoleProposal) -> str:
        started = partial_date(proposal.started_on, proposal.started_precision)
        ended = partial_date(proposal.ended_on, proposal.ended_precision)
        return f"{started or '…'} to {ended or '…'}" if started or ended else ""

    @admin.display(description="Author’s note, as printed")
    def printed(self, proposal: RoleProposal) -> str:
        note = (proposal.capture.text or "")[proposal.start : proposal.end]
        return format_html('<span class="quote">{}</span> {}', note, link_to(proposal.capture.article))
