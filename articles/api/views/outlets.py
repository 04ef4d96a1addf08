"""Outlets."""

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.filters import OutletFilterSet
from articles.api.inputs.outlets import OutletInput, OutletMergeInput
from articles.api.serializers import OutletSerializer
from articles.models import Outlet
from newsdb.api.endpoints.merging import MergeableViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.models.merging import merge_records


class OutletViewSet(MergeableViewSet):
    """Who publishes, by name."""

    queryset = Outlet.objects.not_merged()
    serializer_class = OutletSerializer
    input_serializer_class = OutletInput
    filterset_class = OutletFilterSet
    ordering = ("name_key", "id")
    other_responses = {
        308: ResponseDoc("The new address is in Location.", "", ("Location",)),
        410: ResponseDoc(
            "The outlet was deleted; its address is never reused.",
            "The outlet the-example-gazette was deleted; its address is never reused.",
        ),
    }

    @action(detail=True, methods=["post"], input_serializer_class=OutletMergeInput)
    def merge(self, request: Request, **kwargs: Any) -> Response:
        """Merge this outlet into another, to which its articles, names and domains move.

        Answers with the other outlet, which keeps its own name and text policy.
        """
        return self.merge_by(merge_records)
