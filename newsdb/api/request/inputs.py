"""Inputs: what a client may write, declared beside what it reads.

An input takes exactly the JSON types it declares, refuses members it does not know, and leaves what the
values must be to the model's own validation, which serves admin, fixtures and import too::

    class OutletInput(InputSerializer):
        \"\"\"An outlet to write.\"\"\"

        class Meta:
            model = Outlet
            fields = ("uid", "slug", "name", "wikidata_id", "text_policy", "reason")
            creation_only = ("uid",)
            identities = {"uid": "uid", "slug": "slug"}
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as Refusal
from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import get_error_detail
from rest_framework.validators import UniqueValidator

from newsdb.api.exceptions import Problem
from newsdb.api.links import address
from newsdb.api.request.input_fields import Choice, Number, Text, Truth, Uid, Whole
from newsdb.api.request.parameters import shorten
from newsdb.dates import PartialDate
from newsdb.models import Erasure

MAX_REASON = 2000
#: Rows that one member of a body may hold.
MAX_ROWS = 200
#: Of the members that are not known, so many are named.
MAX_NAMED = 20


def address_of(record: Any) -> str:
    """The API's address of a record."""
    return address(f"{record.record.type}-detail", getattr(record, "slug", record.uid))


def taken(record: Any, detail: str, *, pointer: str = "") -> Problem:
    """The 409, with the address of ``record``, for what only one record may have, and this one has."""
    return Problem(
        409,
        detail,
        url=address_of(record),
        errors=[{"pointer": pointer, "code": "taken", "detail": detail}],
    )


class Members(serializers.ModelSerializer):
    """An object with exactly the members it declares.

    ``Meta.blank_as_null`` names the texts for which null stands for empty, as it does in what is read;
    ``Meta.partial_dates`` the days whose precision, another member, follows from how they are written.
    """

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.BooleanField: Truth,
        models.CharField: Text,
        models.FloatField: Number,
        models.PositiveIntegerField: Whole,
        models.TextField: Text,
        models.UUIDField: Uid,
    }
    serializer_choice_field = Choice

    def get_fields(self) -> dict[str, Any]:
        """The members, completed from the model."""
        fields: dict[str, Any] = super().get_fields()
        for name in self.option("blank_as_null", ()):
            fields[name].allow_null = True
        return fields

    def option(self, name: str, default: Any) -> Any:
        """An option of ``Meta``."""
        return getattr(self.Meta, name, default)

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[type, dict[str, Any]]:
        """As DRF's, without its check of uniqueness: what is taken answers 409, not 400."""
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if kwargs.get("allow_null"):
            kwargs.pop("allow_blank", None)  # null alone stands for what is not there
        if "validators" in kwargs:
            kwargs["validators"] = [v for v in kwargs["validators"] if not isinstance(v, UniqueValidator)]
        return field_class, kwargs

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:
        """None: uniqueness is the model's business."""
        return extra_kwargs, {}

    def get_validators(self) -> list[Any]:
        """None, for the same reason."""
        return []

    def to_internal_value(self, data: Any) -> Any:
        """The values by the model's fields. Raises ``ValidationError`` for all that is wrong at once."""
        errors: dict[str, Any] = {}
        values: dict[str, Any] = {}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            errors = dict(error.detail)  # type: ignore[arg-type]
        if isinstance(data, Mapping):
            errors |= dict(_unknown(data, list(self.fields)))
        if errors:
            raise ValidationError(errors)
        for name in self.option("blank_as_null", ()):
            if name in values and values[name] is None:
                values[name] = ""
        for day, precision in self.option("partial_dates", {}).items():
            self._date(values, day, precision)
        return values

    def _date(self, values: dict[str, Any], day: str, precision: str) -> None:
        if day not in values:
            return
        written: PartialDate | None = values[day]
        if written is None:
            values[day], values[precision] = None, values.get(precision) or ""
            return
        stated = values.get(precision) or written.precision
        if written.precision not in ("day", stated):
            detail = f"{written} is a {written.precision}, not a {stated}."
            raise ValidationError({precision: [ErrorDetail(detail, code="conflict")]})
        values[day], values[precision] = written.first, stated


class PartMembers(Members):
    """An object in a list of them. The list is written as a whole, in a PATCH too."""

    @classmethod
    def list_of(cls, **kwargs: Any) -> Any:
        """The field that takes a list of them, or is left out."""
        return cls(many=True, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """As any members', all required ones included."""
        if isinstance(data, Mapping):
            missing = [name for name, each in self.fields.items() if each.required and name not in data]
            if missing:
                raise ValidationError(
                    {n: [ErrorDetail("This field is required.", code="required")] for n in missing}
                )
        return super().to_internal_value(data)


class ReasonInput(serializers.Serializer):
    """Why."""

    reason = Text(max_length=MAX_REASON, help_text="Why; public in the record's history.")

    def to_internal_value(self, data: Any) -> Any:
        """The reason. Raises ``ValidationError``."""
        if isinstance(data, Mapping) and (unknown := dict(_unknown(data, list(self.fields)))):
            raise ValidationError(unknown)
        return super().to_internal_value(data)


class InputSerializer(Members):
    """A record as a client writes it.

    ``Meta.creation_only`` names the members that are given once and never change; ``Meta.identities`` those
    that only one record may have, each with the lookup that finds it; ``Meta.parts`` the lists of rows that
    are part of the record; ``Meta.pointers`` maps columns to the members that fill them, where they differ.
    """

    uid = Uid(
        required=False, help_text="Identity in exports and feed; made here if you bring none, and for good."
    )
    reason = Text(
        required=False,
        allow_blank=True,
        max_length=MAX_REASON,
        help_text="Why; public in the record's history.",
    )

    def get_fields(self) -> dict[str, Any]:
        """The members; in a PATCH those that may change."""
        fields = super().get_fields()
        if self.partial:
            fields = {n: each for n, each in fields.items() if n not in self.option("creation_only", ())}
        return fields

    @property
    def stated_reason(self) -> str:
        """The reason given, or ""."""
        return self.validated_data.get("reason", "")

    def refuse_taken(self, values: Mapping[str, Any]) -> None:
        """Raise a ``Problem`` (409) with the address of the record that has an identity of ``values``.

        It is without an address where the ``uid`` is that of a record that was erased.
        """
        model: Any = self.Meta.model
        uid = values.get("uid")
        if uid and Erasure.objects.of(model.record.type, uid).exists():
            detail = f"{_a(model._meta.verbose_name).capitalize()} with this uid was erased: leave it out."
            error = {"pointer": "/uid", "code": "erased", "detail": detail}
            raise Problem(409, detail, code="erased", errors=[error])
        for name, lookup in self.option("identities", {}).items():
            value = self.identity(name, values.get(name))
            others = model._base_manager.exclude(pk=self.instance.pk if self.instance else None)
            if value and (other := others.filter(**{lookup: value}).first()):
                detail = f"There is {_a(model._meta.verbose_name)} with this {name} already."
                raise taken(other, detail, pointer=f"/{name}")

    def identity(self, name: str, value: Any) -> Any:
        """What to look up for a value of the member ``name``."""
        return value

    def create(self, validated_data: dict[str, Any]) -> Any:
        """A new record, saved."""
        model: Any = self.Meta.model
        return self.write(model(), dict(validated_data))

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        """The record with what is new, saved."""
        return self.write(instance, dict(validated_data))

    def write(self, record: Any, values: dict[str, Any]) -> Any:
        """Put ``values`` into the record, and save it with its parts."""
        values.pop("reason", None)
        parts = {name: values.pop(name) for name in self.option("parts", ()) if name in values}
        for name, value in values.items():
            setattr(record, name, value)
        with self.pointing():
            record.full_clean()
            record.save()
        for name, rows in parts.items():
            getattr(self, f"write_{name}")(record, rows)
        return record

    @contextmanager
    def pointing(self, *path: str | int, plain: str = "") -> Iterator[None]:
        """What the models refuse within, told as faults of the members at ``path``.

        ``plain`` names the column that is the whole of what stands there.
        """
        try:
            yield
        except Refusal as error:
            detail = self._pointed(error, plain)
            for step in reversed(path):
                detail = {step: detail}
            raise ValidationError(detail) from None

    def _pointed(self, error: Refusal, plain: str) -> dict[Any, Any]:
        found = get_error_detail(error)
        if isinstance(found, list):
            return {"non_field_errors": found}
        whole = ("non_field_errors",)
        pointers = {NON_FIELD_ERRORS: whole, plain: whole, **self.option("pointers", {})}
        nested: dict[Any, Any] = {}
        for column, details in found.items():
            *steps, last = pointers.get(column, (column,))
            place = nested
            for step in steps:
                place = place.setdefault(step, {})
            place[last] = details
        return nested

    def replace(self, record: Any, name: str, rows: Sequence[models.Model], *, plain: str = "") -> None:
        """Make ``rows``, unsaved, the whole of the record's list ``name``; those that stand there stay.

        ``plain`` names the column that a client writes as the row.
        """
        standing = {_facts(row): row.pk for row in getattr(record, name).all()}
        kept = {standing[facts] for facts in map(_facts, rows) if facts in standing}
        getattr(record, name).exclude(pk__in=kept).delete()
        for index, row in enumerate(rows):
            if standing.pop(_facts(row), None) in kept:
                continue
            with self.pointing(name, index, plain=plain):
                row.full_clean()
                row.save()


def _unknown(data: Mapping[str, Any], known: list[str]) -> Iterator[tuple[str, list[ErrorDetail]]]:
    for name in [name for name in data if name not in known][:MAX_NAMED]:
        meant = get_close_matches(name[:100], known, n=1)
        detail = f"Did you mean {meant[0]!r}?" if meant else f"There are: {', '.join(known)}."
        yield shorten(name), [ErrorDetail(f"There is no such member to write. {detail}", code="unknown")]


def _facts(row: models.Model) -> tuple[Any, ...]:
    """What a row says, as far as it is not worked out by itself."""
    fields = row._meta.concrete_fields
    return tuple(getattr(row, f.attname) for f in fields if f.editable and not (f.primary_key or f.generated))


def _a(noun: Any) -> str:
    return f"{'an' if str(noun)[0] in 'aeiou' else 'a'} {noun}"
