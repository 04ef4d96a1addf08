import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from actors.models import Actor
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.choices import CURRENT, AttributedBy, DateBasis, Kind, Match, Status
from articles.models.outlet import Outlet
from articles.models.statement_constraints import CONSTRAINTS
from articles.models.statement_indexes import INDEXES
from articles.querysets import StatementQuerySet
from articles.search.index import TokensField
from newsdb.dates import last_day
from newsdb.ledger import Documents, Record, Siblings
from newsdb.models.constraints import LastDay, Precision
from newsdb.models.fields import CharField, IdentityField, KeyField, TextField, WebAddressField
from newsdb.models.querysets import NaturalKey

#: Joins the parts of an interrupted quotation.
GAP = " […] "
#: Sorts statements without a date last, on every store.
UNDATED = date.min


def _said_or_published(said: str, published: str, default: Value | None = None) -> models.Expression:
    return models.Case(models.When(said_on__isnull=False, then=F(said)), default=default or F(published))


class Statement(NaturalKey):
    """Words attributed to one speaker in one article.

    Columns that the database derives: ``outlet``, ``published_on`` and ``published_precision`` from the
    article; ``date``, ``date_precision``, ``date_last``, ``date_basis`` and ``sort_date`` from those and
    ``said_on``; ``capture``, ``text_match`` and ``text_checked_at`` from the anchors; ``updated_at`` from the
    ledger. ``in_latest_capture`` and ``latest_capture`` are set by ``articles.services.latest_capture``; the
    database resets them when the words change.
    """

    record = Record(
        "statement",
        public="{row}.status = 'published'",
        actions={"retracted": "{row}.status = 'retracted'"},
        private=("words_key", "tokens", "sort_date"),
        siblings=Siblings(column="joint_uid", name="joint_with", fields=("uid", "speaker")),
        documents=Documents("articles_document", "statement_id", "articles.api.documents.statement_document"),
    )
    reference = ("uid", "speaker", "joint_uid", "status")

    uid = IdentityField(
        unique=True,
        default=uuid.uuid4,
        help_text="Permanent identifier, the same in fixtures, exports, the change feed and citations.",
    )
    article = models.ForeignKey(
        Article,
        # Articles are evidence: they cannot be deleted while they have statements.
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="The article that prints it.",
    )
    speaker = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        # A speaker with statements cannot be deleted.
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="The actor who said it; null if unnamed.",
    )
    joint_uid = models.UUIDField(
        null=True,
        blank=True,
        editable=False,
        help_text="Shared by the rows of a joint statement, one for each speaker; otherwise null.",
    )
    speaker_label = CharField(max_length=300, blank=True, default="", help_text="The speaker as printed.")
    kind = CharField(
        max_length=8,
        choices=Kind,
        help_text="direct: whole sentences in quotation marks; partial: a fragment in quotation marks;"
        " indirect: reported without quotation marks.",
    )
    text = TextField(help_text="The words; parts of an interrupted quotation are joined by “ […] ”.")
    words_key = KeyField(source="text")
    tokens = TokensField(source="text")
    cue = CharField(
        max_length=100, blank=True, default="", help_text="The reporting verb as printed, for example: said."
    )
    audience = CharField(
        max_length=300, blank=True, default="", help_text="Whom the words were addressed to, as printed."
    )
    language = CharField(
        max_length=35,
        blank=True,
        default="",
        help_text="Language of the words as printed; BCP 47 tag, for example: en.",
    )
    translated = models.BooleanField(
        null=True, blank=True, help_text="Whether they were said in another language; null if unknown."
    )
    said_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day of the day, month or year in which it was said, or null if unknown.",
    )
    said_precision = CharField(max_length=5, blank=True, default="", choices=Precision)
    said_on_source_url = WebAddressField(
        blank=True, default="", help_text="The page that states when it was said, if the article does not."
    )
    place = CharField(
        max_length=200, blank=True, default="", help_text="Where it was said, as printed, for example: Rome."
    )
    status = CharField(
        max_length=9,
        choices=Status,
        default=Status.PUBLISHED,
        help_text="Only published statements are public.",
    )
    retracted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was retracted."
    )
    retraction_reason = TextField(blank=True, default="", editable=False, help_text="Why it was retracted.")
    attributed_by = CharField(
        max_length=9,
        choices=AttributedBy,
        default=AttributedBy.CURATOR,
        help_text="Who attributed it to the speaker: a curator or an extractor.",
    )
    extractor = CharField(max_length=100, blank=True, default="", help_text="The extractor's name.")
    extractor_version = CharField(max_length=50, blank=True, default="")
    confidence = models.FloatField(
        null=True, blank=True, help_text="The extractor's confidence, from 0 to 1."
    )
    reviewed = models.BooleanField(default=True, help_text="Whether a person has confirmed it.")

    outlet = models.ForeignKey(
        Outlet, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    published_on = models.DateField(null=True, editable=False)
    published_precision = CharField(max_length=5, blank=True, default="", editable=False)
    date = models.GeneratedField(
        expression=Coalesce("said_on", "published_on"),
        output_field=models.DateField(null=True),
        db_persist=True,
        help_text="First day of the day, month or year in which it was said or, if that is unknown, in"
        " which the article was published; null if both are unknown.",
    )
    date_precision = models.GeneratedField(
        expression=_said_or_published("said_precision", "published_precision"),
        output_field=CharField(max_length=5, choices=Precision),
        db_persist=True,
        help_text="day, month or year; empty if there is no date.",
    )
    date_last = models.GeneratedField(
        expression=LastDay(
            Coalesce("said_on", "published_on"), _said_or_published("said_precision", "published_precision")
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    date_basis = models.GeneratedField(
        expression=models.Case(
            models.When(said_on__isnull=False, then=Value("said_on")),
            models.When(published_on__isnull=False, then=Value("published_on")),
            default=Value(""),
        ),
        output_field=CharField(max_length=12, choices=DateBasis),
        db_persist=True,
        help_text="What the date is taken from: said_on, or published_on, which means that it was said no"
        " later.",
    )
    sort_date = models.GeneratedField(
        expression=Coalesce("said_on", "published_on", Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )
    capture = models.ForeignKey(
        Capture,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The captured text to which the anchors' offsets refer.",
    )
    text_match = CharField(
        max_length=10,
        choices=Match,
        default=Match.UNCHECKED,
        editable=False,
        help_text="matched: every anchor was found in the text with that hash; mismatched: not every anchor"
        " was; unchecked.",
    )
    text_checked_at = models.DateTimeField(
        null=True, editable=False, help_text="When the anchors were last compared with the text."
    )
    in_latest_capture = models.BooleanField(
        null=True,
        editable=False,
        help_text="Whether the words are in the article's latest capture, ignoring case and"
        " punctuation. false: not found in it, although it was extracted in the same way and is not much"
        " shorter; null: unknown.",
    )
    latest_capture = models.ForeignKey(
        Capture,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The capture that `in_latest_capture` refers to, the latest by `captured_at`; null if"
        " that is null.",
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When it last changed.")

    objects = StatementQuerySet.as_manager()
    natural_key_fields = ("uid",)

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        words = self.text if len(self.text) <= 60 else f"{self.text[:59]}…"
        return f"{self.speaker or self.speaker_label or 'Unnamed'}: “{words}”"

    def clean(self) -> None:
        """Check the article. The database refuses this too; this error says what to do."""
        if self.status == Status.PUBLISHED and self.article_id and self.article.status == "retracted":
            raise ValidationError({"status": "Its article is retracted: restore that first."})
        if self.said_on and self.article_id and self.status in CURRENT:
            self._check_said_first()

    def _check_said_first(self) -> None:
        """Raise ``ValidationError`` for words said after they were printed, unless no date changed."""
        article, said_on = self.article, self.said_on
        published = article.published_on
        if said_on is None or published is None:
            return
        last = last_day(published, article.published_precision)
        stored = Statement.objects.filter(pk=self.pk, article=article, status=self.status, said_on=said_on)
        if said_on > last and not stored.filter(published_on=published).exists():
            raise ValidationError(
                {"said_on": f"Its article was published by {last}: nothing is printed before it is said."}
            )
