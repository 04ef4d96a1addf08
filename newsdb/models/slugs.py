"""Addresses of records: a record keeps every slug it has ever had."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from newsdb.addresses import SLUG, WIKIDATA_SLUG
from newsdb.models.constraints import matches
from newsdb.models.fields import CharField
from newsdb.models.querysets import NaturalKey, QuerySet

SLUG_RULE = "A slug consists of lower-case words joined by hyphens."


class Address(NaturalKey):
    """A current or former address of a record. It is never deleted and never given to another record.

    A subclass declares the foreign key that ``owner`` names, with the related name ``slugs``; it becomes null
    when the record is deleted. The app's triggers record each new slug and enforce these rules.
    """

    #: The name of the foreign key.
    owner: str

    slug = CharField(
        max_length=100, unique=True, validators=[RegexValidator(SLUG, "Lower-case words joined by hyphens.")]
    )

    objects = QuerySet.as_manager()
    natural_key_fields = ("slug",)

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            matches("%(app_label)s_%(class)s_slug", "slug", SLUG, SLUG_RULE),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reserved",
                condition=~models.Q(slug__regex=WIKIDATA_SLUG),
                violation_error_message="A slug of q followed by digits is reserved for Wikidata ids.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


def check_address(record: Any, *, shared_with: int | None = None) -> None:
    """Raise ``ValidationError`` if the slug of ``record`` is, or was, another record's.

    The database refuses it too; this error says whose it is. ``shared_with`` is the id of another record that
    may have the slug: the one that this record's addresses redirect to.
    """
    address: Any = record._meta.get_field("slugs").related_model
    others = models.Q(**{address.owner: None}) | ~models.Q(
        **{f"{address.owner}__in": [record.pk, shared_with]}
    )
    taken = address.objects.filter(others, slug=record.slug).select_related(address.owner).first()
    if taken:
        holder = getattr(taken, address.owner) or f"an {record._meta.verbose_name} that was deleted"
        raise ValidationError({"slug": f"This address belongs to {holder}; addresses are never reused."})
