"""Model fields that validate on every write path: save, bulk, update, fixture, import and admin.

They do it in ``get_db_prep_save``, which every write path calls.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.signals import pre_save

from newsdb.addresses import WEB_ADDRESS, WEB_ADDRESS_RULE
from newsdb.text import check_text, fold


class _CheckedText:
    """Refuses NUL characters, lone surrogates and texts that are too long, the same on both databases."""

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            try:
                check_text(value)
                if self.max_length is not None and len(value) > self.max_length:  # type: ignore[attr-defined]
                    raise ValidationError(f"At most {self.max_length} characters.", code="max_length")  # type: ignore[attr-defined]
            except ValidationError as error:
                raise ValidationError({self.name: error}) from None  # type: ignore[attr-defined]
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        if isinstance(value, str):
            check_text(value)
        return value


class CharField(_CheckedText, models.CharField):
    """A line of text. ``max_length`` counts code points and is enforced on SQLite too."""


class TextField(_CheckedText, models.TextField):
    """Text of any length."""


CharField.register_lookup(Length)
TextField.register_lookup(Length)


class WebAddressField(CharField):
    """An http or https address, or ``""`` if unknown. Never fetched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    default_validators = [RegexValidator(WEB_ADDRESS, f"An address {WEB_ADDRESS_RULE}")]


class GeneratedUUID(uuid.UUID):
    """A generated default, as opposed to a UUID that somebody gave."""


class IdentityField(models.UUIDField):
    """A record's permanent identity, generated if none is given.

    If a fixture's row has a primary key but no identity, an existing row with that key keeps its own.
    """

    def get_default(self) -> uuid.UUID:
        return GeneratedUUID(int=super().get_default().int)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(self.keep_existing, sender=cls)

    def keep_existing(self, instance: Any, raw: bool, using: str, **kwargs: Any) -> None:
        """If a fixture gives ``instance`` no identity, use that of the existing row, if there is one."""
        if raw and instance.pk and isinstance(getattr(instance, self.attname), GeneratedUUID):
            existing = type(instance)._base_manager.using(using).filter(pk=instance.pk)
            if uid := existing.values_list(self.attname, flat=True).first():
                setattr(instance, self.attname, uid)

    def deconstruct(self) -> Any:
        """As a plain ``UUIDField``: migrations need nothing else."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.UUIDField", args, kwargs


class KeyField(CharField):
    """A lookup key computed from other text fields of the row, ``key(row.source)``, on every write.

    ``source`` names one field, or several that ``key`` takes in that order. ``pre_save`` covers save and
    bulk_create, the signal covers fixtures (whose raw saves skip ``pre_save``), and
    ``newsdb.models.querysets.QuerySet`` covers update and bulk_update.
    """

    def __init__(
        self, *, source: str | tuple[str, ...], key: Callable[..., str] = fold, **kwargs: Any
    ) -> None:
        kwargs.setdefault("max_length", None)
        super().__init__(**{"editable": False, "blank": True, "default": "", **kwargs})
        self.source, self.key = source, key

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the fields that the key is computed from."""
        return (self.source,) if isinstance(self.source, str) else self.source

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "key": self.key}

    def db_parameters(self, connection: Any) -> Any:
        """Compare keys by code point, whatever the database's locale, so that both databases sort alike."""
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(self.fill, sender=cls)

    def fill(self, instance: models.Model, **kwargs: Any) -> None:
        """Compute the key of ``instance`` from its sources, unless all of them are deferred."""
        if not instance.__dict__.keys().isdisjoint(self.sources):
            setattr(instance, self.attname, self.key(*(getattr(instance, name) for name in self.sources)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        self.fill(model_instance)
        return super().pre_save(model_instance, add)
