"""Records that are addressed by their slug: a former address leads on to the present one."""

from typing import Any

from rest_framework.response import Response

from newsdb.api.links import address
from newsdb.api.problems import Problem
from newsdb.api.writing import EditableViewSet


class AddressedViewSet(EditableViewSet):
    """Records with ``slugs``, every address they ever had (``newsdb.models.slugs``)."""

    lookup_field = "slug"

    def missing(self, value: Any) -> Response:
        """A former address, or a Wikidata id, leads to the present one."""
        model: Any = self.get_queryset().model
        if found := model.objects.at_address(value).first():
            present = address(f"{model.record.type}-detail", found.slug)
            return Response(status=308, headers={"Location": present})
        addresses: Any = model._meta.get_field("slugs").related_model
        if addresses.objects.filter(slug=value.lower(), **{addresses.owner: None}).exists():
            kind = model._meta.verbose_name
            raise Problem(410, f"The {kind} {value} was deleted; its address is never reused.")
        return super().missing(value)
