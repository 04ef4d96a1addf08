import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, models, transaction
from django.utils import timezone

from newsdb.models.constraints import one_of
from newsdb.models.fields import CharField

#: The group whose members may change the dataset.
EDITORS = "editors"
#: The prefix makes a token that leaked into a log or a commit recognisable.
PREFIX = "newsdb_"
#: ``last_used_at`` is updated no more often than this, so that not every read causes a write.
_USE_INTERVAL = timedelta(minutes=1)


class Scope(models.TextChoices):
    READ = "read"
    WRITE = "write"


def is_editor(user: Any) -> bool:
    """Whether ``user`` may change the dataset: a superuser, or a member of the editors' group."""
    return user.is_superuser or user.groups.filter(name=EDITORS).exists()


class TokenQuerySet(models.QuerySet):
    def usable(self) -> Self:
        """Tokens that are neither revoked nor expired, of active users."""
        unexpired = models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at=None, user__is_active=True)

    def with_secret(self, secret: str) -> Self:
        """The token with this secret, as a client sends it."""
        return self.filter(digest=digest_of(secret))

    def revoke(self) -> int:
        """Revoke the tokens now, and return how many were not revoked before."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class Token(models.Model):
    """A bearer token. Only its SHA-256 is stored; the token itself is shown once, when it is created."""

    name = CharField(max_length=100, help_text="What it is for, for example: nightly import.")
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

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [one_of("newsdb_token_scope", "scope", Scope)]

    def __str__(self) -> str:
        return self.name

    def make_secret(self) -> str:
        """Generate a secret, set ``digest`` and return the secret. The caller saves the token."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.digest = digest_of(secret)
        return secret

    def note_use(self) -> None:
        """Record that the token was used, unless that was recorded within the last minute.

        A read never waits for this: while another write runs, recording is skipped; a later use will be
        recorded.
        """
        now = timezone.now()
        if self._state.db != DEFAULT_DB_ALIAS:  # the primary does not answer
            return
        if self.last_used_at is not None and self.last_used_at >= now - _USE_INTERVAL:
            return
        self.last_used_at = now
        store: Any = connection
        with suppress(OperationalError), store.without_waiting(), transaction.atomic():
            tokens = type(self).objects
            free = tokens.select_for_update(skip_locked=True, no_key=True).filter(pk=self.pk)
            tokens.filter(pk__in=free.values("pk")).update(last_used_at=now)


def digest_of(secret: str) -> str:
    """The digest stored for a secret. A plain hash is enough, since secrets are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()
