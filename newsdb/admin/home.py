"""The home page: pending tasks first, then the lists, in workflow order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from newsdb.admin.history import called
from newsdb.admin.links import list_of
from newsdb.admin.sections import by_section
from newsdb.models import Change

LATEST = 10


@dataclass(frozen=True, slots=True)
class Task:
    """A task: a name, a count, the page that shows the records, and the first ones individually."""

    name: str
    count: int
    address: str
    first: list[tuple[str, str, int, str]]


def index(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Django's index page, with the pending tasks and the latest changes of the dataset added."""
    context = {"tasks": [task for task in tasks(request) if task.count], **(extra_context or {})}
    context["sections"] = by_section(request, admin.site.get_app_list(request))
    if request.user.has_perm("newsdb.view_change"):
        context["latest"] = [(change, called(change)) for change in Change.objects.all()[:LATEST]]
    return admin.AdminSite.index(admin.site, request, context)


def each_context(request: HttpRequest) -> dict[str, Any]:
    """Django's context for every admin page, with the sections that the header links to added."""
    context = admin.AdminSite.each_context(admin.site, request)
    return {**context, "sections": by_section(request, context["available_apps"])}


def tasks(request: HttpRequest) -> Iterator[Task]:
    """The tasks that wait for a curator and that the user may see, in workflow order."""
    for section in by_section(request, admin.site.get_app_list(request)):
        for listed in section["models"]:
            model, model_admin = listed["model"], admin.site.get_model_admin(listed["model"])
            if not model_admin.has_view_permission(request):
                continue
            for name, filters in getattr(model_admin, "awaiting", {}).items():
                page = getattr(model_admin, "awaiting_page", "")
                address = list_of(model, page) if page else list_of(model, **filters)
                count = model.objects.filter(**filters).count()
                first = list(model_admin.awaiting_first()) if count and page else []  # type: ignore[attr-defined]
                yield Task(name, count, address, first)
