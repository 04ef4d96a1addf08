from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from actors.api.filters import ActorFilterSet
from actors.api.inputs import ActorInput, MergeInput
from actors.api.serializers import ActorSerializer
from actors.models import Actor, UnresolvedDuplicatesError, merge_actors
from newsdb.api.endpoints.merging import MergeableViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import Problem
from newsdb.api.request.inputs import MAX_ROWS, url_of


class ActorViewSet(MergeableViewSet):
    """People and organisations, by name: those who are quoted, who write, or who give somebody a title."""

    queryset = Actor.objects.not_merged()
    serializer_class = ActorSerializer
    input_serializer_class = ActorInput
    filterset_class = ActorFilterSet
    ordering = ("name_key", "id")
    other_responses = {
        308: ResponseDoc("The new address is in Location.", "", ("Location",)),
        410: ResponseDoc(
            "The actor was deleted; its address is never reused. Or it was erased (`code: erased`):"
            " `erased_on` says when and `reason_code` why.",
            "The actor ada-example was deleted; its address is never reused.",
        ),
    }

    @action(detail=True, methods=["post"], input_serializer_class=MergeInput)
    def merge(self, request: Request, **kwargs: Any) -> Response:
        """Merge this actor into another, to which all references move. Answers with the other actor.

        If both actors have a statement of the same words at the same place, it answers 409 and lists the
        pairs in `duplicates`. In `retract`, name the statement of each pair to retract.
        """

        def merge(**facts: Any) -> None:
            try:
                merge_actors(**facts)
            except UnresolvedDuplicatesError as error:
                raise _duplicates_problem(error) from None

        return self.merge_by(merge)


def _duplicates_problem(error: UnresolvedDuplicatesError) -> Problem:
    """The 409 response that lists the duplicates a merge would create."""
    pairs = [
        [{"uid": each.uid, "url": url_of(each), "title": str(each)} for each in pair]
        for pair in error.duplicates[:MAX_ROWS]
    ]
    detail = " ".join(error.messages)
    errors = [{"pointer": "/retract", "code": "duplicates", "detail": detail}]
    return Problem(409, detail, errors=errors, duplicates=pairs)
