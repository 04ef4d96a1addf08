"""The request bodies with which editors create and update actors."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from actors.models import Actor, ActorName, Role
from newsdb.api.request.input_fields import (
    BoundedListField,
    PartialDateField,
    ReferenceField,
    StrictCharField,
    StrictUUIDField,
)
from newsdb.api.request.inputs import MAX_ROWS, InputSerializer, ReasonInput
from newsdb.api.request.strict_serializers import NestedRowSerializer


class ActorField(ReferenceField, StrictCharField):
    """An actor, given by slug, former slug or Wikidata id; never by name, which need not be unique."""

    default_error_messages = {
        "unknown": "There is no actor at this address. Search all names with /actors/?q= and give the slug."
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 100, **kwargs})

    def find(self, written: str) -> QuerySet:
        """The actor at this address, unless it is merged into another."""
        return Actor.objects.at_address(written).not_merged()


class RoleInput(NestedRowSerializer):
    """A title held by an actor. Dates are given as precisely as known: 2024-10-23, 2024-10 or 2024."""

    organisation = ActorField(
        required=False, allow_null=True, help_text="The slug of the organisation where the title is held."
    )
    started_on = PartialDateField(help_text="The day, month or year in which it started, or null if unknown.")
    ended_on = PartialDateField(help_text="The day, month or year in which it ended, or null.")

    class Meta:
        model = Role
        fields = ("title", "organisation", "started_on", "started_precision", "ended_on", "ended_precision")
        blank_as_null = ("started_precision", "ended_precision")
        partial_dates = {"started_on": "started_precision", "ended_on": "ended_precision"}


class ActorInput(InputSerializer):
    """A person or an organisation, as input."""

    names = BoundedListField(
        child=StrictCharField(max_length=200),
        required=False,
        max_length=MAX_ROWS,
        help_text="Other names it is known by; a search for any of them finds it.",
    )
    roles = RoleInput.list_of(max_length=MAX_ROWS, help_text="Titles held.")

    class Meta:
        model = Actor
        fields = ("uid", "slug", "kind", "name", "names", "wikidata_id", "roles", "reason")
        creation_only = ("uid",)
        identities = {"uid": "uid", "slug": "slugs__slug", "wikidata_id": "wikidata_id"}
        parts = ("names", "roles")
        example = {
            "slug": "ada-example",
            "kind": "person",
            "name": "Ada Example",
            "names": ["A. Example"],
            "roles": [
                {
                    "title": "Chair of the council",
                    "organisation": "council-of-exampleton",
                    "started_on": "2022",
                }
            ],
        }
        patch_example = {"name": "Ada Example", "reason": "Misspelt."}

    def write_names(self, actor: Actor, names: Sequence[str]) -> None:
        """Replace all other names of an actor with these."""
        self.replace_rows(actor, "names", [ActorName(actor=actor, name=name) for name in names], plain="name")

    def write_roles(self, actor: Actor, roles: Sequence[dict[str, Any]]) -> None:
        """Replace all roles of an actor with these."""
        self.replace_rows(actor, "roles", [Role(actor=actor, **role) for role in roles])


class MergeInput(ReasonInput):
    """The actor to keep, and the reason for the merge."""

    into = ActorField(help_text="The slug of the actor to keep.")
    retract = BoundedListField(
        child=StrictUUIDField(),
        required=False,
        max_length=MAX_ROWS,
        help_text="For each pair that a 409 listed in `duplicates`, the uid of one statement: it is"
        " retracted with the merge, for the same reason.",
    )

    class Meta:
        example = {"into": "ada-example", "reason": "The same person."}
