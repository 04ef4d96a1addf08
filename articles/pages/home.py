"""The page at ``/``, for people: what newsdb is, what this instance holds, one statement as evidence."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import F, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from articles.api.facets import facet_of_all
from articles.models import Anchor, Match, RelatedLink, Statement
from articles.models.choices import Kind
from articles.models.holdings import holdings
from articles.models.statement import UNDATED
from articles.pages.bounds import beginning
from articles.pages.days import Day
from articles.pages.passage import Piece, passage_of
from newsdb.addresses import canonical_url
from newsdb.api.response.pages import render_page

#: The most characters of the statement on the page.
ON_THE_PAGE = 1_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page. It takes two dozen queries at most, whatever the size of the database."""
    statement = _featured()
    context = {
        "holdings": _holdings(),
        "coverage": dates_covered(),
        "statement": statement,
        "day": statement and Day.of(statement),
        "day_source": statement and canonical_url(statement.said_on_source_url).partition("/")[0],
        "passage": statement and list(beginning(_passage(statement), ON_THE_PAGE)),
        "calls": list(_calls(statement)) if statement else [],
    }
    return render_page(request, "articles/pages/home.html", context)


# ── What it holds ────────────────────────────────────────────────────────────────────────────


class Holding(NamedTuple):
    """A number of records, what they are, and their list in the API."""

    number: str
    noun: str
    path: str


#: Where each is listed.
LISTS = {
    "statement": reverse_lazy("pages:statements"),
    "speaker": reverse_lazy("pages:actors"),
    "article": reverse_lazy("article-list"),
    "outlet": reverse_lazy("pages:outlets"),
}


def _holdings() -> list[Holding]:
    held = holdings()
    counts = {
        "statement": count_statements(),
        "speaker": held.speakers,
        "article": held.articles,
        "outlet": held.outlets,
    }
    return [
        Holding(f"{count:,}", noun if count == 1 else f"{noun}s", str(LISTS[noun]))
        for noun, count in counts.items()
    ]


def count_statements() -> int:
    """The number of public statements, joint ones counted once, as the list of them says."""
    facet = facet_of_all("year", "joint")
    number: int = facet["counted"] if facet["complete"] else holdings().statements
    return number


def dates_covered() -> dict[str, Any]:
    """The first and the last date of public statements, if any has one, and how many have none."""
    public = Statement.objects.public()
    dated = public.filter(sort_date__gt=UNDATED)  # where the index begins
    first, last = dated.order_by("sort_date", "id").first(), dated.order_by("-sort_date", "-id").first()
    return {
        "first": first and Day.of(first),
        "last": last and Day.of(last),
        "undated": holdings().statements_by_day.get(UNDATED, 0),
    }


# ── One statement as evidence ────────────────────────────────────────────────────────────────


def _featured() -> Statement | None:
    """The newest quotation of whole words that were found in their source; else the newest statement."""
    statements = (
        Statement.objects.public()
        .select_related("speaker", "article__outlet", "capture")
        .defer("capture__text")
        .prefetch_related(Prefetch("anchors", Anchor.objects.filter(capture=F("statement__capture"))))
        .order_by("-sort_date", "-id")
    )
    proven = Q(kind=Kind.DIRECT, text_match=Match.MATCHED, speaker__isnull=False)
    return statements.filter(proven).first() or statements.first()


def _passage(statement: Statement) -> list[Piece]:
    return passage_of(statement) or [Piece(statement.text, True)]


# ── Three calls to try ───────────────────────────────────────────────────────────────────────


class Call(NamedTuple):
    """A URL in the API with a short description of the response."""

    path: str
    result: str


def _calls(statement: Statement) -> Iterator[Call]:
    """Three ways on from ``statement``: its speaker, its outlet in that month, its page."""
    public, article = Statement.objects.public(), statement.article
    if speaker := statement.speaker:
        count = public.by_speaker([speaker.pk]).count()
        yield _call("statement-list", f"{speaker}: {_many(count, 'statement')}", speaker=speaker.slug)

    printed = public.in_outlet([article.outlet.pk])
    if day := Day.of(statement):
        month = day.month
        count = printed.filter(sort_date__range=(month.first, month.last)).count()
        january = month.first.replace(month=1)
        if month.first > january:  # a date known only by year is stored as 1 January
            count += printed.filter(sort_date=january, date_precision="year").count()
        result = f"{article.outlet}, {month.written}: {_many(count, 'statement')}"
        yield _call("statement-list", result, outlet=article.outlet.slug, date=str(month))
    else:
        result = f"{article.outlet}: {_many(printed.count(), 'statement')}"
        yield _call("statement-list", result, outlet=article.outlet.slug)

    if links := RelatedLink.objects.public().filter(related_list__article=article).count():
        result = f"Printed with this article: {_many(links, 'link')}"
        yield _call("related-link-list", result, article=article.uid)
    else:
        count = public.filter(article=article).count()
        yield _call("statement-list", f"This article: {_many(count, 'statement')}", article=article.uid)


def _call(view_name: str, result: str, **parameters: object) -> Call:
    return Call(f"{reverse(view_name)}?{urlencode(parameters)}", result)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
