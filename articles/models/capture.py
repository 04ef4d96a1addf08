import hashlib
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver

from articles.models.article import Article
from newsdb.addresses import canonical_url
from newsdb.ledger import Part
from newsdb.models.constraints import clean_text, matches, web_address
from newsdb.models.fields import CharField, KeyField, TextField, WebAddressField
from newsdb.models.querysets import NaturalKey, QuerySet

SHA256 = r"^[0-9a-f]{64}$"


class Capture(NaturalKey):
    """An article's text exactly as it was received. What was received never changes.

    The text itself may be absent, since we may not be allowed to pass it on; hashes and anchors stay, and
    whoever has the text can check every anchor against it.
    """

    record = Part(of="article", name="captures", private=("text", "text_erased", "source_url_key"))
    reference = ("sha256", "text_sha256", "source_url", "captured_at")

    article = models.ForeignKey(
        Article,
        # Captured articles are evidence: they cannot be deleted.
        on_delete=models.PROTECT,
        related_name="captures",
    )
    sha256 = CharField(max_length=64, unique=True, help_text="SHA-256 of the bytes received, hexadecimal.")
    text_sha256 = CharField(
        max_length=64, help_text="SHA-256 of the decoded text as UTF-8, to which the anchors' offsets refer."
    )
    length = models.PositiveIntegerField(help_text="Length of the decoded text in Unicode code points.")
    media_type = CharField(
        max_length=100, default="text/plain", help_text="For example: text/plain, text/html."
    )
    extractor = CharField(
        max_length=100, blank=True, default="", help_text="The program that extracted the text from HTML."
    )
    extractor_version = CharField(max_length=50, blank=True, default="")
    source_url = WebAddressField(
        blank=True, default="", help_text="The address it was captured from; empty if unknown."
    )
    source_url_key = KeyField(source="source_url", key=canonical_url, db_index=True)
    captured_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was captured, or null if unknown."
    )
    text = TextField(null=True, blank=True, help_text="The decoded text, if it is available.")

    text_erased = models.BooleanField(
        default=False, editable=False, help_text="Whether the text contained words that were erased."
    )

    objects = QuerySet.as_manager()
    natural_key_fields = ("sha256",)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["text_sha256"], name="articles_capture_by_text")]
        constraints = [
            clean_text("articles_capture_clean_text", "media_type", "extractor", "extractor_version"),
            models.CheckConstraint(
                name="articles_capture_clean_body",
                condition=models.Q(text=None) | models.Q(text__length=models.F("length")),
                violation_error_message="The text does not have the length of the capture.",
            ),
            matches("articles_capture_sha256", "sha256", SHA256, "Must be 64 hexadecimal digits."),
            matches("articles_capture_text_sha256", "text_sha256", SHA256, "Must be 64 hexadecimal digits."),
            web_address("articles_capture_source_url", "source_url"),
            models.CheckConstraint(
                name="articles_capture_text_erased",
                condition=models.Q(text_erased=False) | models.Q(text=None),
                violation_error_message="This text contains words that were erased, so it cannot be stored.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"

    @classmethod
    def received(cls, content: bytes, **facts: Any) -> Self:
        """Build an unsaved capture of plain text in UTF-8, including the text.

        Raises ``ValidationError`` if ``content`` is not UTF-8.
        """
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValidationError(f"This is not text in UTF-8 (byte {error.start}).") from None
        return cls(
            sha256=hashlib.sha256(content).hexdigest(),
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            length=len(text),
            text=text,
            **facts,
        )

    def clean(self) -> None:
        if self.text is not None and hashlib.sha256(self.text.encode()).hexdigest() != self.text_sha256:
            raise ValidationError({"text": "This is not the text that was captured: its hash differs."})


@receiver(pre_save, sender=Capture)
def keep_text(instance: Capture, raw: bool, using: str, **kwargs: Any) -> None:
    """Keep the stored text when a fixture is loaded again: fixtures do not contain texts."""
    if raw and instance.pk and (present := Capture.objects.using(using).filter(pk=instance.pk).first()):
        instance.text_erased = instance.text_erased or present.text_erased
        instance.text = present.text if instance.text is None else instance.text
