"""The filters of outlets."""

from collections.abc import Iterable

from articles.api.resolution import resolve_domains
from articles.models import Outlet
from newsdb.api.request.filters import FilterSet, TextFilter


class OutletFilterSet(FilterSet):
    domain = TextFilter("pk", many=True, help_text="A domain it publishes on, for example: thehill.com.")

    def resolve_domain(self, texts: Iterable[str]) -> tuple[int, ...]:
        return resolve_domains("domain", texts)

    class Meta:
        model = Outlet
        fields: list[str] = []
