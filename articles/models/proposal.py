"""Proposals: what extractors read in captured texts, for people to decide on. Never public.

The proposed words themselves are a ``Statement`` with the status ``proposed``. Proposals are not part of any
record: not of lists, releases, fixtures or the ledger.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actors.models import Actor
from articles.models.anchor import Anchor
from articles.models.capture import Capture
from articles.models.statement import Statement
from newsdb.models.constraints import LastDay, Precision, clean_text, dated, in_order
from newsdb.models.fields import CharField, TextField
from newsdb.models.querysets import NaturalKey, QuerySet


class Decision(models.TextChoices):
    """A person's decision on a proposal."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ProposalQuerySet(QuerySet):
    def waiting(self) -> Self:
        """Undecided proposals."""
        return self.filter(decision="")


class StatementProposalQuerySet(ProposalQuerySet):
    def to_review(self) -> Self:
        """Undecided proposals that are not public; those that ingestion published need no review."""
        return self.waiting().filter(statement__status="proposed")

    def accepted_unread(self) -> Self:
        """Proposals that were accepted in bulk and not read since."""
        return self.filter(
            decision=Decision.ACCEPTED, statement__status="published", statement__reviewed=False
        )

    def undoable(self) -> Self:
        """Proposals decided by a person, and not undone."""
        return self.exclude(decision="").filter(replaced__isnull=False)

    def sure_of(self, confidence: float) -> Self:
        """Proposals to review that have a speaker and at least this confidence."""
        return self.to_review().filter(
            statement__speaker__isnull=False, statement__confidence__gte=confidence
        )

    def in_text_order(self) -> Self:
        """Order by the start of the words in the proposal's capture, annotated as ``place``."""
        anchors = Anchor.objects.filter(statement=OuterRef("statement"), capture=OuterRef("capture"))
        first = Subquery(anchors.order_by("start").values("start")[:1])
        return self.annotate(place=Coalesce(first, 0)).order_by("capture", "place", "pk")


class Decided(NaturalKey):
    """A proposal, with the decision on it, who made it and when."""

    decision = CharField(
        max_length=9,
        blank=True,
        default="",
        choices=Decision,
        help_text="accepted, corrected or rejected; empty until it is decided.",
    )
    decided_by = CharField(max_length=150, blank=True, default="", help_text="The user who decided.")
    decided_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was decided; null until then."
    )

    class Meta:
        abstract = True


def decided(name: str) -> models.CheckConstraint:
    """A constraint: a decision, its person and its time are all set, or none of them."""
    return models.CheckConstraint(
        name=name,
        condition=Q(decision="", decided_by="", decided_at=None)
        | Q(decision__in=Decision.values, decided_at__isnull=False) & ~Q(decided_by=""),
        violation_error_message="A decision (accepted, corrected or rejected) needs a person and a time.",
    )


def _span_constraint(name: str, start: str, end: str, *, required: bool) -> models.CheckConstraint:
    placed = Q(**{f"{start}__isnull": False, f"{end}__isnull": False, f"{start}__lt": models.F(end)})
    return models.CheckConstraint(
        name=name,
        condition=placed if required else placed | Q(**{f"{start}__isnull": True, f"{end}__isnull": True}),
        violation_error_message=f"Give both {start} and {end}, the start before the end, or neither.",
    )


class Proposal(Decided):
    """How an extractor came to propose a statement, and what was decided.

    There are two names: ``statement.speaker_label`` is the speaker as printed next to the words ("he"),
    ``name`` the fullest name in the text. ``statement.speaker`` is set only if exactly one actor has that
    name.
    """

    # A proposal is meaningless without its statement.
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="proposal")
    capture = models.ForeignKey(
        Capture,
        # Captures are evidence: they cannot be deleted while they have proposals.
        on_delete=models.PROTECT,
        related_name="proposals",
        help_text="The text it was found in.",
    )
    words = TextField(
        help_text="The words as proposed. Once rejected or corrected, they are not proposed again."
    )
    mention_start = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Offset of the first code point of the speaker as printed, counted from 0, or null.",
    )
    mention_end = models.PositiveIntegerField(
        null=True, blank=True, help_text="Offset just past its last code point, or null."
    )
    name = CharField(
        max_length=300,
        blank=True,
        default="",
        help_text="The fullest name that the text has for the speaker; empty if it has none.",
    )
    evidence = models.JSONField(
        default=list,
        blank=True,
        help_text="What each method found: a list of objects with method, name, start and end.",
    )
    shipped_confidence = models.FloatField(
        null=True,
        editable=False,
        help_text="The confidence by the calibration that ships with newsdb; null if it was not recorded.",
    )
    replaced = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="The statement's fields before the decision, with which it can be undone.",
    )

    objects = StatementProposalQuerySet.as_manager()
    natural_key_fields = ("statement__uid",)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["decided_by", "-decided_at"],
                name="articles_proposal_decided_by",
                condition=~Q(decision=""),
            ),
        ]
        constraints = [
            clean_text("articles_proposal_clean_text", "words", "name", "decided_by"),
            decided("articles_proposal_decided"),
            _span_constraint("articles_proposal_mention", "mention_start", "mention_end", required=False),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    @property
    def accepted_unread(self) -> bool:
        """Whether it was accepted in bulk and not read since."""
        statement = self.statement
        return (
            self.decision == Decision.ACCEPTED and statement.status == "published" and not statement.reviewed
        )


class RoleProposal(Decided):
    """A title in an author's note, proposed as a role."""

    # A title is meaningless without its holder.
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="role_proposals")
    # A role proposal is meaningless without the note.
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="role_proposals")
    start = models.PositiveIntegerField(
        help_text="Offset of the first code point of the note, counted from 0."
    )
    end = models.PositiveIntegerField(help_text="Offset just past its last code point.")
    title = CharField(max_length=300, help_text="For example: Secretary of Defense.")
    organisation = CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="The organisation at which it is held, as printed; empty if unknown.",
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

    objects = ProposalQuerySet.as_manager()
    natural_key_fields = ("actor__slug", "title", "organisation", "started_on")

    class Meta:
        ordering = ["id"]
        constraints = [
            clean_text("articles_roleproposal_clean_text", "title", "organisation", "decided_by"),
            decided("articles_roleproposal_decided"),
            _span_constraint("articles_roleproposal_place", "start", "end", required=True),
            models.CheckConstraint(
                name="articles_roleproposal_titled",
                condition=~Q(title=""),
                violation_error_message="A role needs a title.",
            ),
            dated("articles_roleproposal_started_precision", "started_on", "started_precision"),
            dated("articles_roleproposal_ended_precision", "ended_on", "ended_precision"),
            in_order(
                "articles_roleproposal_dates_in_order",
                "started_on",
                "ended_last",
                "A role cannot end before it starts.",
            ),
            models.UniqueConstraint(
                # NULLs are distinct in a unique index, so an unknown day would allow duplicates.
                "actor",
                "title",
                "organisation",
                Coalesce("started_on", date.min),
                name="articles_roleproposal_once",
                violation_error_message="This role has already been proposed.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.title, self.organisation)))
