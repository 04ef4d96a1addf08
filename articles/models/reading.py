"""Records which texts were read, and finds the same article in other outlets. Not public."""

from django.db import models
from django.db.models import Q

from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.proposal import Decided, ProposalQuerySet, decided
from newsdb.models.constraints import clean_text
from newsdb.models.fields import CharField
from newsdb.models.querysets import NaturalKey, QuerySet


class Syndication(Decided):
    """Two articles of different outlets with nearly the same text. They remain two articles."""

    # A shared text is meaningless without either article.
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="syndications")
    other = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,  # as above
        related_name="+",
        help_text="The article that was there first.",
    )
    shared = models.FloatField(
        help_text="The proportion of the shorter article's paragraphs that are in both."
    )

    objects = ProposalQuerySet.as_manager()
    natural_key_fields = ("article__uid", "other__uid")

    class Meta:
        ordering = ["id"]
        constraints = [
            clean_text("articles_syndication_clean_text", "decided_by"),
            decided("articles_syndication_decided"),
            models.CheckConstraint(
                name="articles_syndication_shared",
                condition=Q(shared__gt=0, shared__lte=1),
                violation_error_message="shared must be more than 0 and at most 1.",
            ),
            models.CheckConstraint(
                name="articles_syndication_of_two",
                condition=~Q(article=models.F("other")),
                violation_error_message="An article cannot be its own copy.",
            ),
            models.UniqueConstraint(
                fields=["article", "other"],
                name="articles_syndication_once",
                violation_error_message="This has already been proposed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} also stands at {self.other.outlet}"


class Fingerprint(NaturalKey):
    """The hash of a paragraph of a captured text, by which the same text is found elsewhere."""

    # A fingerprint is useless once its capture is gone.
    capture = models.ForeignKey(
        Capture, on_delete=models.CASCADE, related_name="fingerprints", db_index=False
    )
    digest = models.BigIntegerField(help_text="64 bits of the SHA-256 of the paragraph's words.")

    objects = QuerySet.as_manager()
    natural_key_fields = ("capture__sha256", "digest")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["digest"], name="articles_fingerprint_digest")]
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "digest"],
                name="articles_fingerprint_once",
                violation_error_message="This paragraph has already been counted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest:016x}"


class Reading(NaturalKey):
    """Records that a captured text was read for statements, and by which extractor."""

    # A reading is meaningless without its capture.
    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="reading")
    extractor = CharField(max_length=100, help_text="The extractor's name.")
    extractor_version = CharField(max_length=50, blank=True, default="")

    objects = QuerySet.as_manager()
    natural_key_fields = ("capture__sha256",)

    class Meta:
        ordering = ["id"]
        constraints = [clean_text("articles_reading_clean_text", "extractor", "extractor_version")]

    def __str__(self) -> str:
        return f"{self.capture}, by {self.extractor} {self.extractor_version}".rstrip()
