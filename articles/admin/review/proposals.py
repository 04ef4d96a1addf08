from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from articles.admin.columns import said_by, short_words
from articles.admin.filters import ProposedDateRangeFilter, ProposedSpeakerFilter
from articles.admin.review.bulk import bulk_page, take_back_chosen
from articles.admin.review.overview import articles_waiting, next_page, overview_page
from articles.admin.review.page import review_page
from articles.admin.review.queue import BANDS, Queue
from articles.models import Proposal
from newsdb.admin import AttributedAdmin, Section, address_of


class ReviewStatusFilter(admin.SimpleListFilter):
    """Filters proposals by decision."""

    title = "review status"
    parameter_name = "review_status"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "Waits"),
            ("published", "Published by a run, unreviewed"),
            ("accepted", "Accepted"),
            ("unread", "Accepted unread"),
            ("corrected", "Corrected"),
            ("rejected", "Rejected"),
        ]

    def queryset(self, request: Any, queryset: Any) -> Any:
        match self.value():
            case "waiting":
                return queryset.to_review()
            case "published":
                return queryset.waiting().filter(statement__status="published")
            case "unread":
                return queryset.accepted_unread()
            case None:
                return queryset
            case decision:
                return queryset.filter(decision=decision)


class ConfidenceFilter(admin.SimpleListFilter):
    """How sure the extractor is."""

    title = "confidence"
    parameter_name = "sureness"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [(band, band.capitalize()) for band in BANDS]

    def queryset(self, request: Any, queryset: Any) -> Any:
        least, below = BANDS.get(self.value() or "", (None, None))
        asked = Q(statement__confidence__gte=least, statement__confidence__lt=below)
        return queryset if least is None else queryset.filter(asked)


@admin.register(Proposal)
class ProposalAdmin(AttributedAdmin):
    """All proposals with their decision, its user and time; each links to its page in the queue."""

    section, place = Section.REVIEW, 1
    list_display = ("short_words", "said_by", "sure", "article", "decided", "decided_by", "decided_at")
    list_filter = (
        *(ReviewStatusFilter, ConfidenceFilter),
        *(ProposedSpeakerFilter, ProposedDateRangeFilter, "statement__outlet"),
    )
    list_select_related = ("statement__speaker", "statement__article")
    search_fields = ("statement__words_key", "statement__speaker__name_key", "decided_by")
    search_help_text = "Words that were said, a speaker’s name, or who decided."
    folded_search = True
    ordering = ("-id",)
    actions = ("take_back",)
    awaiting = {"proposals to review": {"decision__exact": "", "statement__status__exact": "proposed"}}
    awaiting_page = "queue"

    def awaiting_first(self) -> Iterator[tuple[str, str, int, str]]:
        return articles_waiting(Queue())

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_statement") or self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_statement")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # It is deleted only together with its statement: see delete_view.
        return request.user.has_perm("articles.delete_statement")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise PermissionDenied

    def get_urls(self) -> Any:
        pages = {"queue": overview_page, "next": next_page, "accept-above": bulk_page}
        return [
            path(
                f"{name}/",
                self.admin_site.admin_view(self._about_all(page)),
                name=f"articles_proposal_{name.replace('-', '_')}",
            )
            for name, page in pages.items()
        ] + super().get_urls()

    def _about_all(self, page: Callable[..., HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        def view(request: HttpRequest) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return page(self, request)

        return view

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        proposal = self.find(request, object_id)
        return review_page(self, request, proposal) if isinstance(proposal, Proposal) else proposal

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        proposal = self.find(request, object_id)
        if not isinstance(proposal, Proposal):
            return proposal
        return HttpResponseRedirect(address_of(proposal.statement, "history"))

    def get_queryset(self, request: HttpRequest) -> Any:
        proposals: Any = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name == "articles_proposal_change":
            related = ("statement__speaker", "statement__article__outlet", "capture")
            return proposals.select_related(*related).in_text_order()
        return proposals

    @admin.action(description="Take the decision back", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: Any) -> None:
        """Restore the selected proposals to their undecided state."""
        take_back_chosen(self, request, queryset)

    @admin.display(description="Words", ordering="statement__words_key")
    def short_words(self, proposal: Proposal) -> str:
        return short_words(proposal.statement.text)

    @admin.display(description="Speaker")
    def said_by(self, proposal: Proposal) -> str:
        return said_by(proposal.statement)

    @admin.display(description="Confidence", ordering="statement__confidence")
    def sure(self, proposal: Proposal) -> str:
        confidence = proposal.statement.confidence
        return "" if confidence is None else f"{round(confidence * 100)} %"

    @admin.display(description="Decision", ordering="decision")
    def decided(self, proposal: Proposal) -> str:
        return "Accepted unread" if proposal.accepted_unread else proposal.get_decision_display()

    @admin.display(description="Article")
    def article(self, proposal: Proposal) -> str:
        return str(proposal.statement.article)
