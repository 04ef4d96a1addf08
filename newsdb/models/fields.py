"""Model fields that keep their promise on every write path: save, bulk, update, fixture, import, admin.

A field's ``get_db_prep_save`` is the one gate that all of those pass.
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
    """Refuses NUL, lone surrogates and too many characters, alike on both stores."""

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
    """A line of text; ``max_length`` counts code points and holds on SQLite too."""


class TextField(_CheckedText, models.TextField):
    """Text of any length."""


CharField.register_lookup(Length)
TextField.register_lookup(Length)


class WebAddressField(CharField):
    """An http or https address, or ``""`` where unknown. Never fetched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    default_validators = [RegexValidator(WEB_ADDRESS, f"An address {WEB_ADDRESS_RULE}")]


class GeneratedUUID(uuid.UUID):
    """A UUID that nobody chose."""


class IdentityField(models.UUIDField):
    """A record's identity, drawn where none is given, and the same for ever.

    A row of a fixture that is loaded again without it means the record that is there.
    """

    def get_default(self) -> uuid.UUID:
        return GeneratedUUID(int=super().get_default().int)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(self.keep, sender=cls)

    def keep(self, instance: Any, raw: bool, using: str, **kwargs: Any) -> None:
        """Leave a record that is there its identity where ``instance``, of a fixture, names none."""
        if raw and instance.pk and isinstance(getattr(instance, self.attname), GeneratedUUID):
            present = type(instance)._base_manager.using(using).filter(pk=instance.pk)
            if uid := present.values_list(self.attname, flat=True).first():
                setattr(instance, self.attname, uid)

    def deconstruct(self) -> Any:
        """As Django's: to a database it is a UUID like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.UUIDField", args, kwargs


class KeyField(CharField):
    """What other text fields of the row are looked up by: ``key(row.source)``, kept true by itself.

    ``source`` names one field, or several that ``key`` takes in that order. ``pre_save`` serves save and
    bulk_create, the signal serves fixtures (raw saves pass ``pre_save`` by),
    ``newsdb.models.querysets.QuerySet`` serves update and bulk_update.
    """

    def __init__(
        self, *, source: str | tuple[str, ...], key: Callable[..., str] = fold, **kwargs: Any
    ) -> None:
        kwargs.setdefault("max_length", None)
        super().__init__(**{"editable": False, "blank": True, "default": "", **kwargs})
        self.source, self.key = source, key

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the fields it follows."""
        return (self.source,) if isinstance(self.source, str) else self.source

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "key": self.key}

    def db_parameters(self, connection: Any) -> Any:
        """Keys are compared by code point, whatever the database's locale: both stores order alike."""
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(self.fill, sender=cls)

    def fill(self, instance: models.Model, **kwargs: Any) -> None:
        """Make the key follow its sources on ``instance``, unless none of them is loaded there."""
        if not instance.__dict__.keys().isdisjoint(self.sources):
            setattr(instance, self.attname, self.key(*(getattr(instance, name) for name in self.sources)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        self.fill(model_instance)
        return super().pre_save(model_instance, add)
