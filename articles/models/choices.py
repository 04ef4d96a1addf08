"""The choices of a statement's fields."""

from django.db import models


class Kind(models.TextChoices):
    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"


class Status(models.TextChoices):
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REJECTED = "rejected"
    RETRACTED = "retracted"


class AttributedBy(models.TextChoices):
    CURATOR = "curator"
    EXTRACTOR = "extractor"


class DateBasis(models.TextChoices):
    SAID_ON = "said_on"
    PUBLISHED_ON = "published_on"


class Match(models.TextChoices):
    """What the last check of words against the captured text found."""

    MATCHED = "matched"
    UNCHECKED = "unchecked"
    MISMATCHED = "mismatched"
