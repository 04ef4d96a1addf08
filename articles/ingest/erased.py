"""Keeps erased content out: its words are not proposed again, and such a text is not stored."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError

from articles.ingest.material import Material
from articles.models import Capture
from articles.models.statement import GAP
from articles.reading.quotations import Quotation
from newsdb.addresses import canonical_url, former_canonical_url
from newsdb.models import ErasedDigest
from newsdb.models.erasure import DigestKind
from newsdb.models.prepared import Prepared
from newsdb.page_versions import unwrap
from newsdb.text import fold

_any_erased = Prepared(lambda: ErasedDigest.objects.order_by().values_list("pk")[:1])


def without_erased(material: Material) -> Material:
    """Remove quotations whose words or speaker were erased; record their positions, and the erased names.

    Raises ``ValidationError`` if the article of the page was erased.
    """
    if not _any_erased.rows():
        return material
    received = material.received
    check_page(received.sha256, [unwrap(received.source_url), received.declared.source_url])
    text = material.received.text
    keys = {id(each): _keys(each, text) for each in material.quotations}
    words = ErasedDigest.objects.erased(DigestKind.WORDS, {key for each in keys.values() for key in each})
    speakers = [each.name for each in material.quotations]
    names = erased_names([*speakers, *(each.name for each in material.page.bylines)])
    erased = [each for each in material.quotations if keys[id(each)] & words or each.name in names]
    left = [each for each in material.quotations if each not in erased]
    parts = tuple(part for each in erased for part in each.parts)
    return replace(material, quotations=left, erased=parts, erased_names=names)


def _keys(quotation: Quotation, text: str) -> set[str]:
    parts = [part.of(text) for part in quotation.parts]
    return {key for each in (GAP.join(parts), *parts) if (key := fold(each))}


def erased_names(names: Iterable[str]) -> set[str]:
    """The ``names`` that belonged to an erased actor."""
    folded = {name: key for name in names if (key := fold(name))}
    erased = ErasedDigest.objects.erased(DigestKind.NAME, set(folded.values()))
    return {name for name, key in folded.items() if key in erased}


def check_page(sha256: str, urls: Iterable[str]) -> None:
    """Raise ``ValidationError`` if the article of a page with these bytes or one of these URLs was erased."""
    keys = {key for url in urls for key in (canonical_url(url), former_canonical_url(url))}
    if ErasedDigest.objects.erased(DigestKind.PAGE, {sha256, *keys} - {""}):
        raise ValidationError("The article of this page was erased: it is not loaded again.")


def detach_erased_text(capture: Capture) -> None:
    """Detach the text of a capture that was loaded before its words were erased elsewhere."""
    if not capture.text_erased:
        capture.text, capture.text_erased = None, True
        capture.save(update_fields=["text", "text_erased"])
