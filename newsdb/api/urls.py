"""The router that apps register their endpoints with, and all URL patterns under ``/api/``."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import DefaultRouter

from newsdb.api.openapi.views import DocsView, RootView, SchemaView
from newsdb.api.response.problems import page_not_found


class Router(DefaultRouter):
    """DRF's router, with our root view and without format suffixes such as ``.json``."""

    include_format_suffixes = False
    APIRootView = RootView


def api_urls(router: Router, *others: URLPattern, prefix: str = "api/v1/") -> list[URLPattern | URLResolver]:
    """All URL patterns under ``/api/``, for the project's ``urlpatterns``.

    ``others`` are patterns below ``prefix`` besides those of the router.
    """
    return [
        path(
            prefix,
            include(
                [
                    *router.urls,
                    *others,
                    path("schema/", SchemaView.as_view(), name="api-schema"),
                    path("docs/", DocsView.as_view(), name="api-docs"),
                ]
            ),
        ),
        # A 404 as a problem instead of a page, with DEBUG too. Only for paths that end in a slash: to others,
        # CommonMiddleware first adds one, and there may be an endpoint at that path.
        re_path(r"^api/(?:.*/)?$", page_not_found),
    ]
