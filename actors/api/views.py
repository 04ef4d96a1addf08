from typing import Any

from rest_framework.response import Response

from actors.api.filters import ActorFilterSet
from actors.api.serializers import ActorSerializer
from actors.models import Actor, ActorSlug
from newsdb.api.history import RecordViewSet
from newsdb.api.links import address
from newsdb.api.problems import Problem


class ActorViewSet(RecordViewSet):
    """People and organisations, by name: those who are quoted, who write, or who give somebody a title."""

    queryset = Actor.objects.standing()
    serializer_class = ActorSerializer
    filterset_class = ActorFilterSet
    ordering = ("name_key", "id")
    lookup_field = "slug"
    problems = {
        308: "It goes by another address now: see Location.",
        410: "The actor was deleted; its address stays taken.",
    }

    def missing(self, value: Any) -> Response:
        """A former address, or a Wikidata id, leads to the present one."""
        found = Actor.objects.at_address(value).first()
        if found:
            return Response(status=308, headers={"Location": address("actor-detail", found.slug)})
        if ActorSlug.objects.filter(slug=value.lower(), actor=None).exists():
            raise Problem(410, f"The actor {value} was deleted; its address stays taken.")
        return super().missing(value)
