"""The URLs of pages; those of the API are elsewhere."""

from django.urls import path

from articles.pages.actors import actor, actors
from articles.pages.check import check_page
from articles.pages.crawlers import favicon, robots, sitemap, sitemap_part
from articles.pages.embed import embed, oembed
from articles.pages.feed import feed
from articles.pages.outlets import article, outlet, outlets
from articles.pages.statement import statement
from articles.pages.statements import statements

app_name = "pages"
urlpatterns = [
    path("check/", check_page, name="check"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<str:kind>-<int:number>.xml", sitemap_part, name="sitemap-part"),
    path("statements.atom", feed, name="feed"),
    path("statements/", statements, name="statements"),
    path("statements/<str:uid>/", statement, name="statement"),
    path("statements/<str:uid>/embed/", embed, name="embed"),
    path("oembed/", oembed, name="oembed"),
    path("actors/", actors, name="actors"),
    path("actors/<str:slug>/", actor, name="actor"),
    path("outlets/", outlets, name="outlets"),
    path("outlets/<str:slug>/", outlet, name="outlet"),
    path("articles/<str:uid>/", article, name="article"),
]
