"""Inputs: what a client may write.

An input takes exactly the JSON types it declares and refuses unknown members. Rules about values are left to
the model's own validation, which admin, fixtures and import share::

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
#: Rows that one member of a body may hold.
MAX_ROWS = 200


def url_of(record: Any) -> str:
    """The address of a record in the API."""
    return address(f"{record.record.type}-detail", getattr(record, "slug", record.uid))


def conflict_problem(record: Any, detail: str, *, pointer: str = "") -> Problem:
    """The 409 for a value that must be unique and that ``record`` already has."""
    return Problem(
        409, detail, url=url_of(record), errors=[{"pointer": pointer, "code": "taken", "detail": detail}]
    )


class ReasonInput(StrictSerializer):
    """Why."""

    reason = StrictCharField(max_length=MAX_REASON, help_text="Why; public in the record's history.")

    class Meta:
        example = {"reason": "The speaker was somebody else."}


class InputSerializer(StrictModelSerializer):
    """A record as a client writes it.

    ``Meta.creation_only`` names the members that are given once and never change; ``Meta.identities`` those
    that only one record may have, each with the lookup that finds it; ``Meta.parts`` the lists of rows that
    are part of the record; ``Meta.pointers`` maps columns to the members that fill them, where they differ.
    """

    uid = StrictUUIDField(
        required=False, help_text="Identity in exports and the feed; generated if omitted, and permanent."
    )
    reason = StrictCharField(
        required=False,
        allow_blank=True,
        max_length=MAX_REASON,
        help_text="Why; public in the record's history.",
    )

    def get_fields(self) -> dict[str, Any]:
        """The members; in a PATCH those that may change."""
        fields = super().get_fields()
        if self.partial:
            fields = {n: each for n, each in fields.items() if n not in self.meta_option("creation_only", ())}
        return fields

    def check_conflicts(self, values: Mapping[str, Any]) -> None:
        """Raise a ``Problem`` (409) with the address of the record that has an identity of ``values``.

        Where the ``uid`` is that of an erased record, there is no address.
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
        """What to look up for a value of the member ``name``."""
        return value

    def create(self, validated_data: dict[str, Any]) -> Any:
        """A new record, saved."""
        model: Any = self.Meta.model
        return self.write(model(), dict(validated_data))

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        """The record with the new values, saved."""
        return self.write(instance, dict(validated_data))

    def write(self, record: Any, values: dict[str, Any]) -> Any:
        """Put ``values`` into the record, and save it with its parts.

        Its ``reason``, and ``by``, whom the view gives to ``save``, are already in the ledger's context.
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
        """Context manager: the models' validation errors become those of the members at ``path``.

        ``plain`` names the column that is the whole of the member.
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
        """Make ``rows``, unsaved, the whole of the record's list ``name``; those that exist already stay.

        ``plain`` names the column that a client writes as the row.
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
    """What a row holds, but for its key and what is generated."""
    fields = row._meta.concrete_fields
    return tuple(getattr(row, f.attname) for f in fields if f.editable and not (f.primary_key or f.generated))


def with_article(noun: Any) -> str:
    """``noun`` with its indefinite article."""
    return f"{'an' if str(noun)[0] in 'aeiou' else 'a'} {noun}"
