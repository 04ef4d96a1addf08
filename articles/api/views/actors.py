"""Actors as speakers and as authors."""

from actors.models import Actor
from articles.api.filters import CountedActorFilterSet
from articles.api.serializers import AuthorSerializer, SpeakerSerializer
from articles.querysets import counting_articles, counting_statements
from newsdb.api.endpoints.lists import ListViewSet


class SpeakerViewSet(ListViewSet):
    """Actors who are quoted, by name, with counts."""

    queryset = counting_statements(Actor.objects.not_merged()).filter(statement_count__gt=0)
    serializer_class = SpeakerSerializer
    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")


class AuthorViewSet(ListViewSet):
    """Actors with bylines, by name, with counts."""

    queryset = counting_articles(Actor.objects.not_merged()).filter(article_count__gt=0)
    serializer_class = AuthorSerializer
    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")
