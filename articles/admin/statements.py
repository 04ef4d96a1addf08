from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html, format_html_join

from articles.admin.anchors import AnchorInline
from articles.admin.checks import check_statements
from articles.admin.claim_reviews import ClaimReviewInline
from articles.admin.columns import dated, in_latest_capture, said_by, short_words
from articles.admin.filters import (
    DateBasisFilter,
    DateRangeFilter,
    LatestCaptureFilter,
    PublishedTwiceFilter,
    SpeakerFilter,
)
from articles.admin.joint import JointReasonForm, retract_joint
from articles.admin.retraction import RetractionMixin
from articles.admin.statement_form import StatementForm
from articles.admin.status import StatusMixin
from articles.models import Article, Match, Proposal, Statement
from articles.reading.anchors import AnchorError
from articles.services.corrections import ATTRIBUTION_FIELDS, correction
from articles.services.retraction import public_siblings, restore_statement
from articles.services.statements import record_statement, reword_statement
from newsdb.admin import ReasonForm, Section, link_to, list_of

UNCHECKED = (
    "Saved, but unchecked: no text of the article is stored. Add its text on the article’s page: the words"
    " are then looked up in it. If a capture is recorded without its text, `manage.py verify_anchors FILE"
    " --attach` adds it; then choose “Check the words in the stored texts” in the list of statements."
)

#: The results of checks of the words.
CHECK_RESULTS = ("text_match", "text_checked_at", "found_in_latest")


@admin.register(Statement)
class StatementAdmin(StatusMixin, RetractionMixin):
    section, place = Section.EVIDENCE, 2
    form = StatementForm
    list_display = ("short_words", "said_by", "outlet", "when", "kind", "text_match", "status")
    list_filter = (
        *(SpeakerFilter, DateRangeFilter),
        *("status", "text_match", LatestCaptureFilter, "kind", "reviewed", "attributed_by"),
        *(DateBasisFilter, PublishedTwiceFilter, "outlet"),
    )
    list_select_related = ("speaker", "outlet")
    search_fields = ("words_key", "speaker__name_key", "speaker__names__key")
    search_help_text = "Words that were said, or a speaker’s name."
    folded_search = True
    date_hierarchy = "date"
    autocomplete_fields = ("article", "speaker")
    inlines = (AnchorInline, ClaimReviewInline)
    actions = ("check_words", "retract", "restore")
    fieldsets = (
        (None, {"fields": ("article", "words", "kind", "speaker", "speaker_label", "cue", "audience")}),
        ("When and where it was said, if known", {"fields": ("said", "said_on_source_url", "place")}),
        ("Language", {"fields": ("language", "translated")}),
        ("Status", {"fields": ("status", "reviewed", *CHECK_RESULTS, "uid")}),
        (
            "Found by an extractor",
            {
                "fields": ("attributed_by", "extractor", "extractor_version", "confidence"),
                "classes": ("collapse",),
            },
        ),
    )
    retract_record = staticmethod(retract_joint)
    restore_record = staticmethod(restore_statement)
    retraction_consequence = (
        "It is retracted: its address shows the day and your reason, word for word, and lists omit it."
    )
    restoration_consequence = "It is public again."
    awaiting = {
        "statements proposed by hand": {"status__exact": "proposed", "proposal__isnull": True},
        "published with words unchecked": {"status__exact": "published", "text_match__exact": "unchecked"},
        "published with words mismatched": {"status__exact": "published", "text_match__exact": "mismatched"},
        "published, not found in the latest capture": {
            "status__exact": "published",
            LatestCaptureFilter.parameter_name: "0",
        },
    }

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else (ClaimReviewInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Statement | None = None) -> Any:
        shown = ("status", *CHECK_RESULTS, "uid")
        return (*shown, "article") if obj else shown

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj:
            return fieldsets
        return [
            (name, {**options, "fields": ("reviewed",)} if name == "Status" else options)
            for name, options in fieldsets
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        article = str(initial.get("article", ""))
        if article.isdecimal() and "language" not in initial:
            found = Article.objects.filter(pk=article[:18]).first()
            initial["language"] = found.language if found else ""
        return initial

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        if not change:
            self._save(request, obj, form, change)
            return
        proposal = Proposal.objects.filter(statement=obj).first()
        stated = not set(ATTRIBUTION_FIELDS).isdisjoint(form.changed_data)
        with correction(statement=obj, name=proposal.name if proposal else "", keep_attribution=stated):
            self._save(request, obj, form, change)

    def _save(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        try:
            if not change:
                made = record_statement(wording=form.cleaned_data["words"], **_facts(obj, form))
                obj.pk, obj._state.adding = made.pk, False
                obj.refresh_from_db()
            elif "words" in form.changed_data:
                reword_statement(statement=obj, wording=form.cleaned_data["words"])
            else:
                obj.save()
        except AnchorError as error:  # the form has just found them
            raise ValidationError(str(error)) from error
        if obj.text_match == Match.UNCHECKED and "words" in form.changed_data:
            self.message_user(request, UNCHECKED, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Statement, post_url_continue: Any = None) -> Any:
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:  # most likely the same article's
            return HttpResponseRedirect(list_of(Statement, "add", article=obj.article_id))
        return response

    @admin.action(description="Check the words in the stored texts", permissions=["change"])
    def check_words(self, request: HttpRequest, queryset: Any) -> None:
        """Check the selected statements against their articles' texts, and anchor those without anchors."""
        for level, message in check_statements(queryset.select_related("article")):
            self.message_user(request, message, level)

    def retraction_form(self, records: Sequence[Any]) -> type[ReasonForm]:
        chosen = {record.pk for record in records}
        joint = {each.pk for record in records for each in public_siblings(record)}
        return ReasonForm if joint <= chosen else JointReasonForm

    def notices(self, request: HttpRequest, record: Statement) -> Iterator[str]:
        yield from super().notices(request, record)
        if others := list(public_siblings(record)):
            yield format_html(
                "Said together with {}.", format_html_join(", ", "{}", [(link_to(each),) for each in others])
            )

    @admin.display(description="Words", ordering="words_key")
    def short_words(self, statement: Statement) -> str:
        return short_words(statement.text)

    @admin.display(description="Words")
    def words(self, statement: Statement) -> str:
        return statement.text

    @admin.display(description="In the latest capture")
    def found_in_latest(self, statement: Statement) -> str:
        """Whether the latest capture contains the words."""
        return in_latest_capture(statement)

    @admin.display(description="Speaker", ordering="speaker__name_key")
    def said_by(self, statement: Statement) -> str:
        return said_by(statement)

    @admin.display(description="Date", ordering="sort_date")
    def when(self, statement: Statement) -> str:
        return dated(statement)

    @admin.display(description="Said on")
    def said(self, statement: Statement) -> str:
        return dated(statement)


def _facts(statement: Model, form: Any) -> dict[str, Any]:
    """The form's values for a new statement, by field."""
    filled = {*form.cleaned_data, "said_on", "said_precision"}
    return {f.name: getattr(statement, f.name) for f in statement._meta.concrete_fields if f.name in filled}
