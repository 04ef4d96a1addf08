"""Describes the columns of a table, from the fields of its model."""

from typing import Any

from django.db import models

from articles.export.tables import Column

TYPES: list[tuple[type[models.Field], str]] = [
    (models.UUIDField, "uuid"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.BooleanField, "boolean"),
    (models.FloatField, "number"),
    (models.IntegerField, "integer"),
]
#: Descriptions of columns whose model fields have no help text.
DESCRIPTIONS = {
    "updated_at": "When the record last changed.",
    "extractor_version": "The extractor's version.",
    "text_match": "Whether every anchor was found in the captured text; follows from the anchors.",
    "match": "What the last check against the captured text found: matched, unchecked or mismatched.",
    "checked_at": "When that was checked, or null.",
    "statement": "The statement whose words these are, by uid.",
    "capture": "The capture that contains them, by sha256.",
    "author": "The author, by slug.",
    "list": "The list that it belongs to, by position in its article.",
}


def column_of(model: Any, name: str, path: str, *, derived: bool, optional: bool) -> Column:
    """The column ``name`` for the field at ``path`` of ``model``: ``text``, or ``speaker__slug``."""
    first_step, *further = path.split("__")
    field = first = model._meta.get_field(first_step)
    for step in further:
        field = field.related_model._meta.get_field(step)
    stored = _stored(field)
    kind = next((kind for base, kind in TYPES if isinstance(stored, base)), "string")
    return Column(
        name=name,
        type=kind,
        description=_description(name, first, field),
        nullable=first.null or bool(stored.null),
        blank=kind == "string" and (field.blank or field.generated),
        choices=tuple(str(value) for value, _ in stored.choices or ()),
        derived=derived,
        optional=optional,
    )


def _description(name: str, first: Any, last: Any) -> str:
    if name in DESCRIPTIONS:
        return DESCRIPTIONS[name]
    if name.endswith("_precision") and not first.help_text:
        return "day, month or year; empty if there is no date."
    if first is last:
        return str(first.help_text) or f"The {first.verbose_name}."
    name, known_by = last.model._meta.verbose_name, last.name
    return f"{first.help_text} By {known_by}." if first.help_text else f"Its {name}, by {known_by}."


def _stored(field: Any) -> Any:
    """The field itself or, for a generated column, its output field."""
    return field.output_field if field.generated else field
