"""Outlets."""

from articles.api.filters import OutletFilterSet
from articles.api.inputs.outlets import OutletInput
from articles.api.serializers import OutletSerializer
from articles.models import Outlet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.endpoints.slugs import SlugViewSet


class OutletViewSet(SlugViewSet):
    """Who publishes, by name."""

    queryset = Outlet.objects.all()
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
