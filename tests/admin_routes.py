"""The addresses of the admin, from the URLconf: what is registered is there by itself."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from tests.test_permissions import ADMIN

#: These are no pages: they take POST, send elsewhere, or answer a program.
NO_PAGES = {
    "/admin/<url>",
    "/admin/logout/",
    "/admin/autocomplete/",
    "/admin/jsi18n/",
    "/admin/r/<content_type_id>/<object_id>/",
}
#: Routes of the admin as a whole.
SITE = sorted(
    route for route in ADMIN if route.split("/")[2] not in apps.app_configs and route not in NO_PAGES
)
#: Those of each model: ``/admin/<app>/<model>/…``.
OF_MODELS = sorted(set(ADMIN) - set(SITE) - NO_PAGES)


def model_of(route: str) -> type[models.Model]:
    """The model that a route is about."""
    _, _, app, name, *_ = route.split("/")
    return apps.get_model(app, name)


def path_of(route: str, rows: dict[type[models.Model], Any]) -> str:
    """The address of a model's route for its row in ``rows``, or for any there is."""
    if "<" not in route:
        return route
    model = model_of(route)
    row = rows.get(model) or model._default_manager.first()
    key = str(row.pk if row else 0)
    return route.replace("<object_id>", key).replace("<id>", key)


def pages(rows: dict[type[models.Model], Any]) -> Iterator[str]:
    """Every page of the admin, each about a row of its model."""
    for route in SITE:
        if "<app_label>" in route:
            apps_shown = {model_of(route)._meta.app_label for route in OF_MODELS}
            yield from (route.replace("<app_label>", app) for app in sorted(apps_shown))
        else:
            yield route
    yield from (path_of(route, rows) for route in OF_MODELS)
