"""Routes: the router that apps' endpoints are registered with, and everything else under ``/api/``."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import DefaultRouter

from newsdb.api.openapi.views import DocsView, RootView, SchemaView
from newsdb.api.response.problems import page_not_found


class Router(DefaultRouter):
    """DRF's, with our root and without ``.json`` suffixes: the format is negotiated or a parameter."""

    include_format_suffixes = False
    APIRootView = RootView


def api_urls(router: Router, *others: URLPattern, prefix: str = "api/v1/") -> list[URLPattern | URLResolver]:
    """The patterns for the whole of ``/api/``: put them into the project's ``urlpatterns``.

    ``others`` are routes below ``prefix`` that are no lists.
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
        # A problem rather than a page for people, with DEBUG too. Only with a slash at the end: without
        # one, CommonMiddleware first redirects to where there may be something.
        re_path(r"^api/(?:.*/)?$", page_not_found),
    ]
