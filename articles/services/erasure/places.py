"""Finds words in every text column of the database, including those of future models."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

from articles.services.erasure.matching import WordsMatcher
from newsdb.ledger import Part, Record
from newsdb.models import Change, ErasedDigest, Erasure
from newsdb.models.fields import KeyField

#: The ledger and sessions are handled separately; hashes contain no searchable words, and the stored JSON
#: documents are rebuilt.
EXCLUDED_MODELS: tuple[Any, ...] = (
    Change,
    Erasure,
    ErasedDigest,
    Session,
    apps.get_model("articles", "Document"),
)
ROWS = 2000


@dataclass(frozen=True)
class Place:
    """A column of a row that contains the words."""

    model: Any
    pk: Any
    field: str
    text: str


def find_places(matcher: WordsMatcher) -> Iterator[Place]:
    """Find the words. Reads every text of the database once."""
    for model in apps.get_models():
        if model in EXCLUDED_MODELS or not (
            names := [f.name for f in model._meta.concrete_fields if _is_text(f)]
        ):
            continue
        rows = model._base_manager.order_by("pk").values_list("pk", *names).iterator(chunk_size=ROWS)
        for pk, *values in rows:
            for name, value in zip(names, values, strict=True):
                if value and _contains(matcher, name, value):
                    yield Place(model, pk, name, value if isinstance(value, str) else str(value))


def root_of(place: Place) -> tuple[str, Any]:
    """The type and uid of the record that the row belongs to; ``("", None)`` if it belongs to none."""
    row = place.model._base_manager.filter(pk=place.pk).first()
    while isinstance(declared := getattr(row, "record", None), Part):
        row = getattr(row, declared.of)
    return (declared.type, row.uid) if isinstance(declared, Record) else ("", None)


def _is_text(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return text and not (field.choices or field.generated or isinstance(field, KeyField))


def _contains(matcher: WordsMatcher, name: str, value: Any) -> bool:
    if name in ("prefix", "suffix"):
        return matcher.overlaps(value)
    return matcher.matches_any(value)
