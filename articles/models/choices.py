"""Choices for the fields of a statement."""

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


#: The statuses of statements that nobody has rejected or retracted.
CURRENT = (Status.PROPOSED, Status.PUBLISHED)


class AttributedBy(models.TextChoices):
    CURATOR = "curator"
    EXTRACTOR = "extractor"


class DateBasis(models.TextChoices):
    SAID_ON = "said_on"
    PUBLISHED_ON = "published_on"


class Match(models.TextChoices):
    """The result of the last check of words against the captured text."""

    MATCHED = "matched"
    UNCHECKED = "unchecked"
    MISMATCHED = "mismatched"
