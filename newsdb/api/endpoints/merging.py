"""Merging records, and undoing it."""

from collections.abc import Callable
from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.endpoints.slugs import SlugViewSet
from newsdb.api.exceptions import Problem
from newsdb.api.request.inputs import ReasonInput
from newsdb.models.merging import final_survivor, undo_merge


class MergeableViewSet(SlugViewSet):
    """Records that can be merged into each other. A subclass declares the action ``merge``."""

    def merge_by(self, merge: Callable[..., Any]) -> Response:
        """Merge this record into the one that the input gives as ``into``; the response has that one.

        ``merge`` receives ``survivor``, ``merged``, ``by``, and the other members of the input.
        """

        def operation(merged: Any) -> Any:
            values = self.read_input(self.get_input(data=self.request.data)).validated_data
            survivor = values.pop("into")
            merge(survivor=survivor, merged=merged, by=self.editor, **values)
            return survivor

        return self.change(self.get_queryset(), operation)

    @action(detail=True, methods=["post"], input_serializer_class=ReasonInput)
    def unmerge(self, request: Request, **kwargs: Any) -> Response:
        """Undo the merge of this record into another: it is restored, with what the merge moved.

        Its address redirects to the other record, so `If-Match` takes the ETag of that one.
        """

        def operation(merged: Any) -> Any:
            reason = self.read_reason()
            merge = merged.merges_away.filter(undone_at=None).first()
            if merge is None:
                raise Problem(409, f"{merged} is not merged into another {merged._meta.verbose_name}.")
            undo_merge(merge=merge, reason=reason, by=self.editor)
            return merge.merged

        return self.change(self.get_queryset().model.objects.all(), operation, etag_source=final_survivor)
