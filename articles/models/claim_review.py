from django.core.exceptions import ValidationError
from django.db import models

from articles.models.statement import Statement
from newsdb.addresses import canonical_url
from newsdb.ledger import Part
from newsdb.models.constraints import Precision, clean_text, dated, web_address
from newsdb.models.fields import CharField, KeyField, WebAddressField
from newsdb.models.querysets import NaturalKey, QuerySet

LINKED_ALREADY = "The statement already has a link to this review."


class ClaimReview(NaturalKey):
    """A link to somebody's published check of a statement.

    It says that somebody checked the statement; newsdb judges nothing.
    """

    record = Part(of="statement", name="claim_reviews", private=("source_url_key",))

    # A link concerns its statement and is deleted with it.
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="claim_reviews")
    source_url = WebAddressField(help_text="Where the review is published.")
    source_url_key = KeyField(source="source_url", key=canonical_url, db_index=True)
    publisher = CharField(max_length=200, help_text="Who published the review.")
    rating = CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="The publisher's rating, as printed; empty if there is none. newsdb does not rate.",
    )
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

    objects = QuerySet.as_manager()
    natural_key_fields = ("statement__uid", "source_url")

    class Meta:
        ordering = ["source_url_key", "id"]
        indexes = [models.Index(fields=["source_url_key"], name="articles_claimreview_by_url")]
        constraints = [
            clean_text("articles_claimreview_clean_text", "publisher", "rating"),
            web_address("articles_claimreview_source_url", "source_url"),
            dated("articles_claimreview_published_precision", "published_on", "published_precision"),
            models.CheckConstraint(
                name="articles_claimreview_addressed",
                condition=~models.Q(source_url=""),
                violation_error_message="A link needs an address.",
            ),
            models.CheckConstraint(
                name="articles_claimreview_publisher_named",
                condition=~models.Q(publisher=""),
                violation_error_message="Say who published the review.",
            ),
            models.UniqueConstraint(
                fields=["statement", "source_url_key"],
                condition=~models.Q(source_url_key=""),
                name="articles_claimreview_once",
                violation_error_message=LINKED_ALREADY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.source_url}"

    def clean(self) -> None:
        """Check the address. The database refuses a second link too; this error names the field."""
        key = canonical_url(self.source_url)
        links = ClaimReview.objects.filter(statement=self.statement_id, source_url_key=key)
        if key and links.exclude(pk=self.pk).exists():
            raise ValidationError({"source_url": LINKED_ALREADY})
