from datetime import datetime
from typing import Self

from django.db import models

from newsdb.models.constraints import one_of
from newsdb.models.fields import CharField, TextField


class ChangeQuerySet(models.QuerySet):
    def version(self) -> tuple[int, datetime | None]:
        """The dataset's version, which is the number of its latest change, and when that was."""
        return next(iter(self.newest()), (0, None))

    def newest(self) -> models.QuerySet:
        """The number and the time of the latest change."""
        return self.filter(sequence__isnull=False).order_by("-sequence").values_list("sequence", "at")[:1]

    def public(self) -> Self:
        """Changes of records that anyone may see, or could see until that change, each at its ``place``."""
        before = Change.objects.filter(
            record_type=models.OuterRef("record_type"),
            uid=models.OuterRef("uid"),
            version=models.OuterRef("version") - 1,
            public=True,
        )
        return self.annotate(was_public=models.Exists(before), place=models.F("sequence")).filter(
            models.Q(public=True) | models.Q(was_public=True), sequence__isnull=False
        )

    def of(self, record: models.Model) -> "ChangeQuerySet":
        """The history of one record, newest first."""
        return self.filter(record_type=record.record.type, uid=record.uid).order_by("-version")  # type: ignore[attr-defined]


class Action(models.TextChoices):
    CREATED = "created"
    UPDATED = "updated"
    RETRACTED = "retracted"
    MERGED = "merged"
    DELETED = "deleted"


class Change(models.Model):
    """One row of the append-only ledger. Written by the database's triggers alone."""

    sequence = models.BigIntegerField(
        null=True,
        unique=True,
        help_text="Place in the feed; a reader who has seen one has seen all below it.",
    )
    record_type = CharField(max_length=20, help_text="actor, outlet, article or statement.")
    uid = models.UUIDField(help_text="The record that changed.")
    version = models.PositiveIntegerField(
        help_text="1 when the record was created, one more with each change."
    )
    action = CharField(max_length=10, choices=Action)
    public = models.BooleanField(
        default=False, help_text="Whether anyone may see the record since this change."
    )
    actor = CharField(
        max_length=150, blank=True, default="", help_text="Who made the change; empty: the system."
    )
    reason = TextField(blank=True, default="", help_text="Why, where one was given.")
    at = models.DateTimeField()
    snapshot = models.JSONField(null=True, help_text="The record after this change; null once it is deleted.")
    transaction = models.BigIntegerField(editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "uid", "transaction"],
                name="newsdb_change_one_a_transaction",
                violation_error_message="A transaction is one change of a record.",
            ),
            one_of("newsdb_change_action", "action", Action),
        ]
        indexes = [
            models.Index(fields=["record_type", "uid", "version"], name="newsdb_change_history"),
            models.Index(
                fields=["transaction"], condition=models.Q(sequence=None), name="newsdb_change_unnumbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.uid} v{self.version} {self.action}"
