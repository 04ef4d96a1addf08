import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone

from newsdb.models.constraints import one_of
from newsdb.models.fields import CharField

#: The group whose members may change the dataset.
EDITORS = "editors"
#: A token found in a log or a commit tells by this what it is.
PREFIX = "newsdb_"
#: Uses closer together than this are noted once: reading should not write each time.
NOTED_EVERY = timedelta(minutes=1)


class Scope(models.TextChoices):
    READ = "read"
    WRITE = "write"


def is_editor(user: Any) -> bool:
    """Whether ``user`` may change the dataset: a superuser, or a member of the group of editors."""
    return user.is_superuser or user.groups.filter(name=EDITORS).exists()


class TokenQuerySet(models.QuerySet):
    def usable(self) -> Self:
        """Tokens neither revoked nor expired, of users who may still come in."""
        unexpired = models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at=None, user__is_active=True)

    def bearing(self, secret: str) -> Self:
        """The token that ``secret``, as a client sends it, is."""
        return self.filter(digest=digest_of(secret))

    def revoke(self) -> int:
        """End them now; how many there were to end."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


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

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [one_of("newsdb_token_scope", "scope", Scope)]

    def __str__(self) -> str:
        return self.name

    def make_secret(self) -> str:
        """A new secret, to be handed out once: the token, not saved yet, keeps its digest only."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.digest = digest_of(secret)
        return secret

    def note_use(self) -> None:
        """Record that the token was used, unless that was recorded within the last minute.

        A read never waits for this: while another write runs, it is skipped, and a later use is recorded.
        """
        now = timezone.now()
        if self.last_used_at is not None and self.last_used_at >= now - NOTED_EVERY:
            return
        self.last_used_at = now
        store: Any = connection
        with suppress(OperationalError), store.without_waiting(), transaction.atomic():
            tokens = type(self).objects
            free = tokens.select_for_update(skip_locked=True, no_key=True).filter(pk=self.pk)
            tokens.filter(pk__in=free.values("pk")).update(last_used_at=now)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so that one plain hash protects it."""
    return hashlib.sha256(secret.encode()).hexdigest()
