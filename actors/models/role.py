from datetime import date

from django.db import models
from django.db.models.functions import Coalesce

from actors.models.actor import Actor
from actors.querysets import RoleQuerySet
from newsdb.ledger import Part
from newsdb.models.constraints import LastDay, Precision, clean_text, dated, in_order
from newsdb.models.fields import CharField
from newsdb.models.querysets import NaturalKey


class Role(NaturalKey):
    """A title held by an actor, with the dates it began and ended, if known."""

    record = Part(of="actor", name="roles")

    # A role is useless without its holder.
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    title = CharField(max_length=300, help_text="For example: Secretary of Defense.")
    organisation = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        # A title may mean nothing without the organisation it was held at.
        on_delete=models.PROTECT,
        related_name="positions",
        help_text="The organisation at which the title is held, if known.",
    )
    started_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day of the day, month or year in which it started, or null if unknown.",
    )
    started_precision = CharField(max_length=5, blank=True, default="", choices=Precision)
    ended_on = models.DateField(
        null=True, blank=True, help_text="First day of the day, month or year in which it ended, or null."
    )
    ended_precision = CharField(max_length=5, blank=True, default="", choices=Precision)
    ended_last = models.GeneratedField(
        expression=LastDay("ended_on", "ended_precision"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    objects = RoleQuerySet.as_manager()
    natural_key_fields = ("actor__slug", "title", "organisation__slug", "started_on")

    class Meta:
        ordering = ["id"]
        constraints = [
            clean_text("actors_role_clean_text", "title"),
            models.CheckConstraint(
                name="actors_role_titled",
                condition=~models.Q(title=""),
                violation_error_message="A role needs a title.",
            ),
            dated("actors_role_started_precision", "started_on", "started_precision"),
            dated("actors_role_ended_precision", "ended_on", "ended_precision"),
            in_order(
                "actors_role_dates_in_order",
                "started_on",
                "ended_last",
                "A role cannot end before it starts.",
            ),
            models.UniqueConstraint(
                # A unique constraint treats nulls as distinct, which would allow duplicates of these roles.
                "actor",
                "title",
                Coalesce("organisation", 0),
                Coalesce("started_on", date.min),
                name="actors_role_once",
                violation_error_message="This actor already has this role.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}" if self.organisation_id else self.title
