"""The first page: what waits for a curator, above the list of everything."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from newsdb.admin.history import called
from newsdb.admin.links import list_of
from newsdb.models import Change

LATEST = 10


def index(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Django's index with what waits, and with the latest changes of the dataset beside it."""
    context = {"awaiting": awaiting(request), **(extra_context or {})}
    if request.user.has_perm("newsdb.view_change"):
        context["latest"] = [(change, called(change)) for change in Change.objects.all()[:LATEST]]
    return admin.AdminSite.index(admin.site, request, context)


def awaiting(request: HttpRequest) -> list[tuple[str, int, str]]:
    """What waits: its name, how many there are, and the list that shows them."""
    found = []
    for model in apps.get_models():
        if not admin.site.is_registered(model):
            continue
        model_admin: Any = admin.site.get_model_admin(model)
        if not model_admin.has_view_permission(request):
            continue
        for name, filters in getattr(model_admin, "awaiting", {}).items():
            count = model.objects.filter(**filters).count()  # type: ignore[attr-defined]
            page = getattr(model_admin, "awaiting_page", "")
            found.append((name, count, list_of(model, page) if page else list_of(model, **filters)))
    return found
