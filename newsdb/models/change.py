from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from newsdb.models.constraints import one_of
from newsdb.models.erasure import Erasure
from newsdb.models.fields import CharField, TextField


class ChangeQuerySet(models.QuerySet):
    def version(self) -> tuple[int, datetime | None]:
        """The dataset's version (the sequence number of the latest change), and the time of that change."""
        return next(iter(self.newest()), (0, None))

    def newest(self) -> models.QuerySet:
        """A queryset of one row at most: the sequence number and the time of the latest change."""
        return self.filter(sequence__isnull=False).order_by("-sequence").values_list("sequence", "at")[:1]

    def public(self) -> Self:
        """Changes of records that are public after the change or were public before it.

        Annotated with ``place``, the sequence number, ``was_public`` and, for erasures, ``reason_code``.
        """
        same = Change.objects.filter(
            record_type=models.OuterRef("record_type"), uid=models.OuterRef("uid"), public=True
        )
        before = same.filter(version=models.OuterRef("version") - 1)
        # An erasure is shown even if the record was already retracted: readers of the feed had seen the
        # record.
        erased = models.Q(action=Action.ERASED) & models.Exists(same)
        code = Erasure.objects.filter(
            record_type=models.OuterRef("record_type"), uid=models.OuterRef("uid")
        ).values("reason_code")
        return self.annotate(
            was_public=models.Exists(before),
            place=models.F("sequence"),
            reason_code=models.Case(models.When(action=Action.ERASED, then=models.Subquery(code))),
        ).filter(models.Q(public=True) | models.Q(was_public=True) | erased, sequence__isnull=False)

    def with_before(self) -> Self:
        """Annotate each change with ``before``, the snapshot to compare its own with; null for the first."""
        earlier = Change.objects.filter(
            record_type=models.OuterRef("record_type"),
            uid=models.OuterRef("uid"),
            version=models.OuterRef("version") - 1,
        )
        snapshot = models.Subquery(earlier.values("snapshot"))
        return self.annotate(before=Coalesce("baseline", snapshot, output_field=models.JSONField()))

    def of(self, record: models.Model) -> "ChangeQuerySet":
        """The history of one record, newest first."""
        return self.of_uid(record.record.type, record.uid)  # type: ignore[attr-defined]

    def of_uid(self, record_type: str, uid: UUID) -> "ChangeQuerySet":
        """The history of the record that has, or had, this identity, newest first."""
        return self.filter(record_type=record_type, uid=uid).order_by("-version")


class Action(models.TextChoices):
    CREATED = "created"
    UPDATED = "updated"
    RETRACTED = "retracted"
    MERGED = "merged"
    DELETED = "deleted"
    ERASED = "erased"


class Change(models.Model):
    """One row of the append-only ledger. Only the database's triggers write it.

    When a record is erased its rows stay, but their snapshots, reasons and user names are cleared.
    """

    editors_may = ("view",)

    sequence = models.BigIntegerField(
        null=True,
        unique=True,
        help_text="Position in the feed. Once it has been published, no lower number follows.",
    )
    record_type = CharField(max_length=20, help_text="actor, outlet, article or statement.")
    uid = models.UUIDField(help_text="The record that changed.")
    version = models.PositiveIntegerField(
        help_text="1 when the record was created, then one more for each change."
    )
    action = CharField(max_length=10, choices=Action)
    public = models.BooleanField(default=False, help_text="Whether the record is public after this change.")
    actor = CharField(
        max_length=150, blank=True, default="", help_text="Who made the change; empty for the system."
    )
    reason = TextField(blank=True, default="", help_text="Why the change was made, if a reason was given.")
    at = models.DateTimeField()
    snapshot = models.JSONField(
        null=True, help_text="The record after this change; null once it is deleted or erased."
    )
    shape = models.IntegerField(
        null=True, editable=False, help_text="Checksum of the names of the snapshot's fields."
    )
    baseline = models.JSONField(
        null=True,
        editable=False,
        help_text="The record before this change, with the same fields as `snapshot`; null if the"
        " previous version's snapshot has them.",
    )
    transaction = models.BigIntegerField(editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "uid", "transaction"],
                name="newsdb_change_one_a_transaction",
                violation_error_message="A transaction can change a record only once.",
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
