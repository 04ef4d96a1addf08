from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from newsdb.management.migrated import MigratedCommand
from newsdb.models import Token
from newsdb.models.token import EDITORS, Scope, is_editor


class Command(MigratedCommand):
    help = "Create a token for the API and print it once: only its hash is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the user on whose behalf it acts")
        parser.add_argument("--name", required=True, help="what it is for, as in: nightly import")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.READ, help="default: read")
        parser.add_argument(
            "--days", type=int, help="days until it expires; by default it lasts until it is revoked"
        )

    def handle(self, *, user: str, name: str, scope: str, days: int | None, **options: Any) -> None:
        owner = get_user_model().objects.filter(username=user).first()
        if owner is None:
            raise CommandError(f"There is no user {user!r}. Create one: manage.py createsuperuser")
        if days is not None and not 1 <= days <= 36500:
            raise CommandError("--days must be from 1 to 36500.")
        expires_at = timezone.now() + timedelta(days=days) if days else None
        token = Token(user=owner, name=name, scope=scope, expires_at=expires_at)
        secret = token.make_secret()
        try:
            token.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        token.save()
        self.stdout.write(secret)
        self.stderr.write("Keep it: it is not shown again.")
        if scope == Scope.WRITE and not is_editor(owner):
            self.stderr.write(f"It cannot write until {user} is in the group “{EDITORS}” (in the admin).")
