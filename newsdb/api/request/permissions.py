"""Permissions: only editors may write, with a token of scope write."""

from typing import Any

from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from newsdb.models.token import Scope, is_editor


def may_edit(request: Request) -> bool:
    """Whether the request has an editor's token of scope write."""
    token: Any = request.auth
    return bool(token and token.scope == Scope.WRITE and is_editor(request.user))


class EditorsWrite(BasePermission):
    """Anyone may read, editors may write. The view itself refuses methods that it does not have (405)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method in SAFE_METHODS or request.method not in view.allowed_methods:
            return True
        require_editor(request)
        return True


def require_editor(request: Request) -> None:
    """Raise ``NotAuthenticated`` or ``PermissionDenied`` unless the request comes from an editor."""
    token: Any = request.auth
    if token is None:
        raise NotAuthenticated("Writing requires an editor's token, as in: Authorization: Bearer …")
    if token.scope != Scope.WRITE:
        raise PermissionDenied("This token can only read; writing requires a token with the scope write.")
    if not may_edit(request):
        raise PermissionDenied("The user of this token is not an editor.")
