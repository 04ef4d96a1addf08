from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html

from articles.admin.columns import published
from articles.admin.filters import DateKnownFilter
from articles.admin.inlines import BylineInline, CaptureInline, RelatedListInline, StatementInline
from articles.admin.making import make_actors_page
from articles.admin.pasted_lists import paste_page
from articles.admin.retraction import RetractionMixin
from articles.models import Article, Capture, Outlet, Proposal, Statement
from articles.services.outlets import set_outlet
from articles.services.retraction import restore_article, retract_article
from newsdb.admin import (
    AttributedForm,
    PartialDateField,
    ReasonForm,
    Section,
    act_with_reason,
    address_of,
    link_to,
    list_of,
)
from newsdb.admin.autocomplete import Autocomplete


class ArticleForm(AttributedForm):
    partial_dates = {"published": ("published_on", "published_precision")}
    published = PartialDateField()

    class Meta:
        widgets = {"deck": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def clean_source_url(self) -> str:
        url: str = self.cleaned_data["source_url"]
        if other := Article.objects.with_source_url(url).exclude(pk=self.instance.pk).first():
            raise ValidationError(format_html("This is already the address of {}.", link_to(other)))
        return url


class OutletForm(ReasonForm):
    """Asks for the outlet and the reason."""

    field_order = ("outlet", "reason")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        widget = Autocomplete(Article._meta.get_field("outlet"), admin.site)
        self.fields["outlet"] = forms.ModelChoiceField(Outlet.objects.not_merged(), widget=widget)
        self.fields["reason"].help_text = "Public in the history."
        self.order_fields(self.field_order)


@admin.register(Article)
class ArticleAdmin(RetractionMixin):
    section, place = Section.EVIDENCE, 1
    form = ArticleForm
    list_display = ("headline", "outlet", "published", "section", "statement_count", "status")
    list_filter = ("status", DateKnownFilter, "outlet", "language")
    list_select_related = ("outlet",)
    search_fields = ("headline", "bylines__printed_name", "bylines__author__name_key")
    search_help_text = "Words of the headline or an author’s name, or the address of a page."
    date_hierarchy = "published_on"
    fieldsets = (
        (None, {"fields": ("headline", "deck", "outlet", "section", "source_url", "published", "language")}),
    )
    autocomplete_fields = ("outlet",)
    inlines = (BylineInline, RelatedListInline, CaptureInline, StatementInline)
    actions = (*RetractionMixin.actions, "set_outlet", "make_actors")
    retract_record = staticmethod(retract_article)
    restore_record = staticmethod(restore_article)
    retraction_consequence = (
        "The article and its published statements are retracted: their addresses show the day and your"
        " reason, word for word."
    )
    restoration_consequence = (
        "The article is public again, with the statements that were retracted together with it."
    )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else (BylineInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "articles_article_changelist":
            return queryset.annotate(statement_count=Count("statements"))
        return queryset

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if search_term.startswith(("http://", "https://")):
            return queryset.filter(pk__in=Article.objects.at(search_term.strip()).values("pk")), False
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.paste_list)
        return [
            path("<path:object_id>/paste-list/", view, name="articles_article_paste_list"),
            *super().get_urls(),
        ]

    def paste_list(self, request: HttpRequest, object_id: str) -> Any:
        """The page on which lists of links are pasted as printed."""
        article = self.find(request, object_id, to_change=True)
        return paste_page(self, request, article) if isinstance(article, Article) else article

    @admin.action(description="Set the outlet, with a reason", permissions=["change"])
    def set_outlet(self, request: HttpRequest, queryset: Any) -> Any:
        """The page that asks which outlet has published the chosen articles."""
        by = request.user.get_username()
        return act_with_reason(
            self,
            request,
            self._chosen(queryset),
            act=lambda article, **given: set_outlet(article=article, by=by, **given),
            title="Set the outlet",
            consequence="These articles and their statements count as published by the outlet that you"
            " choose; its text policy says how much of their text is public.",
            done="The outlet is set: {names}.",
            then=request.get_full_path(),
            form_class=OutletForm,
        )

    def has_make_actors_permission(self, request: HttpRequest) -> bool:
        """Whether the user may create actors and assign them to proposals."""
        return request.user.has_perms(("actors.add_actor", "articles.change_statement"))

    @admin.action(description="Create missing actors", permissions=["make_actors"])
    def make_actors(self, request: HttpRequest, queryset: Any) -> Any:
        """The page that lists the names of which the selected articles' proposals are certain."""
        return make_actors_page(self, request, queryset)

    def tools(self, request: HttpRequest, record: Article) -> Iterator[tuple[str, str]]:
        if request.user.has_perm("articles.add_statement"):
            yield "Add a statement", list_of(Statement, "add", article=record.pk)
        if waiting := self._waiting(request, record):
            yield (
                f"Review {waiting} proposal{'s' * (waiting != 1)}",
                list_of(Proposal, "next", article=record.pk),
            )
        if self.has_change_permission(request, record):
            yield "Paste a related list", address_of(record, "paste_list")
        if request.user.has_perm("articles.add_capture"):
            yield "Add its text", list_of(Capture, "add", article=record.pk)
        yield from super().tools(request, record)

    def _waiting(self, request: HttpRequest, article: Article) -> int:
        """The number of the article's proposals that this user can review."""
        waiting = Proposal.objects.to_review().filter(statement__article=article)
        return waiting.count() if request.user.has_perm("articles.view_statement") else 0

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> Any:
        response = super().response_add(request, obj, post_url_continue)
        links = (format_html('<a href="{1}">{0}</a>', *tool) for tool in list(self.tools(request, obj))[:3])
        self.message_user(request, format_html("Next: {}, {}, {}.", *links), messages.INFO)
        return response

    @admin.display(description="Published", ordering="published_on")
    def published(self, article: Article) -> str:
        return published(article)

    @admin.display(description="Statements", ordering="statement_count")
    def statement_count(self, article: Any) -> int:
        return article.statement_count
