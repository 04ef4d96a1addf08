from django.conf import settings
from django.db import models

from newsdb.models.constraints import one_of
from newsdb.models.fields import CharField


class Scope(models.TextChoices):
    READ = "read"
    WRITE = "write"


class Token(models.Model):
    """A bearer token. Only its SHA-256 is kept; the token itself is shown once, when it is made."""

    name = CharField(max_length=100, help_text="What it is for, as in: nightly import.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # A token acts in its user's name, so it ends with the user.
        on_delete=models.CASCADE,
        related_name="tokens",
    )
    digest = CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the token, hexadecimal."
    )
    scope = CharField(max_length=5, choices=Scope, default=Scope.READ)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [one_of("newsdb_token_scope", "scope", Scope)]

    def __str__(self) -> str:
        return self.name
