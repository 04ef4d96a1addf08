"""Outlets and articles as editors write them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from actors.api.inputs import ActorField
from articles.models import Article, Byline, Outlet, OutletDomain
from articles.models.outlet import BARE_DOMAIN
from newsdb.addresses import canonical_url
from newsdb.api.request.input_fields import (
    BoundedListField,
    PartialDateField,
    ReferenceField,
    StrictCharField,
)
from newsdb.api.request.inputs import MAX_ROWS, InputSerializer, conflict_problem
from newsdb.api.request.strict_serializers import NestedRowSerializer


class OutletField(ReferenceField, StrictCharField):
    """An outlet, by its slug, a former slug or its Wikidata id."""

    default_error_messages = {"unknown": "There is no outlet at this address."}

    def find(self, written: str) -> QuerySet:
        """The outlet."""
        return Outlet.objects.at_address(written)


class OutletInput(InputSerializer):
    """Who publishes, to write."""

    domains = BoundedListField(
        child=StrictCharField(max_length=253, validators=[BARE_DOMAIN]),
        required=False,
        max_length=MAX_ROWS,
        help_text="The domains it publishes on, as in: thehill.com.",
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
        """As for any record; for each domain too."""
        super().check_conflicts(values)
        outlet: Any = self.instance
        others = Outlet.objects.exclude(pk=outlet.pk) if outlet else Outlet.objects.all()
        for index, name in enumerate(values.get("domains", ())):
            if other := others.filter(domains__domain=name).first():
                raise conflict_problem(
                    other, "An outlet with this domain already exists.", pointer=f"/domains/{index}"
                )

    def write_domains(self, outlet: Outlet, domains: Sequence[str]) -> None:
        """Make these all the domains of an outlet."""
        rows = [OutletDomain(outlet=outlet, domain=name) for name in domains]
        self.replace_rows(outlet, "domains", rows, plain="domain")


class BylineInput(NestedRowSerializer):
    """An author of an article, as printed."""

    author = ActorField(help_text="The author's slug.")

    class Meta:
        model = Byline
        fields = ("author", "printed_name", "note")


class ArticleInput(InputSerializer):
    """One piece as one outlet published it, to write."""

    outlet = OutletField(max_length=100, help_text="The slug of who published it.")
    published_on = PartialDateField(
        help_text="The day, month or year it was published, or null where unknown."
    )
    bylines = BylineInput.list_of(max_length=MAX_ROWS, help_text="The authors, in the order printed.")

    class Meta:
        model = Article
        fields = (
            *("uid", "headline", "deck", "outlet", "section", "language", "source_url"),
            *("published_on", "published_precision", "bylines", "reason"),
        )
        creation_only = ("uid",)
        blank_as_null = ("source_url", "published_precision")
        partial_dates = {"published_on": "published_precision"}
        identities = {"uid": "uid", "source_url": "source_url_key"}
        parts = ("bylines",)
        example = {
            "headline": "Council keeps the library open",
            "outlet": "the-example-gazette",
            "section": "Local",
            "language": "en",
            "source_url": "https://gazette.example/library",
            "published_on": "2025-03-01",
            "bylines": [{"author": "ada-example", "printed_name": "A. Example"}],
        }
        patch_example = {"published_on": "2025-03", "reason": "The page does not say the day."}

    def identity(self, name: str, value: Any) -> Any:
        """An address is looked up however it was copied."""
        return canonical_url(value or "") if name == "source_url" else value

    def write_bylines(self, article: Article, bylines: Sequence[dict[str, Any]]) -> None:
        """Make these all the bylines of an article, in this order."""
        rows = [Byline(article=article, position=place, **each) for place, each in enumerate(bylines)]
        self.replace_rows(article, "bylines", rows)
