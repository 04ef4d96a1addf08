"""Reads the records of fixtures, and checks each before anything is written."""

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import models

#: What identifies a record in any database: its model and its natural key.
Key = tuple[Any, tuple[str, ...]]

#: Fields that take only strings; Django would convert any other value with ``str``.
_STRING_FIELDS = (models.CharField, models.TextField, models.UUIDField)


class FixtureError(ValueError):
    """The faults in fixtures, one line each, with the file, the record and the field."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Entry:
    """One record of a fixture file. ``number`` counts from 1."""

    file: str
    number: int
    raw: Any

    @property
    def fields(self) -> dict[str, Any]:
        """The values by field name; empty if the record is malformed."""
        fields = self.raw.get("fields") if isinstance(self.raw, dict) else None
        return fields if isinstance(fields, dict) else {}

    @cached_property
    def model(self) -> Any:
        """The record's model, or None if there is no such model."""
        try:
            return apps.get_model(self.raw["model"])
        except (LookupError, TypeError, ValueError, AttributeError):
            return None

    def __str__(self) -> str:
        named = next((self.fields[name] for name in ("uid", "slug", "sha256") if self.fields.get(name)), None)
        label = self.raw.get("model") if isinstance(self.raw, dict) else None
        return f"{self.file}, record {self.number} ({' '.join(str(part) for part in (label, named) if part)})"

    @cached_property
    def key(self) -> Key | None:
        """The key by which other records refer to this one; None if it does not give all parts of it."""
        values = [_path_value(self.model, self.fields, path) for path in _natural(self.model)]
        return (self.model, tuple(map(str, values))) if values and None not in values else None

    def references(self) -> Iterator[tuple[Any, Any]]:
        """The foreign keys that the record gives, each with its value."""
        for name, value in self.fields.items():
            field = _field(self.model, name)
            if isinstance(field, models.ForeignKey):
                yield field, value


def _natural(model: Any) -> tuple[str, ...]:
    return getattr(model, "natural_key_fields", ())


def _path_value(model: Any, fields: dict[str, Any], path: str) -> Any:
    """The value for a path of a natural key; that of ``article__uid`` is in the article's natural key."""
    name, _, rest = path.partition("__")
    value = fields.get(name)
    if not rest or value is None:
        return value
    names = _natural(model._meta.get_field(name).related_model)
    known = isinstance(value, list) and len(value) == len(names)
    return value[names.index(rest)] if known else None


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def key_of(field: Any, value: Any) -> Key | None:
    """The key of the record that a foreign key refers to; None if it refers by primary key."""
    return (field.related_model, tuple(map(str, value))) if isinstance(value, list) else None


def read_entries(file: str, content: bytes) -> list[Entry]:
    """The records of a fixture in JSON. Raises ``FixtureError``."""
    try:
        rows = json.loads(content.decode())
    except UnicodeDecodeError as error:
        raise FixtureError([f"{file}: not UTF-8 text (byte {error.start}): name a JSON file"]) from None
    except json.JSONDecodeError as error:
        found = "the file is empty" if not content.strip() else f"not JSON: {error}"
        raise FixtureError([f"{file}: {found}; a fixture is a list of records in JSON"]) from None
    except (RecursionError, ValueError):
        raise FixtureError([f"{file}: nested too deep, or a number is too long"]) from None
    if not isinstance(rows, list):
        raise FixtureError([f"{file}: a fixture is a list of records: put [ and ] around them"])
    return [Entry(file, number, row) for number, row in enumerate(rows, 1)]


def find_faults(entries: Sequence[Entry], using: str) -> list[str]:
    """The faults in the records of fixtures that can be found before they are written."""
    here = {entry.key for entry in entries if entry.model and entry.key}
    faults = []
    for entry in entries:
        faults += [f"{entry}: {fault}" for fault in _faults(entry, here, using)]
    return faults + list(_duplicate_faults(entries))


def _faults(entry: Entry, here: set[Any], using: str) -> Iterator[str]:
    if entry.model is None:
        known = [model._meta.label_lower for model in apps.get_models() if _natural(model)]
        yield f"model: there is no such model; the dataset's are {', '.join(known)}"
        return
    if not isinstance(entry.raw.get("fields"), dict):
        yield 'fields: missing; a record is {"model": …, "fields": {…}}'
        return
    names = [f.name for f in entry.model._meta.concrete_fields if not f.generated and not f.primary_key]
    for name, value in entry.fields.items():
        if name not in names and not getattr(_field(entry.model, name), "concrete", False):
            yield f"{name}: there is no such field;{_suggest(name, names)} there are {', '.join(names)}"
        elif fault := _fault(_field(entry.model, name), value, here, using):
            yield f"{name}: {fault}"
    for field in entry.model._meta.concrete_fields:
        required = isinstance(field, models.ForeignKey) and not field.null
        if required and entry.fields.get(field.name) is None:
            yield f"{field.name}: required; {_reference_hint(field)}"


def _fault(field: Any, value: Any, here: set[Any], using: str) -> str | None:
    if isinstance(field, models.ForeignKey):
        return None if value is None else _fault_of_reference(field, value, here, using)
    if isinstance(field, _STRING_FIELDS) and not isinstance(value, str | None):
        return _not_a_value(value)
    try:
        field.clean(value, None)
    except ValidationError as error:
        choices = f"; one of {', '.join(str(c) for c, _ in field.flatchoices if c)}" if field.choices else ""
        return " ".join(error.messages).rstrip(".") + choices
    except (TypeError, OverflowError):
        return _not_a_value(value)
    return None


def _not_a_value(value: Any) -> str:
    return f"{json.dumps(value)[:80]} is not a value of this field"


def _fault_of_reference(field: Any, value: Any, here: set[Any], using: str) -> str | None:
    key = key_of(field, value)
    if key is None:
        return (
            None
            if type(value) is int
            else f"{json.dumps(value)[:80]} is not a reference; {_reference_hint(field)}"
        )
    if key in here:
        return None
    try:
        field.related_model._default_manager.db_manager(using).get_by_natural_key(*value)
    except ObjectDoesNotExist:
        there = [" ".join(other) for model, other in here if model is field.related_model]
        what = field.related_model._meta.verbose_name
        named = " ".join(key[1])
        return f"no {what} {named} in these files or in the database.{_suggest(named, there)}".rstrip(" .;")
    except (ValidationError, ValueError, TypeError):
        return f"{json.dumps(value)[:80]} is not a reference; {_reference_hint(field)}"
    return None


def _reference_hint(field: Any) -> str:
    names = [path.replace("__", "’s ") for path in _natural(field.related_model)]
    return f"write {field.related_model._meta.verbose_name} as a list: [{', '.join(names)}]"


def _suggest(name: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, names, 1)
    return f" did you mean {close[0]}?" if close else ""


def _duplicate_faults(entries: Iterable[Entry]) -> Iterator[str]:
    """Faults of records that repeat a unique value or the natural key of an earlier record."""
    first: dict[Any, Entry] = {}
    for entry in entries:
        if entry.model is None:
            continue
        unique = [f for f in entry.model._meta.concrete_fields if f.unique and entry.fields.get(f.name)]
        identities = {field.name: str(entry.fields[field.name]).lower() for field in unique}
        if entry.key and not identities:
            identities = {" and ".join(_natural(entry.model)): entry.key[1]}  # type: ignore[dict-item]
        for name, value in identities.items():
            other = first.setdefault((entry.model, name, value), entry)
            if other is not entry:
                yield f"{entry}: {name}: twice; record {other.number} of {other.file} has it already"
