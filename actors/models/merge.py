from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from actors.models.actor import Actor
from newsdb.models.fields import CharField, TextField


class ActorMerge(models.Model):
    """What a merge moved from one actor to another: enough to take it back."""

    # The record of a merge outlives neither side of it, and neither side is deleted before it.
    survivor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges_away")
    reason = TextField(help_text="Why they are one and the same; public in the history.")
    by = CharField(max_length=150, help_text="Who merged them.")
    at = models.DateTimeField(default=timezone.now)
    moved = models.JSONField(encoder=DjangoJSONEncoder, help_text="Ids of the rows moved, by model and field.")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at=None), name="actors_actormerge_one_at_a_time"
            ),
            models.CheckConstraint(
                name="actors_actormerge_reasoned",
                condition=~models.Q(reason=""),
                violation_error_message="A merge has a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} into {self.survivor}"
