"""Inputs: serializers of the request bodies with which clients write records.

An input accepts only the JSON types it declares, and refuses unknown members. Rules about values are left to
the model's validation, which the admin, fixtures and import share::

    class OutletInput(InputSerializer):
        \"\"\"An outlet to write.\"\"\"

        class Meta:
            model = Outlet
            fields = ("uid", "slug", "name", "wikidata_id", "text_policy", "reason")
            creation_only = ("uid",)
            identities = {"uid": "uid", "slug": "slug"}
            example = {"slug": "the-example-gazette", "name": "The Example Gazette"}
            patch_example = {"text_policy": "none", "reason": "They asked for it."}
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import models
from rest_framework.exceptions import ValidationError
from rest_framework.fields import get_error_detail

from newsdb.api.exceptions import Problem
from newsdb.api.links import address
from newsdb.api.request.input_fields import StrictCharField, StrictUUIDField
from newsdb.api.request.strict_serializers import StrictModelSerializer, StrictSerializer
from newsdb.models import Erasure

MAX_REASON = 2000
#: The most rows in a list of a body.
MAX_ROWS = 200


def url_of(record: Any) -> str:
    """The URL of a record in the API."""
    return address(f"{record.record.type}-detail", getattr(record, "slug", record.uid))


def conflict_problem(record: Any, detail: str, *, pointer: str = "") -> Problem:
    """The 409 for a unique value that ``record`` already has."""
    return Problem(
        409, detail, url=url_of(record), errors=[{"pointer": pointer, "code": "taken", "detail": detail}]
    )


class ReasonInput(StrictSerializer):
    """Why."""

    reason = StrictCharField(max_length=MAX_REASON, help_text="The reason; public in the record's history.")

    class Meta:
        example = {"reason": "Someone else said it."}


class InputSerializer(StrictModelSerializer):
    """The body with which a client creates or updates a record.

    ``Meta.creation_only`` names the members that cannot be changed later. ``Meta.identities`` maps unique
    members to the lookups that find their record. ``Meta.parts`` names the lists of rows that are part of the
    record. ``Meta.pointers`` maps a column to the path of the member that fills it, if that has another name.
    """

    uid = StrictUUIDField(
        required=False,
        help_text="Permanent identifier, the same in exports and in the change feed; generated if omitted.",
    )
    reason = StrictCharField(
        required=False,
        allow_blank=True,
        max_length=MAX_REASON,
        help_text="The reason; public in the record's history.",
    )

    def get_fields(self) -> dict[str, Any]:
        """The members; for a PATCH, only those that may change."""
        fields = super().get_fields()
        if self.partial:
            fields = {n: each for n, each in fields.items() if n not in self.meta_option("creation_only", ())}
        return fields

    def check_conflicts(self, values: Mapping[str, Any]) -> None:
        """Raise a ``Problem`` (409), with the other record's URL, if an identity in ``values`` is taken.

        If it is the ``uid`` of an erased record, there is no URL.
        """
        model: Any = self.Meta.model
        uid = values.get("uid")
        if uid and Erasure.objects.of(model.record.type, uid).exists():
            noun = with_article(model._meta.verbose_name).capitalize()
            detail = f"{noun} with this uid was erased: leave it out."
            error = {"pointer": "/uid", "code": "erased", "detail": detail}
            raise Problem(409, detail, code="erased", errors=[error])
        for name, lookup in self.meta_option("identities", {}).items():
            value = self.identity(name, values.get(name))
            others = model._base_manager.exclude(pk=self.instance.pk if self.instance else None)
            if value and (other := others.filter(**{lookup: value}).first()):
                detail = (
                    f"{with_article(model._meta.verbose_name).capitalize()} with this {name} already exists."
                )
                raise conflict_problem(other, detail, pointer=f"/{name}")

    def identity(self, name: str, value: Any) -> Any:
        """The value to look up for a value of the member ``name``."""
        return value

    def create(self, validated_data: dict[str, Any]) -> Any:
        """Save a new record and return it."""
        model: Any = self.Meta.model
        return self.write(model(), dict(validated_data))

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        """Save the record with the new values and return it."""
        return self.write(instance, dict(validated_data))

    def write(self, record: Any, values: dict[str, Any]) -> Any:
        """Set ``values`` on the record, and save it and its parts.

        ``reason`` and ``by`` are dropped: the view has already put them into the ledger's context.
        """
        for name in ("by", "reason"):
            values.pop(name, None)
        parts = {name: values.pop(name) for name in self.meta_option("parts", ()) if name in values}
        for name, value in values.items():
            setattr(record, name, value)
        with self.map_model_errors():
            record.full_clean()
            record.save()
        for name, rows in parts.items():
            getattr(self, f"write_{name}")(record, rows)
        return record

    @contextmanager
    def map_model_errors(self, *path: str | int, plain: str = "") -> Iterator[None]:
        """Context manager: turns a model's validation errors into errors of the member at ``path``.

        If the member is a plain value instead of an object, ``plain`` names the column it fills.
        """
        try:
            yield
        except ModelValidationError as error:
            detail = self._by_member(error, plain)
            for step in reversed(path):
                detail = {step: detail}
            raise ValidationError(detail) from None

    def _by_member(self, error: ModelValidationError, plain: str) -> dict[Any, Any]:
        found = get_error_detail(error)
        if isinstance(found, list):
            return {"non_field_errors": found}
        whole = ("non_field_errors",)
        pointers = {NON_FIELD_ERRORS: whole, plain: whole, **self.meta_option("pointers", {})}
        nested: dict[Any, Any] = {}
        for column, details in found.items():
            *steps, last = pointers.get(column, (column,))
            place = nested
            for step in steps:
                place = place.setdefault(step, {})
            place[last] = details
        return nested

    def replace_rows(self, record: Any, name: str, rows: Sequence[models.Model], *, plain: str = "") -> None:
        """Replace the rows in the record's list ``name`` with ``rows`` (unsaved). Equal rows are kept.

        If clients write each row as a plain value, ``plain`` names the column it fills.
        """
        existing = {_row_values(row): row.pk for row in getattr(record, name).all()}
        kept = {existing[values] for values in map(_row_values, rows) if values in existing}
        getattr(record, name).exclude(pk__in=kept).delete()
        for index, row in enumerate(rows):
            if existing.pop(_row_values(row), None) in kept:
                continue
            with self.map_model_errors(name, index, plain=plain):
                row.full_clean()
                row.save()


def _row_values(row: models.Model) -> tuple[Any, ...]:
    """A row's values, without its primary key and generated columns."""
    fields = row._meta.concrete_fields
    return tuple(getattr(row, f.attname) for f in fields if f.editable and not (f.primary_key or f.generated))


def with_article(noun: Any) -> str:
    """``noun`` with its indefinite article."""
    return f"{'an' if str(noun)[0] in 'aeiou' else 'a'} {noun}"
