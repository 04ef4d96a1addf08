"""Input of outlets."""

from collections.abc import Mapping, Sequence
from typing import Any

from articles.api.inputs.fields import OutletField
from articles.models import Outlet, OutletDomain
from articles.models.outlet import BARE_DOMAIN
from newsdb.api.request.input_fields import BoundedListField, StrictCharField
from newsdb.api.request.inputs import MAX_ROWS, InputSerializer, ReasonInput, conflict_problem


class OutletInput(InputSerializer):
    """Who publishes, as input."""

    domains = BoundedListField(
        child=StrictCharField(max_length=253, validators=[BARE_DOMAIN]),
        required=False,
        max_length=MAX_ROWS,
        help_text="The domains it publishes on, for example: thehill.com.",
    )

    class Meta:
        model = Outlet
        fields = ("uid", "slug", "name", "domains", "wikidata_id", "text_policy", "reason")
        creation_only = ("uid",)
        identities = {"uid": "uid", "slug": "slugs__slug", "wikidata_id": "wikidata_id"}
        parts = ("domains",)
        example = {
            "slug": "the-example-gazette",
            "name": "The Example Gazette",
            "domains": ["gazette.example"],
            "text_policy": "excerpt",
        }
        patch_example = {"text_policy": "none", "reason": "They asked for it."}

    def check_conflicts(self, values: Mapping[str, Any]) -> None:
        """Check for conflicts, including each domain."""
        super().check_conflicts(values)
        outlet: Any = self.instance
        others = Outlet.objects.exclude(pk=outlet.pk) if outlet else Outlet.objects.all()
        for index, name in enumerate(values.get("domains", ())):
            if other := others.filter(domains__domain=name).first():
                raise conflict_problem(
                    other, "An outlet with this domain already exists.", pointer=f"/domains/{index}"
                )

    def write_domains(self, outlet: Outlet, domains: Sequence[str]) -> None:
        """Replace the domains of an outlet by these."""
        rows = [OutletDomain(outlet=outlet, domain=name) for name in domains]
        self.replace_rows(outlet, "domains", rows, plain="domain")


class OutletMergeInput(ReasonInput):
    """The outlet to keep, and the reason for the merge."""

    into = OutletField(max_length=100, help_text="The slug of the outlet to keep.")

    class Meta:
        example = {"into": "the-example-gazette", "reason": "One outlet."}
