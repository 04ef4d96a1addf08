import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from actors.models import Actor
from articles.models.choices import CURRENT
from articles.models.outlet import Outlet
from articles.querysets import ArticleQuerySet
from articles.search.index import TokensField
from newsdb.addresses import canonical_url
from newsdb.dates import LAST_YEAR, last_day, latest_day
from newsdb.ledger import Part, Record
from newsdb.models.constraints import LastDay, Precision, clean_text, dated, one_of, web_address
from newsdb.models.fields import CharField, IdentityField, KeyField, TextField, WebAddressField
from newsdb.models.querysets import NaturalKey, QuerySet

#: Stands in for the headline of a text that prints none, until somebody gives one.
NO_HEADLINE = "[no headline]"


class Status(models.TextChoices):
    PUBLISHED = "published"
    RETRACTED = "retracted"


class Article(NaturalKey):
    """One piece as one outlet published it, however often it was captured."""

    record = Record(
        "article",
        public="{row}.status = 'published'",
        actions={"retracted": "{row}.status = 'retracted'"},
        private=("tokens", "source_url_key", "sort_date"),
    )
    reference = ("uid", "headline", "source_url", "published_on", "published_precision", "outlet")

    uid = IdentityField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Permanent identifier, the same in exports and in the change feed.",
    )
    headline = CharField(max_length=500, help_text=f"As printed; {NO_HEADLINE} if there is none.")
    deck = TextField(
        blank=True, default="", help_text="The line under the headline; empty if unknown or absent."
    )
    tokens = TokensField(source=("headline", "deck"))
    outlet = models.ForeignKey(
        Outlet,
        # The outlet is part of the evidence.
        on_delete=models.PROTECT,
        related_name="articles",
        help_text="Who published it.",
    )
    section = CharField(
        max_length=100, blank=True, default="", help_text="As printed, for example: Politics."
    )
    language = CharField(
        max_length=35, blank=True, default="", help_text="BCP 47 tag, for example: en; empty if unknown."
    )
    source_url = WebAddressField(
        blank=True, default="", help_text="Its address on the web; empty if unknown."
    )
    source_url_key = KeyField(source="source_url", key=canonical_url)
    published_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day of the day, month or year of publication, or null if unknown.",
    )
    published_precision = CharField(
        max_length=5,
        blank=True,
        default="",
        choices=Precision,
        help_text="day, month or year; empty if unknown.",
    )
    published_last = models.GeneratedField(
        expression=LastDay("published_on", "published_precision"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    status = CharField(
        max_length=9, choices=Status, default=Status.PUBLISHED, help_text="published or retracted."
    )
    retracted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was retracted."
    )
    retraction_reason = TextField(blank=True, default="", editable=False, help_text="Why it was retracted.")
    sort_date = models.GeneratedField(
        expression=Coalesce("published_on", models.Value(date.min)),
        output_field=models.DateField(),
        db_persist=True,
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()
    natural_key_fields = ("uid",)

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="articles_article_newest"),
            models.Index(fields=["outlet", "-sort_date", "-id"], name="articles_article_by_outlet"),
            models.Index(fields=["outlet", "headline"], name="articles_article_by_headline"),
            models.Index(fields=["updated_at"], name="articles_article_updated"),
            # Retracted articles are few; they are subtracted from the total.
            models.Index(
                fields=["outlet"],
                name="articles_article_withdrawn",
                condition=models.Q(status=Status.RETRACTED),
            ),
        ]
        constraints = [
            clean_text("articles_article_clean_text", "headline", "deck", "section", "retraction_reason"),
            one_of("articles_article_status", "status", Status),
            web_address("articles_article_source_url", "source_url"),
            dated("articles_article_published_precision", "published_on", "published_precision"),
            models.CheckConstraint(
                name="articles_article_headed",
                condition=~models.Q(headline=""),
                violation_error_message="An article needs a headline.",
            ),
            models.UniqueConstraint(
                fields=["source_url_key"],
                condition=~models.Q(source_url_key=""),
                name="articles_article_one_an_address",
                violation_error_message="There is already an article with this address.",
            ),
            models.CheckConstraint(
                name="articles_article_retraction_explained",
                condition=models.Q(status=Status.RETRACTED, retracted_at__isnull=False)
                & ~models.Q(retraction_reason="")
                | ~models.Q(status=Status.RETRACTED) & models.Q(retracted_at=None, retraction_reason=""),
                violation_error_message="A retraction needs a time and a reason; nothing else may have them.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        """Check the URL. The database refuses a second article at a URL too; this error names the first."""
        if there := Article.objects.exclude(pk=self.pk).with_source_url(self.source_url).first():
            raise ValidationError({"source_url": f"An article with this address already exists: {there}."})
        if self.published_on and self.published_on.year <= LAST_YEAR:  # the constraint refuses later years
            self._check_published_on(self.published_on)

    def _check_published_on(self, published: date) -> None:
        """Raise ``ValidationError`` for a new date that is in the future, or before a statement was said."""
        stored = Article.objects.filter(pk=self.pk, published_on=published)
        if published > latest_day() and not stored.exists():
            raise ValidationError({"published_on": "This is in the future: give it once it is published."})
        if self._state.adding:
            return
        last = last_day(published, self.published_precision)
        later = self.statements.filter(status__in=CURRENT, said_on__gt=last)
        moved = later.exclude(published_on=published, published_precision=self.published_precision)
        if said := moved.order_by("said_on", "id").first():
            raise ValidationError({"published_on": f"{said} was said on {said.said_on}: correct that first."})


class Byline(NaturalKey):
    """An author of an article, as printed."""

    record = Part(of="article", name="bylines")

    # A byline belongs to its article and is deleted with it.
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Actor,
        # An author with bylines cannot be deleted.
        on_delete=models.PROTECT,
        related_name="bylines",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="0 for the first name.")
    printed_name = CharField(max_length=200, blank=True, default="", help_text="The name as printed.")
    note = TextField(
        blank=True, default="", help_text="The note about the author, as printed; empty if unknown or absent."
    )

    objects = QuerySet.as_manager()
    natural_key_fields = ("article__uid", "position")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            clean_text("articles_byline_clean_text", "printed_name", "note"),
            models.UniqueConstraint(
                fields=["article", "position"],
                name="articles_byline_position_once",
                violation_error_message="Two authors cannot have the same position.",
            ),
            models.UniqueConstraint(
                fields=["article", "author"],
                name="articles_byline_author_once",
                violation_error_message="This author is already in the bylines.",
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name or str(self.author)
