"""Records with slugs in their URLs. Former slugs redirect to the current one."""

from typing import Any

from rest_framework.response import Response

from newsdb.api.endpoints.editing import EditableViewSet
from newsdb.api.exceptions import Problem


class SlugViewSet(EditableViewSet):
    """Records with ``slugs``, all that they have ever had (``newsdb.models.slugs``)."""

    lookup_field = "slug"

    def missing_response(self, text: str) -> Response:
        """Redirect from a former slug or a Wikidata id to the current slug."""
        model: Any = self.get_queryset().model
        if self.parse_lookup(text) is None:
            return super().missing_response(text)
        if found := model.objects.at_address(text).first():
            return self.redirect_to(found.slug)
        addresses: Any = model._meta.get_field("slugs").related_model
        if addresses.objects.filter(slug=text.lower(), **{addresses.owner: None}).exists():
            kind = model._meta.verbose_name
            raise Problem(410, f"The {kind} {text} was deleted; its address is never reused.")
        return super().missing_response(text)
