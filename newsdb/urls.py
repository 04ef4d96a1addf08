"""The root URLconf, the only module that imports the views of all apps."""

from django.contrib import admin
from django.urls import include, path, re_path

from actors.api.views import ActorViewSet
from articles.api import views as articles
from articles.pages.home import home
from newsdb.api.response.problems import page_not_found
from newsdb.api.urls import Router, api_urls

router = Router()
router.register("statements", articles.StatementViewSet, basename="statement")
router.register("articles", articles.ArticleViewSet, basename="article")
router.register("outlets", articles.OutletViewSet, basename="outlet")
router.register("actors", ActorViewSet, basename="actor")
router.register("speakers", articles.SpeakerViewSet, basename="speaker")
router.register("authors", articles.AuthorViewSet, basename="author")
router.register("related-links", articles.RelatedLinkViewSet, basename="related-link")
router.register("changes", articles.ChangeViewSet, basename="change")
router.register("dataset", articles.DatasetViewSet, basename="dataset")

urlpatterns = [
    # First, since patterns are tried in order and the API is asked most.
    *api_urls(
        router,
        path(
            "captures/",
            articles.CaptureViewSet.as_view({"post": "create"}, detail=False),
            name="capture-list",
        ),
        path("checks/", articles.CheckView.as_view(), name="check-list"),
    ),
    path("", home, name="home"),
    path("", include("articles.pages.urls")),
    path("admin/", admin.site.urls),
    # Our 404 page instead of Django's, with DEBUG too. CommonMiddleware first adds a missing slash.
    re_path(r"^[^/].*/$", page_not_found),
]

handler400 = "newsdb.api.response.problems.bad_request"
handler403 = "newsdb.api.response.problems.permission_denied"
handler404 = "newsdb.api.response.problems.page_not_found"
handler500 = "newsdb.api.response.problems.server_error"
