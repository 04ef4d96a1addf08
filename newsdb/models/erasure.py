"""What remains of erased records: the fact of the erasure, and keyed hashes that recognise them."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from newsdb.models.constraints import matches, one_of
from newsdb.models.fields import CharField


class ReasonCode(models.TextChoices):
    """Why a record was erased. It is not free text, which could repeat what was erased."""

    COURT = "court", "a court's order"
    PERSONAL_DATA = "personal_data", "personal data"
    OTHER = "other"


class ErasureQuerySet(models.QuerySet):
    def of(self, record_type: str, uid: UUID) -> Self:
        """The erasure of the record with this identity, if there is one."""
        return self.filter(record_type=record_type, uid=uid)

    def unclean(self) -> Self:
        """Erasures after which the database's files have not been cleaned yet."""
        return self.filter(cleaned_at=None)


class Erasure(models.Model):
    """The fact that a record was erased. Its uid is never reused."""

    record_type = CharField(max_length=20, help_text="statement, actor or article.")
    uid = models.UUIDField(help_text="The record that was erased.")
    record_id = models.BigIntegerField(
        null=True, blank=True, help_text="Its number in API addresses, or null if unknown."
    )
    erased_on = models.DateField(help_text="The day it was erased.")
    reason_code = CharField(max_length=13, choices=ReasonCode, help_text="court, personal_data or other.")
    cleaned_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was removed from the database's files; null until then."
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "uid"],
                name="newsdb_erasure_once",
                violation_error_message="This record has already been erased.",
            ),
            one_of("newsdb_erasure_reason_code", "reason_code", ReasonCode),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.uid}, erased on {self.erased_on} ({self.reason_code})"


class DigestKind(models.TextChoices):
    """What a digest is of. Texts are folded before they are hashed."""

    WORDS = "words"
    NAME = "name"
    ADDRESS = "address"
    PAGE = "page"


class ErasedDigestQuerySet(models.QuerySet):
    def of(self, kind: str, value: str) -> Self:
        """The digests of ``value``, if it was erased."""
        return self.filter(kind=kind, digest__in=_digests(kind, value))

    def erased(self, kind: str, values: Iterable[str]) -> set[str]:
        """The ``values`` that were erased. Makes one query, or none if ``values`` is empty."""
        known = {digest: value for value in values for digest in _digests(kind, value)}
        found = self.filter(kind=kind, digest__in=list(known)) if known else self.none()
        return {known[digest] for digest in found.values_list("digest", flat=True)}


class ErasedDigest(models.Model):
    """A keyed hash of erased content, by which the content is recognised if it is submitted again.

    The key is ``SECRET_KEY``, which is not in the database, so that nobody with a copy of the database can
    test names and sentences against it. ``SECRET_KEY_FALLBACKS`` has former keys.
    """

    # A digest is useless without its erasure.
    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="digests")
    kind = CharField(max_length=7, choices=DigestKind)
    digest = CharField(max_length=64, help_text="HMAC-SHA-256, hexadecimal.")

    objects = ErasedDigestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "digest", "erasure"],
                name="newsdb_eraseddigest_once",
                violation_error_message="This is already recorded as erased.",
            ),
            one_of("newsdb_eraseddigest_kind", "kind", DigestKind),
            matches(
                "newsdb_eraseddigest_digest", "digest", r"^[0-9a-f]{64}$", "Must be 64 hexadecimal digits."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"


def digest_of(kind: str, value: str, key: Any = None) -> str:
    """The keyed hash of ``value``, with ``SECRET_KEY`` unless another key is given."""
    secret = settings.SECRET_KEY if key is None else key
    return salted_hmac(f"newsdb.erasure.{kind}", value, secret=secret, algorithm="sha256").hexdigest()


def _digests(kind: str, value: str) -> list[str]:
    return [digest_of(kind, value, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
