"""Loads one document in one transaction, so that a killed run neither loses nor duplicates anything."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError

from articles.ingest.copies import find_shared, propose_copies, save_fingerprints, without_repeated
from articles.ingest.erased import detach_erased_text, without_erased
from articles.ingest.finding_outlets import find_printed_outlets
from articles.ingest.known_words import KnownWords
from articles.ingest.material import EXTRACTOR, Material, Received, read_material, receive
from articles.ingest.proposing import propose_statements
from articles.ingest.storing import save_capture, save_page_context
from articles.ingest.submitted_metadata import add_submitted_metadata
from articles.models import NO_HEADLINE, UNKNOWN_OUTLET, Article, Capture, Proposal, Reading
from articles.reading.budget import UNLIMITED, Budget
from articles.reading.documents import Document
from articles.reading.quotations import VERSION
from articles.services.anchor_transfer import carry_anchors
from articles.services.captures import attach_text, verify_capture
from articles.services.latest_capture import record_in_latest_capture
from newsdb.ledger import attributed
from newsdb.models.prepared import Placeholder, Prepared
from newsdb.models.write_errors import WRITE_ERRORS, explain, is_disk_full

Action = Literal["created", "updated", "unchanged"]

#: Attempts at a load that conflicts with a concurrent one.
ATTEMPTS = 3
# Look-ups that find nothing for a new page are prepared.
_captures = Prepared(
    lambda: Capture.objects.order_by().filter(sha256=Placeholder("sha256")).values_list("pk", "text")
)
_readings = Prepared(
    lambda: (
        Reading.objects.order_by()
        .filter(
            capture__sha256=Placeholder("sha256"),
            capture__text__isnull=False,
            extractor=Placeholder("extractor"),
            extractor_version=Placeholder("version"),
        )
        .values_list("pk")
    )
)


class LoadError(ValueError):
    """The reason why a document was not loaded."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of loading a document.

    ``created``: its article is new. ``updated``: the article was known, but something was added to it.
    """

    action: Action
    capture: Capture
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()
    """Messages for whoever loaded the document."""

    @property
    def article(self) -> Article:
        """The page's article."""
        return self.capture.article


def load_document(document: Document, *, material: Material | None = None, **options: Any) -> Outcome:
    """Load a document within INGEST_SECONDS of processor time. The options are those of ``load``.

    ``material`` is the document if it has already been read. Raises ``DocumentError``, ``LoadError`` or
    ``OverBudgetError``; in that case nothing is loaded.
    """
    budget = Budget(settings.INGEST_SECONDS)
    outcome = None if material else find_loaded(document.sha256)
    if outcome is None:
        received = material.received if material else receive(document)
        outcome = load(received, material=material, budget=budget, **options)
    if outcome.action == "created":
        return outcome
    return _with_submitted_metadata(
        outcome, document, by=options.get("by", ""), reason=options.get("reason", "")
    )


def _with_submitted_metadata(outcome: Outcome, document: Document, *, by: str, reason: str) -> Outcome:
    try:
        additions = add_submitted_metadata(capture=outcome.capture, document=document, by=by, reason=reason)
    except WRITE_ERRORS as error:
        raise LoadError(_explain(error)) from error
    return replace(
        outcome,
        action="updated" if additions else outcome.action,
        notes=(*outcome.notes, *additions.contradictions),
    )


def load(
    received: Received,
    *,
    material: Material | None = None,
    publish: float | None = None,
    by: str = "",
    reason: str = "",
    budget: Budget = UNLIMITED,
) -> Outcome:
    """Store a page verbatim, with its article, and propose its new statements.

    Loading a page again changes nothing. Proposals that have a speaker and at least the confidence
    ``publish`` are published at once, unreviewed; without ``publish``, and of an unknown outlet, all await
    review. The ledger records ``by`` and ``reason``.

    Raises ``LoadError`` or ``OverBudgetError``; in that case nothing is loaded. Raises ``OperationalError``
    if the disk is full.
    """
    text = next((text for _, text in _captures.rows(sha256=received.sha256)), None)
    if text is not None:
        if loaded := find_loaded(received.sha256):
            return loaded
        # Another version of the extractor may get another text from the same HTML.
        received, material = replace(received, text=text), None
    material = material or read_material(received, budget=budget)
    if outlets := find_printed_outlets(material):
        material = read_material(received, outlets=outlets, budget=budget)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with attributed(by=by, reason=reason):
                return _load(material, publish, budget)
        except (*WRITE_ERRORS, OperationalError) as error:
            if is_disk_full(error):
                raise
            # Another transaction may have loaded the same page, or there was a deadlock.
            if attempt == ATTEMPTS:
                raise LoadError(_explain(error)) from error
    raise AssertionError("unreachable")  # pragma: no cover


def _explain(error: Exception) -> str:
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return " ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    return " ".join(explain(error))


def find_loaded(sha256: str) -> Outcome | None:
    """The outcome for a document that is already loaded and need not be read again; else None."""
    # The confidence table does not matter: it changes neither quotations nor speakers.
    found = _readings.rows(sha256=sha256, extractor=EXTRACTOR, version=VERSION)
    if not found:
        return None
    reading = Reading.objects.select_related("capture__article__outlet").get(pk=found[0][0])
    return Outcome("unchanged", reading.capture)


def _load(material: Material, publish: float | None, budget: Budget) -> Outcome:
    material = without_erased(material)
    found = _captures.rows(sha256=material.received.sha256)
    capture = Capture.objects.get(pk=found[0][0]) if found else None
    notes: list[str] = []
    new = changed = stored = False
    if capture is None:
        capture, new, notes = save_capture(material=material)
        changed = stored = True
        if new or not capture.article.captures.exclude(pk=capture.pk).exists():
            notes += save_page_context(capture=capture, material=material, new=new)
        if new and material.received.declared.source_url and not capture.article.source_url:
            notes.append("the address that it declares is another article's: its own is unknown")
    elif capture.article.status == "retracted":
        raise ValidationError(f"Its article was retracted: {capture.article.retraction_reason}")
    if new and capture.article.headline == NO_HEADLINE:
        notes.append("it prints no headline: give the article's")
    if capture.article.outlet.name == UNKNOWN_OUTLET:
        publish = None  # whoever decides on the proposals is asked for the outlet
        if new:
            notes.append("nothing says who published it: give the article's outlet")
    notes += material.language_notes()
    if material.erased:
        notes.append("it contains erased words: these are not proposed, and its text is not stored")
        detach_erased_text(capture)
    elif capture.text is None and not capture.text_erased:
        attach_text(capture=capture, text=material.received.text)
        verify_capture(capture=capture, text=material.received.text)
        changed = True
    changed |= not new and bool(
        carry_anchors(capture=capture, text=material.received.text, erased=material.erased, budget=budget)
    )
    known = KnownWords() if new else KnownWords.of(capture)
    proposals = propose_statements(
        capture=capture, material=material, known=known, only_capture=new, publish=publish, budget=budget
    )
    if not new:
        texts = {capture.pk: material.received.text}
        missing = record_in_latest_capture(article=capture.article, texts=texts)
        notes += [
            f"not found in the latest capture: {each}" for each in missing if each.status == "published"
        ]
    shared = find_shared(material.digests)
    digests = without_repeated(material.digests, shared)
    save_fingerprints(capture=capture, digests=digests)
    copies = propose_copies(capture=capture, digests=digests, shared=shared)
    facts = {"extractor": material.extractor, "extractor_version": material.calibration.reader}
    if stored:
        Reading.objects.create(capture=capture, **facts)
    else:
        Reading.objects.update_or_create(capture=capture, defaults=facts)
    action: Action = "created" if new else "updated" if changed or proposals or copies else "unchanged"
    return Outcome(action, capture, tuple(proposals), tuple(notes))
