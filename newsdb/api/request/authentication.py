"""Authentication by bearer tokens. Reading requires none."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from newsdb.models import Token

SCHEME = "Bearer"
REALM = f'{SCHEME} realm="newsdb"'


class BearerAuthentication(BaseAuthentication):
    """Authenticates ``Authorization: Bearer …``. A request without it is anonymous and costs no query.

    It sets ``request.user`` to the token's user and ``request.auth`` to the token. Other schemes (a proxy's
    Basic, say) are ignored.
    """

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        """The user and the token. Raises ``AuthenticationFailed`` for an invalid token."""
        scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = Token.objects.usable().with_secret(secret.strip()).select_related("user").first()
        if token is None:
            # Saying which of these it is would only help somebody who found the token.
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        token.note_use()
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """``WWW-Authenticate`` for a 401 (RFC 6750)."""
        given = request.META.get("HTTP_AUTHORIZATION", "").lower().startswith(SCHEME.lower())
        return f'{REALM}, error="invalid_token"' if given else REALM
