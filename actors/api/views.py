from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from actors.api.filters import ActorFilterSet
from actors.api.inputs import ActorInput, MergeInput
from actors.api.serializers import ActorSerializer
from actors.models import Actor, UnresolvedDuplicatesError, merge_actors, undo_merge
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.endpoints.slugs import SlugViewSet
from newsdb.api.exceptions import Problem
from newsdb.api.request.inputs import MAX_ROWS, ReasonInput, url_of


class ActorViewSet(SlugViewSet):
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

        def operation(merged: Actor) -> Actor:
            values = self.read_input(self.get_input(data=request.data)).validated_data
            survivor = Actor.objects.select_for_update(of=("self",)).get(pk=values["into"].pk)
            facts = {"retract": values.get("retract", ()), "reason": values["reason"], "by": self.editor}
            try:
                merge_actors(survivor=survivor, merged=merged, **facts)
            except UnresolvedDuplicatesError as error:
                raise _duplicates_problem(error) from None
            return survivor

        return self.change(self.get_queryset(), operation)

    @action(detail=True, methods=["post"], input_serializer_class=ReasonInput)
    def unmerge(self, request: Request, **kwargs: Any) -> Response:
        """Undo the merge of this actor into another: it is restored, with what the merge moved.

        Its address redirects to the other actor, so `If-Match` takes the ETag of that one.
        """

        def operation(merged: Actor) -> Actor:
            reason = self.read_reason()
            merge = merged.merges_away.filter(undone_at=None).first()
            if merge is None:
                raise Problem(409, f"{merged} is not merged into another actor.")
            undo_merge(merge=merge, reason=reason, by=self.editor)
            return merged

        return self.change(Actor.objects.all(), operation, etag_source=_final_survivor)


def _duplicates_problem(error: UnresolvedDuplicatesError) -> Problem:
    """The 409 response that lists the duplicates a merge would create."""
    pairs = [
        [{"uid": each.uid, "url": url_of(each), "title": str(each)} for each in pair]
        for pair in error.duplicates[:MAX_ROWS]
    ]
    detail = " ".join(error.messages)
    errors = [{"pointer": "/retract", "code": "duplicates", "detail": detail}]
    return Problem(409, detail, errors=errors, duplicates=pairs)


def _final_survivor(actor: Actor) -> Actor:
    """The actor that this one's address redirects to: the last survivor of its merges."""
    while actor.merged_into:
        actor = actor.merged_into
    return actor
