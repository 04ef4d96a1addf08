"""The history of one record in public, from the ledger."""

from typing import Any

from django.db.models import JSONField, OuterRef, Subquery
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.fields import Computed
from newsdb.api.pagination import KeysetPagination
from newsdb.api.rows import RowSerializer
from newsdb.api.views import ListViewSet, ReadOnlyViewSet
from newsdb.models import Change
from newsdb.models.change import Action


def public_action(action: str, public: bool, was_public: bool) -> str:
    """What a change was to the public, for whom a record begins when it is published and ends with that."""
    if public:
        return action if was_public else Action.CREATED
    return action if action in (Action.RETRACTED, Action.MERGED) else Action.DELETED


def differences(
    before: dict | None, after: dict | None, public: bool, was_public: bool
) -> list[dict[str, Any]]:
    """The members of a record that a change altered, with their values before and after."""
    if not (public and was_public and before and after):
        return []
    names = sorted(before.keys() | after.keys())
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in names
        if before.get(name) != after.get(name)
    ]


def by_role(actor: str) -> str:
    """Who made a change, by role: a curator, or the system itself."""
    return "curator" if actor else "system"


class DifferenceSerializer(serializers.Serializer):
    """One member of a record before and after a change."""

    field = serializers.CharField(help_text="The member's name.")
    before = serializers.JSONField(help_text="Its value before.")
    after = serializers.JSONField(help_text="Its value after.")


def computed_action() -> Computed:
    """The field that says what a change was, as the public saw it."""
    return Computed(
        serializers.ChoiceField(choices=Action.choices),
        "action",
        "public",
        "was_public",
        compute=public_action,
        help_text="created, updated, retracted, merged or deleted, as the public saw it.",
    )


class VersionSerializer(RowSerializer):
    """One version of a record: what changed, when, by whom and why."""

    action = computed_action()
    by = Computed(
        serializers.ChoiceField(choices=["curator", "system"]),
        "actor",
        compute=by_role,
        help_text="The role of who made the change: curator or system.",
    )
    changes = Computed(
        DifferenceSerializer(many=True),
        "before",
        "snapshot",
        "public",
        "was_public",
        compute=differences,
        help_text="What the change altered; empty where the record began or ended with it.",
    )

    class Meta:
        model = Change
        fields = ("version", "action", "at", "by", "reason", "changes")


class RecordViewSet(ReadOnlyViewSet):
    """Records that the ledger keeps the history of."""

    @action(
        detail=True,
        collection=True,
        serializer_class=VersionSerializer,
        detail_serializer_class=None,
        filterset_class=None,
        pagination_class=KeysetPagination,
        renderer_classes=ListViewSet.renderer_classes,
        ordering=("-version", "-id"),
    )
    def history(self, request: Request, **kwargs: Any) -> Response:
        """What happened to the record while it was public, newest first; readable after a retraction too."""
        written = self.kwargs[self.lookup_field]
        value = self.read_lookup(written)
        if value is None:
            raise self.not_found(written)
        record: Any = self.get_queryset().model._default_manager.filter(**{self.lookup_field: value}).first()
        versions = Change.objects.of(record).public() if record else Change.objects.none()
        if not versions.exists():
            return self.missing(value)
        before = Change.objects.filter(
            record_type=OuterRef("record_type"), uid=OuterRef("uid"), version=OuterRef("version") - 1
        )
        versions = versions.annotate(before=Subquery(before.values("snapshot"), output_field=JSONField()))
        return self.get_paginated_response(self.paginate_queryset(versions))
