"""Serializers of actors, each with an example. The people and organisations in the examples are invented."""

from typing import Any

from rest_framework import serializers

from actors.models import Actor, Role
from newsdb.api.rows.fields import Url
from newsdb.api.rows.serializers import RowSerializer


class ActorReferenceSerializer(RowSerializer):
    """An actor, as other records name it."""

    class Meta:
        model = Actor
        fields = ("slug", "name", "kind", "wikidata_id")
        example = {"slug": "ada-example", "name": "Ada Example", "kind": "person", "wikidata_id": None}


class OrganisationSerializer(RowSerializer):
    """Where a role is held."""

    class Meta:
        model = Actor
        fields = ("slug", "name")
        example = {"slug": "council-of-exampleton", "name": "Council of Exampleton"}


class RoleSerializer(RowSerializer):
    """A title held by an actor, with the dates it began and ended, if known."""

    organisation = OrganisationSerializer()

    class Meta:
        model = Role
        fields = ("title", "organisation", "started_on", "started_precision", "ended_on", "ended_precision")
        blank_as_null = ("started_precision", "ended_precision")
        example = {
            "title": "Chair of the council",
            "started_on": "2022-01-01",
            "started_precision": "year",
            "ended_on": None,
            "ended_precision": None,
        }


class ActorSerializer(RowSerializer):
    """A person or an organisation, with the names it is known by and the titles it held."""

    url = Url("actor-detail", "slug")
    names = serializers.SlugRelatedField(
        slug_field="name",
        many=True,
        read_only=True,
        help_text="Other names it is known by; a search for any of them finds it.",
    )
    roles = RoleSerializer(many=True, help_text="Titles held, in the order they were entered.")

    class Meta:
        model = Actor
        fields = ("uid", "url", "slug", "kind", "name", "names", "wikidata_id", "roles", "updated_at")
        example: dict[str, Any] = {
            **ActorReferenceSerializer.Meta.example,
            "uid": "0d8bde3c-6a5f-4c1f-9b8e-2f8f1a6f7c10",
            "names": ["A. Example"],
            "updated_at": "2025-03-05T10:00:00Z",
        }
