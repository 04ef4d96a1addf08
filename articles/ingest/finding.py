"""Finds the outlet and article of a page among the records; an ambiguous name is never guessed."""

from django.core.exceptions import ValidationError

from articles.ingest.copies import shares_a_paragraph
from articles.models import Article, Capture, Outlet, OutletDomain, OutletSlug
from articles.reading.page import Page
from newsdb.addresses import canonical_url, free_slug, host_of


def find_outlet(name: str, source_url: str) -> Outlet | None:
    """The outlet that publishes at this address, else the one of this name.

    Raises ``ValidationError`` where the name means more than one.
    """
    host = host_of(source_url)
    labels = host.split(".")
    # A page at news.gazette.example is the Gazette's, unless another outlet has that host.
    hosts = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    domains = OutletDomain.objects.filter(domain__in=hosts).select_related("outlet")
    if owned := max(domains, key=lambda row: len(row.domain), default=None):
        return owned.outlet
    found = list(Outlet.objects.found_by(name)[:2]) if name else []
    if len(found) > 1:
        raise ValidationError(f"“{name}” may be more than one outlet: give the page's address.")
    return found[0] if found else None


def create_outlet(name: str, source_url: str) -> Outlet:
    """A new outlet, with the domain of the page's address; named by it where the page prints no name.

    Raises ``ValidationError`` where there is neither.
    """
    host = host_of(source_url)
    if not (name or host):
        raise ValidationError(
            "The page does not name its outlet, and its address is unknown: give `outlet` or"
            " `source_url` with it, as JSON Lines do."
        )
    slug = free_slug(
        name or host, taken=lambda slug: OutletSlug.objects.filter(slug=slug).exists(), otherwise="outlet"
    )
    outlet = Outlet(name=name or host, slug=slug)
    outlet.full_clean(validate_unique=False, validate_constraints=False)
    outlet.save()
    if "." in host:
        domain = OutletDomain(outlet=outlet, domain=host)
        domain.full_clean(validate_unique=False, validate_constraints=False)
        domain.save()
    return outlet


def find_article(
    page: Page, *, outlet: Outlet | None, source_url: str, text_sha256: str, digests: set[int]
) -> Article | None:
    """The article that a page is of: by address, else by its very text, else by headline and date.

    Two addresses are two articles, and so are two outlets: a copy elsewhere is another article.
    """
    if at_address := _at(source_url):
        return at_address
    candidates = Article.objects.filter(outlet=outlet) if outlet else Article.objects.all()
    if source_url:
        candidates = candidates.filter(source_url_key="")
    texts = Capture.objects.filter(text_sha256=text_sha256, article__in=candidates)
    if same_text := texts.select_related("article").order_by("pk").first():
        return same_text.article
    if outlet is None:
        return None
    published = page.published
    headed = candidates.filter(
        headline=page.headline,
        published_on=published.first if published else None,
        published_precision=published.precision if published else "",
    )
    # "Morning briefing" recurs: without a day the texts have to have something in common.
    same = [row for row in headed.order_by("pk")[:20] if published or shares_a_paragraph(row, digests)]
    return same[0] if same else None


def _at(url: str) -> Article | None:
    if not (key := canonical_url(url)):
        return None
    own = Article.objects.filter(source_url_key=key).first()
    captured = [] if own else list(Article.objects.filter(captures__source_url_key=key).distinct()[:2])
    return own or (captured[0] if len(captured) == 1 else None)
