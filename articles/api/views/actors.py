"""Actors as speakers and as authors."""

from typing import Any

from actors.models import Actor
from articles.api.filters import CountedActorFilterSet
from articles.api.serializers import AuthorSerializer, SpeakerSerializer
from articles.querysets import with_article_count, with_statement_count
from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.request.parameters import ChoiceParameter


def _by_count(name: str) -> dict[str, Any]:
    """The parameter that orders a list by a count."""
    help_text = f"-{name}: those with the most first. The default is by name."
    return {"list": {"ordering": ChoiceParameter(choices=[f"-{name}"], help_text=help_text)}}


class CountedActorViewSet(ListViewSet):
    """Actors with a count, by name or by that."""

    filterset_class = CountedActorFilterSet
    ordering = ("name_key", "id")

    def get_ordering(self) -> tuple[str, ...]:
        """The order of the list."""
        count = self.parameters.get("ordering")
        return (count, "-id") if count else super().get_ordering()


class SpeakerViewSet(CountedActorViewSet):
    """Actors who are quoted, by name, with counts."""

    queryset = with_statement_count(Actor.objects.not_merged()).filter(statement_count__gt=0)
    serializer_class = SpeakerSerializer
    action_parameters = _by_count("statement_count")


class AuthorViewSet(CountedActorViewSet):
    """Actors with bylines, by name, with counts."""

    queryset = with_article_count(Actor.objects.not_merged()).filter(article_count__gt=0)
    serializer_class = AuthorSerializer
    action_parameters = _by_count("article_count")
