import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from actors.api.resolution import resolve_actors
from actors.models import Actor
from actors.models.actor import Kind as ActorKind
from actors.querysets import ActorQuerySet
from articles.api.resolution import resolve_domains, resolve_outlets, resolve_printed
from articles.api.search import QueryFilter
from articles.models import Article, ClaimReview, Match, Outlet, RelatedLink, Statement
from articles.models.choices import DateBasis, Kind, Status
from articles.models.corpus import CORPORA
from articles.models.statement import UNDATED
from articles.querysets import ArticleQuerySet, StatementQuerySet, with_article_count, with_statement_count
from newsdb.addresses import canonical_url
from newsdb.api.exceptions import ParameterError
from newsdb.api.request.date_filters import DateFilterSet
from newsdb.api.request.filters import (
    BooleanFilter,
    ChoiceFilter,
    FilterSet,
    TextFilter,
    UidFilter,
    UpdatedAfterFilter,
)
from newsdb.api.request.parameters import shorten


def key_of(parameter: str, url: str) -> str:
    """The key of a web address. Raises ``ParameterError`` if the text is not one."""
    if key := canonical_url(url):
        return key
    raise ParameterError(
        parameter, "invalid", f"{parameter}={shorten(url)}: give an address, as in https://…"
    )


class ResolvingFilterSet(FilterSet):
    """Resolves the shared parameters of articles, statements and links."""

    def resolve_speaker(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_actors("speaker", texts, count=with_statement_count, count_name="statement_count")

    def resolve_author(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_actors("author", texts, count=with_article_count, count_name="article_count")

    def resolve_outlet(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_outlets("outlet", texts)

    def resolve_article(self, uids: tuple[UUID, ...]) -> tuple[int, ...]:
        return _resolve_articles("article", uids)

    def resolve_source_url(self, url: str) -> tuple[int, ...]:
        key_of("source_url", url)
        return tuple(Article.objects.public().at(url).values_list("pk", flat=True))


def _resolve_articles(parameter: str, uids: tuple[UUID, ...]) -> tuple[int, ...]:
    """The ids of public articles. Raises ``ParameterError``."""
    known = dict(Article.objects.public().filter(uid__in=uids).values_list("uid", "pk"))
    if unknown := [str(uid) for uid in uids if uid not in known]:
        raise ParameterError(parameter, "unknown", f"There is no article {', '.join(unknown)} here.")
    return tuple(known[uid] for uid in uids)


SPEAKER = (
    "Who said it: slug, former slug, Wikidata id, or a name that means one actor only; for example:"
    " lloyd-austin."
)
AUTHOR = (
    "Who wrote the article: slug, former slug, Wikidata id, or a name that means one actor only; for"
    " example: joseph-bosco."
)
OUTLET = (
    "Where it is printed: slug, former slug, domain, Wikidata id or name of an outlet; for example: the-hill."
)
SOURCE_URL = "Only records from this URL; variants of it are recognised."


#: Values of the column by value of the parameter.
IN_LATEST_CAPTURE = {"true": True, "false": False, "unknown": None}


class SortedByDateFilterSet(DateFilterSet):
    """Filters by the date that the list is ordered by, and by the time of the last change."""

    def filter_updated_after(self, queryset: Any, moment: datetime.datetime) -> QuerySet:
        changed: QuerySet = queryset.updated_after(moment)
        return changed

    def filter_queryset(self, queryset: Any, values: Mapping[str, Any]) -> QuerySet:
        """Apply the filters, the search last, so that it only has to search the remaining rows."""
        words = {"q": values["q"]} if "q" in values else {}
        return super().filter_queryset(
            queryset, {name: values[name] for name in values if name != "q"} | words
        )

    def filter_dates(
        self, queryset: Any, after: datetime.date | None, before: datetime.date | None, undated: str
    ) -> QuerySet:
        """Filter by dates, and also by ``sort_date``, so that only part of its index is read."""
        queryset = super().filter_dates(queryset, after, before, undated)
        if undated == "only":
            return queryset.sorted_between(None, UNDATED)
        if after is None or undated == "include":
            return queryset.sorted_between(None, before)
        # A date known only by year may begin before the range, but not before its year.
        return queryset.sorted_between(after.replace(month=1, day=1), before)


class ArticleFilterSet(SortedByDateFilterSet, ResolvingFilterSet):
    date_columns = ("published_on", "published_last")

    q = QueryFilter(of="headline and deck")
    author = TextFilter(many=True, help_text=AUTHOR)
    outlet = TextFilter("outlet_id", many=True, help_text=OUTLET)
    section = TextFilter(many=True, help_text="The section as printed.")
    language = TextFilter(many=True, help_text="The language it is written in; BCP 47 tag, for example: en.")
    source_url = TextFilter(max_length=2000, help_text=SOURCE_URL)
    updated_after = UpdatedAfterFilter()

    def resolve_section(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("section", texts, Article.objects.public(), "section")

    def resolve_language(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("language", texts, Article.objects.public(), "language")

    def filter_author(self, queryset: ArticleQuerySet, authors: tuple[int, ...]) -> ArticleQuerySet:
        return queryset.by(authors)

    def filter_source_url(self, queryset: QuerySet, articles: tuple[int, ...]) -> QuerySet:
        return queryset.filter(pk__in=articles)

    class Meta:
        model = Article
        fields: list[str] = []


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


class RelatedLinkFilterSet(DateFilterSet, ResolvingFilterSet):
    date_columns = ("published_on", "published_last")

    article = UidFilter(
        "related_list__article_id", many=True, help_text="The `uid` of the article it is printed with."
    )
    target = UidFilter("target_id", many=True, help_text="The `uid` of the article that it leads to.")
    outlet = TextFilter("outlet_id", many=True, help_text="The outlet that the link names.")
    section = TextFilter(many=True, help_text="The section as printed.")

    def resolve_target(self, uids: tuple[UUID, ...]) -> tuple[int, ...]:
        return _resolve_articles("target", uids)

    def resolve_section(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("section", texts, RelatedLink.objects.public(), "section")

    class Meta:
        model = RelatedLink
        fields: list[str] = []


class OutletFilterSet(FilterSet):
    domain = TextFilter("pk", many=True, help_text="A domain it publishes on, for example: thehill.com.")

    def resolve_domain(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_domains("domain", texts)

    class Meta:
        model = Outlet
        fields: list[str] = []


class CountedActorFilterSet(FilterSet):
    """Speakers and authors."""

    q = TextFilter(
        help_text="Words of any of its names, in any order; case, accents and titles before it are ignored."
    )

    named_in = TextFilter(
        help_text="Actors that this text may name: people by any word of a name, organisations by all words"
        " of one."
    )

    def filter_q(self, queryset: ActorQuerySet, words: str) -> ActorQuerySet:
        return queryset.searched_by(words)

    def filter_named_in(self, queryset: ActorQuerySet, text: str) -> ActorQuerySet:
        return queryset.named_in(text)

    class Meta:
        model = Actor
        fields: list[str] = []
