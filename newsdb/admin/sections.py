"""Orders the admin's lists by workflow, not alphabetically."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class Section(Enum):
    """The sections of models on the home page and in the header, in this order."""

    REVIEW = "Review"
    EVIDENCE = "Articles and statements"
    PEOPLE = "People and organisations"
    HISTORY = "History"
    ACCESS = "Access"


def by_section(request: HttpRequest, app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's list of apps regrouped into sections, each with the models that the user may see."""
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
