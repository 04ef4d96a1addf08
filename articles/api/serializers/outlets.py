"""Outlets."""

from rest_framework import serializers

from articles.models import Outlet
from newsdb.api.rows.fields import Url
from newsdb.api.rows.serializers import RowSerializer


class OutletReferenceSerializer(RowSerializer):
    """An outlet, as other records name it."""

    class Meta:
        model = Outlet
        fields = ("slug", "name")
        example = {"slug": "the-example-gazette", "name": "The Example Gazette"}


class OutletSerializer(RowSerializer):
    """Who publishes."""

    url = Url("outlet-detail", "slug")
    names = serializers.SlugRelatedField(
        slug_field="name",
        many=True,
        read_only=True,
        help_text="Other names it prints or is known by; a search for any of them finds it.",
    )
    domains = serializers.SlugRelatedField(
        slug_field="domain", many=True, read_only=True, help_text="The domains it publishes on."
    )

    class Meta:
        model = Outlet
        fields = (
            "uid",
            "url",
            "slug",
            "name",
            "names",
            "domains",
            "wikidata_id",
            "text_policy",
            "updated_at",
        )
        example = {
            **OutletReferenceSerializer.Meta.example,
            "uid": "7c1f0d52-55d3-4a0e-8a55-0b9f3a3c1e21",
            "names": ["Example Gazette Online"],
            "domains": ["gazette.example"],
            "wikidata_id": None,
            "text_policy": "excerpt",
            "updated_at": "2025-03-05T10:00:00Z",
        }
