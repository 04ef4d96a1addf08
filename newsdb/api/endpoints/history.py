"""The history of one record in public, from the ledger."""

from typing import Any

from django.db.models import Q
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.endpoints.views import ListViewSet, ReadOnlyViewSet
from newsdb.api.exceptions import Problem
from newsdb.api.request.lookups import as_id, as_uid
from newsdb.api.response.pagination import KeysetPagination
from newsdb.api.rows.fields import Computed
from newsdb.api.rows.serializers import RowSerializer
from newsdb.ledger.comparison import comparable
from newsdb.models import Change, ErasedDigest, Erasure
from newsdb.models.change import Action
from newsdb.models.erasure import DigestKind, ReasonCode


def public_action(action: str, public: bool, was_public: bool) -> str:
    """What a change was to the public, for whom a record begins when it is published and ends with that."""
    if public:
        return action if was_public else Action.CREATED
    return action if action in (Action.RETRACTED, Action.MERGED, Action.ERASED) else Action.DELETED


def differences(
    before: dict | None, after: dict | None, public: bool, was_public: bool
) -> list[dict[str, Any]]:
    """The members of a record that a change altered, with their values before and after."""
    if not (public and was_public and before and after):
        return []
    old, new = comparable(before, after)
    return [
        {"field": name, "before": before[name], "after": after[name]}
        for name in sorted(new)
        if old[name] != new[name]
    ]


def by_role(actor: str) -> str:
    """Who made a change, by role: a curator, or the system itself."""
    return "curator" if actor else "system"


def erased_problem(erasure: Erasure) -> Problem:
    """The 410 for what was erased."""
    return Problem(
        410,
        f"Erased on {erasure.erased_on}: {erasure.get_reason_code_display()}.",
        code="erased",
        uid=erasure.uid,
        record_type=erasure.record_type,
        erased_on=erasure.erased_on,
        reason_code=erasure.reason_code,
    )


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
        help_text="created, updated, retracted, merged, deleted or erased, as the public saw it.",
    )


def reason_code() -> Computed:
    """The field that says why a record was erased."""
    return Computed(
        serializers.ChoiceField(choices=ReasonCode.choices),
        "reason_code",
        compute=lambda code: code,
        allow_null=True,
        help_text="Of an erasure, why: court, personal_data or other. Otherwise null.",
    )


class VersionSerializer(RowSerializer):
    """One version of a record: what changed, when, by whom and why."""

    action = computed_action()
    reason_code = reason_code()
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
        fields = ("version", "action", "at", "by", "reason", "reason_code", "changes")


class RecordViewSet(ReadOnlyViewSet):
    """Records that the ledger keeps the history of. The address of one that was erased says so."""

    def find_erasure(self, written: str) -> Erasure | None:
        """The erasure of the record that had this address, or has this uid."""
        record_type = self.get_queryset().model.record.type
        erasures = Erasure.objects.filter(record_type=record_type)
        if self.lookup_field == "slug":
            known = Q(pk__in=ErasedDigest.objects.of(DigestKind.ADDRESS, written.lower()).values("erasure"))
        else:
            number = as_id(written)
            known = Q(record_id=number) if number else Q(pk__in=[])
        if uid := as_uid(written):
            known |= Q(uid=uid)
        return erasures.filter(known).first()

    def not_found(self, written: str) -> APIException:
        """The 404 for what is in the path; 410 where it was erased."""
        erasure = self.find_erasure(written)
        return erased_problem(erasure) if erasure else super().not_found(written)

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
        """What happened to the record while it was public, newest first; readable after a retraction too.

        Of one that was erased it says that, and nothing from before.
        """
        written = self.kwargs[self.lookup_field]
        value = self.read_lookup(written)
        records = self.get_queryset().model._default_manager
        record: Any = value and records.filter(**{self.lookup_field: value}).first()
        if record:
            versions = Change.objects.of(record).public()
        elif erasure := self.find_erasure(written):
            changes = Change.objects.of_uid(erasure.record_type, erasure.uid)
            versions = changes.public().filter(action=Action.ERASED)
        else:
            versions = Change.objects.none()
        if not versions.exists():
            return self.missing(written)
        return self.get_paginated_response(self.paginate_queryset(versions.with_before()))
