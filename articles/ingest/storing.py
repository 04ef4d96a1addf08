"""Stores a page: its capture, its article, and the bylines and links printed with the article.

References, uniqueness and other constraints are left to the database: validating them here too would cost a
third of the load, and concurrent transactions could still conflict.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from articles.ingest.finding_articles import find_article, free_address
from articles.ingest.finding_outlets import (
    create_outlet_of,
    find_outlet,
    identify,
    learn_domain,
    outlet_at_host,
    unknown_outlet,
)
from articles.ingest.material import Material
from articles.ingest.proposing import propose_roles
from articles.ingest.truncation import blank_if_too_long, fit_to_columns
from articles.models import NO_HEADLINE, Article, Byline, Capture, Outlet
from articles.reading.page import Page
from articles.services.actors import find_or_create_author
from articles.services.related_lists import read_links, save_list


def save_capture(*, material: Material) -> tuple[Capture, bool, list[str]]:
    """Create a capture, for an existing article or a new one.

    Returns it, whether the article is new, and messages about what else was recorded. Raises
    ``ValidationError`` if the article or outlet cannot be determined.
    """
    received, page = material.received, fit_to_columns(material.page)
    identity = identify(received, page)
    owner = outlet_at_host(identity.host)
    outlet = find_outlet(identity, owner)
    notes = []
    if outlet is not None:
        # If two loads of one outlet's pages run at once, the second sees the article that the first created.
        outlet = Outlet.objects.select_for_update(of=("self",), no_key=True).get(pk=outlet.pk)
        if owner is None and (domain := learn_domain(outlet, identity)):
            notes.append(f"{domain} is now one of the domains of {outlet}")
    article = find_article(
        page,
        outlet=outlet,
        identity=identity,
        text_sha256=received.text_sha256,
        digests=material.digests,
    )
    new = article is None
    if article is None:
        if outlet is None:
            # A single line that names no outlet may be anything, and is refused.
            may_be_unknown = bool(page.body) and not identity.names_outlet
            outlet = unknown_outlet() if may_be_unknown else create_outlet_of(identity)
        article = _create_article(page, outlet, free_address(identity))
    elif article.status == "retracted":
        raise ValidationError(f"Its article was retracted: {article.retraction_reason}")
    capture = Capture(
        article=article,
        sha256=received.sha256,
        text_sha256=received.text_sha256,
        length=len(received.text),
        media_type=received.media_type,
        extractor=received.html_extractor,
        extractor_version=received.html_extractor_version,
        source_url=received.source_url or identity.declared_url,
        captured_at=received.captured_at,
        text=None if material.erased else received.text,
        text_erased=bool(material.erased),
    )
    capture.clean_fields(exclude={"article"})
    capture.save()
    return capture, new, notes


def _create_article(page: Page, outlet: Outlet, source_url: str) -> Article:
    if not (page.headline or page.body):
        raise ValidationError("The page has neither a headline nor any text.")
    published = page.published
    article = Article(
        headline=page.headline or NO_HEADLINE,
        deck=page.deck,
        outlet=outlet,
        section=page.section,
        language=page.language,
        source_url=source_url,
        published_on=published.first if published else None,
        published_precision=published.precision if published else "",
    )
    article.clean_fields(exclude={"outlet"})
    article.save()
    return article


def save_page_context(*, capture: Capture, material: Material, new: bool) -> list[str]:
    """Save bylines, proposed roles and lists of links, if the article is new or has none yet.

    Returns messages about what needs a person's attention.
    """
    article, page = capture.article, fit_to_columns(material.page)
    notes = []
    if new or not article.bylines.exists():
        notes = _save_bylines(capture, page, material.erased_names)
    if new or not article.related_lists.exists():
        for position, printed in enumerate(page.lists):
            links = read_links(
                printed.links, page_url=capture.source_url, captured_at=material.received.captured_at
            )
            save_list(article=article, title=printed.title, position=position, links=links)
    return notes


def _save_bylines(capture: Capture, page: Page, erased: Collection[str]) -> list[str]:
    notes, there = [], set()
    for position, printed in enumerate(page.bylines):
        if printed.name in erased:
            notes.append("one of its authors was erased: no byline was created for that name")
            continue
        if not blank_if_too_long(Byline, "printed_name", printed.name):
            notes.append(f"“{printed.name[:50]}…” is too long for a name: add the byline yourself")
            continue
        author = find_or_create_author(printed.name, organisation=printed.organisation)
        if author is None:
            notes.append(f"“{printed.name}” may be more than one actor: add the byline yourself")
        elif author.pk not in there:
            there.add(author.pk)
            byline = Byline(
                article=capture.article,
                author=author,
                position=position,
                printed_name=printed.name,
                note=printed.note,
            )
            byline.clean_fields(exclude={"article", "author"})
            byline.save()
            propose_roles(byline=byline, printed=printed, capture=capture)
    return notes
