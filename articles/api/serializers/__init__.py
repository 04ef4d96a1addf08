"""Serializers of all records, with examples in which everybody is invented."""

from articles.api.serializers.actors import AuthorSerializer, SpeakerSerializer
from articles.api.serializers.articles import ArticleDetailSerializer, ArticleSerializer
from articles.api.serializers.captures import CaptureSerializer
from articles.api.serializers.links import RelatedLinkSerializer
from articles.api.serializers.outlets import OutletSerializer
from articles.api.serializers.statements import (
    ProposedStatementSerializer,
    StatementDetailSerializer,
    StatementSerializer,
)

__all__ = [
    "ArticleDetailSerializer",
    "ArticleSerializer",
    "AuthorSerializer",
    "CaptureSerializer",
    "OutletSerializer",
    "ProposedStatementSerializer",
    "RelatedLinkSerializer",
    "SpeakerSerializer",
    "StatementDetailSerializer",
    "StatementSerializer",
]
