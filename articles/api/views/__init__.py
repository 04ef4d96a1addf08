"""The endpoints of articles and statements, and of their parts."""

from articles.api.views.actors import AuthorViewSet, SpeakerViewSet
from articles.api.views.articles import ArticleViewSet, RelatedLinkViewSet
from articles.api.views.captures import CaptureViewSet
from articles.api.views.changes import ChangeViewSet
from articles.api.views.checks import CheckView
from articles.api.views.dataset import DatasetViewSet
from articles.api.views.outlets import OutletViewSet
from articles.api.views.statements import StatementViewSet

__all__ = [
    "ArticleViewSet",
    "AuthorViewSet",
    "CaptureViewSet",
    "ChangeViewSet",
    "CheckView",
    "DatasetViewSet",
    "OutletViewSet",
    "RelatedLinkViewSet",
    "SpeakerViewSet",
    "StatementViewSet",
]
