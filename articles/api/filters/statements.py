"""The filters of statements."""

from django.db.models import QuerySet

from actors.models.actor import Kind as ActorKind
from articles.api.filters.shared import (
    AUTHOR,
    OUTLET,
    SOURCE_URL,
    SPEAKER,
    ResolvingFilterSet,
    SortedByDateFilterSet,
    key_of,
)
from articles.api.resolution import resolve_printed
from articles.api.search import QueryFilter
from articles.models import Article, ClaimReview, Match, Statement
from articles.models.choices import DateBasis, Kind, Status
from articles.models.corpus import CORPORA
from articles.querysets import StatementQuerySet
from newsdb.api.request.filters import (
    BooleanFilter,
    ChoiceFilter,
    TextFilter,
    UidFilter,
    UpdatedAfterFilter,
)

#: Values of the column by value of the parameter.
IN_LATEST_CAPTURE = {"true": True, "false": False, "unknown": None}


class StatementFilterSet(SortedByDateFilterSet, ResolvingFilterSet):
    date_columns = ("date", "date_last")

    q = QueryFilter(of="the words")
    speaker = TextFilter("speaker_id", many=True, help_text=SPEAKER)
    speaker_kind = ChoiceFilter(
        many=True,
        choices=ActorKind.choices,
        help_text="Whether a person or an organisation said it; unnamed speakers are neither.",
    )
    author = TextFilter(many=True, help_text=AUTHOR)
    outlet = TextFilter("outlet_id", many=True, help_text=OUTLET)
    date_basis = ChoiceFilter(
        choices=DateBasis.choices,
        help_text="Whether the date is the day it was said on, or the day the article was published.",
    )
    kind = ChoiceFilter(
        many=True,
        choices=Kind.choices,
        help_text="direct: whole sentences in quotation marks; partial: a fragment in quotation marks;"
        " indirect: reported without quotation marks.",
    )
    section = TextFilter(many=True, help_text="The article's section as printed.")
    language = TextFilter(many=True, help_text="The language of the words; BCP 47 tag, for example: en.")
    place = TextFilter(many=True, help_text="Where it was said, as printed.")
    article = UidFilter("article_id", many=True, help_text="The article's `uid`.")
    source_url = TextFilter(max_length=2000, help_text=SOURCE_URL)
    claim_review = TextFilter(
        max_length=2000,
        help_text="The address of a published check: only statements that link it in `claim_reviews`;"
        " variants of the address are recognised.",
    )
    text_match = ChoiceFilter(
        many=True,
        choices=Match.choices,
        help_text="The result of the last check of the words against the captured text.",
    )
    in_latest_capture = ChoiceFilter(
        choices=list(IN_LATEST_CAPTURE),
        help_text="Whether the article's latest capture contains the words; false: not found in it.",
    )
    corpus = ChoiceFilter(
        many=True,
        choices=list(CORPORA),
        help_text="The published corpus it was imported from; `dataset/` has their licences.",
    )
    reviewed = BooleanFilter(help_text="Whether a person has confirmed it.")
    status = ChoiceFilter(
        choices=Status.choices,
        help_text="For editors: proposed, rejected or retracted statements instead of published ones.",
    )
    updated_after = UpdatedAfterFilter()

    def resolve_section(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("section", texts, Article.objects.public(), "section")

    def resolve_language(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("language", texts, Statement.objects.public(), "language")

    def resolve_place(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("place", texts, Statement.objects.public().with_place(), "place")

    def resolve_claim_review(self, url: str) -> tuple[int, ...]:
        links = ClaimReview.objects.filter(source_url_key=key_of("claim_review", url))
        return tuple(links.values_list("statement", flat=True))

    def filter_claim_review(self, queryset: QuerySet, statements: tuple[int, ...]) -> QuerySet:
        return queryset.filter(pk__in=statements)

    def filter_place(self, queryset: StatementQuerySet, places: tuple[str, ...]) -> QuerySet:
        narrowed: QuerySet = self.base_filters["place"].filter(queryset.with_place(), places)
        return narrowed

    def filter_in_latest_capture(self, queryset: QuerySet, written: str) -> QuerySet:
        return queryset.filter(in_latest_capture=IN_LATEST_CAPTURE[written])

    def filter_status(self, queryset: QuerySet, status: str) -> QuerySet:
        return queryset  # applied by the view

    def filter_corpus(self, queryset: StatementQuerySet, names: tuple[str, ...]) -> StatementQuerySet:
        return queryset.from_corpora(names)

    def filter_speaker_kind(self, queryset: StatementQuerySet, kinds: tuple[str, ...]) -> StatementQuerySet:
        return queryset.by_kind_of_speaker(kinds)

    def filter_author(self, queryset: StatementQuerySet, authors: tuple[int, ...]) -> StatementQuerySet:
        return queryset.by(authors)

    def filter_section(self, queryset: QuerySet, sections: tuple[str, ...]) -> QuerySet:
        return queryset.filter(article__in=Article.objects.filter(section__in=sections).values("pk"))

    def filter_source_url(self, queryset: QuerySet, articles: tuple[int, ...]) -> QuerySet:
        return queryset.filter(article__in=articles)

    class Meta:
        model = Statement
        fields: list[str] = []
