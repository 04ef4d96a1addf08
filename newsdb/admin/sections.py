"""The admin's lists in the order of work, not alphabetical."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class Section(Enum):
    """Where the first page and the links above every page list a model, in this order."""

    REVIEW = "Review"
    EVIDENCE = "Articles and statements"
    PEOPLE = "People and organisations"
    HISTORY = "History"
    ACCESS = "Access"


def by_section(request: HttpRequest, app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's list of apps as a list of sections, each with the models that the user may see."""
    found: dict[Section, list[tuple[int, dict[str, Any]]]] = {section: [] for section in Section}
    for app in app_list:
        for model in app["models"]:
            model_admin: Any = admin.site.get_model_admin(model["model"])
            section = getattr(model_admin, "section", Section.ACCESS)
            found[section].append((getattr(model_admin, "place", 0), model))
    return [
        {"name": section.value, "models": [model for _, model in sorted(models, key=lambda pair: pair[0])]}
        for section, models in found.items()
        if models
    ]
