"""Adds the metadata submitted with a page whose bytes or article are already recorded.

It fills in unknown values. Recorded values are never overwritten: if one differs, a message says so.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from articles.ingest.erased import check_page
from articles.ingest.finding_outlets import Identity, find_or_create_outlet, is_outlet_called
from articles.ingest.truncation import blank_if_too_long
from articles.models import NO_HEADLINE, UNKNOWN_OUTLET, Article, Capture, Outlet
from articles.reading.documents import Document
from articles.services.latest_capture import record_in_latest_capture
from newsdb.addresses import canonical_url
from newsdb.dates import PartialDate, Precision, last_day
from newsdb.ledger import attributed
from newsdb.page_versions import unwrap
from newsdb.text import fold

_WORDS = ("headline", "deck", "section", "language")


@dataclass(slots=True)
class Additions:
    """What a submission adds to an article and its capture, by field, and what it contradicts."""

    article: dict[str, Any] = field(default_factory=dict)
    outlet: Identity | None = None
    """What identifies the outlet, if the article's is unknown."""
    capture: dict[str, Any] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.article or self.outlet or self.capture)

    def contradict(self, name: str, given: Any, recorded: Any) -> None:
        """Report a value that differs from the recorded one."""
        self.contradictions.append(f"{name} was given as {given}, but is recorded as {recorded}: it stays")


def add_submitted_metadata(*, capture: Capture, document: Document, by: str, reason: str) -> Additions:
    """Fill in what is unknown of a capture and its article. Raises ``ValidationError``."""
    if capture.article.status == "retracted":
        return Additions()
    additions = compare(capture, document)
    if not additions:
        return additions
    check_page(capture.sha256, [unwrap(document.source_url)])
    with attributed(by=by, reason=reason):
        article = Article.objects.select_for_update(of=("self",)).get(pk=capture.article_id)
        capture.refresh_from_db()
        capture.article = article
        additions = compare(capture, document)
        if additions.outlet:
            additions.article["outlet"] = find_or_create_outlet(additions.outlet)
        for record, values in ((article, additions.article), (capture, additions.capture)):
            for name, value in values.items():
                setattr(record, name, value)
            if values:
                record.full_clean(validate_unique=False)
                record.save(update_fields=list(values))
        if "captured_at" in additions.capture:
            record_in_latest_capture(article=article)
    return additions


def compare(capture: Capture, document: Document) -> Additions:
    """Compare the metadata submitted with a page to its recorded metadata."""
    additions = Additions()
    article, given = capture.article, document.declared
    for name in _WORDS:
        _compare_words(additions, name, getattr(given, name), getattr(article, name))
    if given.published:
        _compare_days(additions, given.published, article)
    if article.outlet.name == UNKNOWN_OUTLET:
        told = Identity(blank_if_too_long(Outlet, "name", given.outlet), unwrap(document.source_url))
        additions.outlet = told if told.names_outlet else None
    elif given.outlet and not is_outlet_called(article.outlet, given.outlet, document.source_url):
        additions.contradict("outlet", given.outlet, article.outlet.name)
    if document.source_url:
        _compare_addresses(additions, document.source_url, capture)
    if document.captured_at:
        _compare_times(additions, document.captured_at, capture.captured_at)
    return additions


def _compare_words(additions: Additions, name: str, given: str, recorded: str) -> None:
    if name in ("section", "language"):
        given = blank_if_too_long(Article, name, given)
    if not given or fold(given) == fold(recorded):
        return
    longer, shorter = f"{given.lower()}-", f"{recorded.lower()}-"
    if recorded in ("", NO_HEADLINE) or (name == "language" and longer.startswith(shorter)):
        additions.article[name] = given
    elif not (name == "language" and shorter.startswith(longer)):
        additions.contradict(name, given, recorded)


def _compare_days(additions: Additions, given: PartialDate, article: Article) -> None:
    recorded, precision = article.published_on, article.published_precision
    if recorded is None:
        additions.article |= {"published_on": given.first, "published_precision": given.precision}
    elif given.first > last_day(recorded, precision) or last_day(given.first, given.precision) < recorded:
        additions.contradict("published_on", given, PartialDate(recorded, cast(Precision, precision)))


def _compare_times(additions: Additions, given: datetime, recorded: datetime | None) -> None:
    if recorded is None:
        additions.capture["captured_at"] = given
    elif given != recorded:
        additions.contradict("captured_at", *(each.astimezone(UTC).isoformat() for each in (given, recorded)))


def _compare_addresses(additions: Additions, given: str, capture: Capture) -> None:
    article = capture.article
    if capture.source_url and canonical_url(given) != capture.source_url_key:
        additions.contradict("source_url", given, capture.source_url)
    elif not article.source_url and (other := Article.objects.with_source_url(given).first()):
        additions.contradictions.append(f"source_url was given as {given}, which is the address of {other}")
    else:
        if not capture.source_url:
            additions.capture["source_url"] = given
        if not article.source_url:
            additions.article["source_url"] = unwrap(given)
