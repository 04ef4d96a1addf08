"""Finds the article of a page among the records: by address, by text, or by headline and a paragraph."""

from functools import partial

from django.db.models import QuerySet

from articles.ingest.copies import shares_a_paragraph
from articles.ingest.finding_outlets import Identity
from articles.models import NO_HEADLINE, Article, Capture, Outlet
from articles.models.statement import UNDATED
from articles.reading.page import Page
from newsdb.addresses import canonical_url, host_of
from newsdb.dates import last_day
from newsdb.models.prepared import Placeholder, Prepared
from newsdb.text import fold

# Look-ups that find nothing for a new page are prepared.
_at_own_url = Prepared(
    lambda: (
        Article.objects.order_by().with_own_url().filter(source_url_key=Placeholder("key")).values_list("pk")
    )
)
_captured_at = Prepared(
    lambda: (
        Capture.objects.order_by()
        .filter(source_url_key=Placeholder("key"))
        .values_list("article")
        .distinct()[:2]
    )
)
_with_text = Prepared(
    lambda: Capture.objects.order_by().filter(text_sha256=Placeholder("text")).values_list("pk")[:1]
)


def _headed(*, unaddressed: bool) -> QuerySet:
    known = ("outlet", "headline", "sort_date", "published_precision")
    rows = Article.objects.order_by("pk").filter(**{field: Placeholder(field) for field in known})
    return (rows.filter(source_url_key="") if unaddressed else rows).values_list("pk")[:20]


#: The first articles of a headline and a day: of all, and of those without a URL.
_headed_alike = {each: Prepared(partial(_headed, unaddressed=each)) for each in (False, True)}


def find_article(
    page: Page, *, outlet: Outlet | None, identity: Identity, text_sha256: str, digests: set[int]
) -> Article | None:
    """Find a page's article: by URL, else by identical text, else by headline, date and a paragraph.

    Pages with different URLs or outlets are different articles: a copy elsewhere is another article, even of
    a new outlet. A URL that only the page declares must also have the same story, and not another day: all
    pages of a site may declare the same one.
    """
    if found := _article_at(identity.given_url):
        return found
    declared = _article_at(identity.declared_url) if _is_same_site(identity) else None
    if declared and _is_same_story(declared, page, digests):
        return declared
    if outlet is None:
        return None if identity.names_outlet else _only_article_of(text_sha256)
    unaddressed, published = bool(identity.url), page.published
    if _with_text.rows(text=text_sha256):
        alike = Article.objects.filter(outlet=outlet, captures__text_sha256=text_sha256).order_by("captures")
        if found := (alike.filter(source_url_key="") if unaddressed else alike).first():
            return found
    headed = _headed_alike[unaddressed].rows(
        outlet=outlet.pk,
        headline=page.headline or NO_HEADLINE,
        sort_date=published.first if published else UNDATED,
        published_precision=published.precision if published else "",
    )
    # "Morning briefing" and "Letters to the editor" recur, even on one day.
    same_story = next((pk for (pk,) in headed if shares_a_paragraph(pk, digests)), None)
    return Article.objects.get(pk=same_story) if same_story else None


def _only_article_of(text_sha256: str) -> Article | None:
    """The only article with this text, for a page whose outlet and address are unknown; else None."""
    found = Article.objects.filter(captures__text_sha256=text_sha256).distinct()[:2]
    return found[0] if len(found) == 1 else None


def free_address(identity: Identity) -> str:
    """The URL for a new article; "" if the page declares one that another article has."""
    url = identity.url
    if identity.given_url:  # `find_article` would have found that one
        return url
    return "" if Article.objects.with_source_url(url).exists() else url


def _is_same_site(identity: Identity) -> bool:
    """Whether the declared URL is on the given site: same host, a subdomain, or no given URL."""
    given, declared = host_of(identity.given_url), host_of(identity.declared_url)
    return not given or f".{given}".endswith(f".{declared}") or f".{declared}".endswith(f".{given}")


def _is_same_story(article: Article, page: Page, digests: set[int]) -> bool:
    day, published = article.published_on, page.published
    if day and published:
        last = last_day(day, article.published_precision)
        if published.first > last or published.last < day:
            return False
    return fold(article.headline) == fold(page.headline) or shares_a_paragraph(article.pk, digests)


def _article_at(url: str) -> Article | None:
    """The article with this URL, else the only one with a capture from it."""
    if not (key := canonical_url(url)):
        return None
    found = _at_own_url.rows(key=key) or _captured_at.rows(key=key)
    return Article.objects.get(pk=found[0][0]) if len(found) == 1 else None
