"""The public versions of a record, from the ledger."""

from typing import Any

from rest_framework import serializers

from newsdb.api.rows.fields import Computed
from newsdb.api.rows.serializers import RowSerializer
from newsdb.ledger.comparison import comparable
from newsdb.models import Change
from newsdb.models.change import Action
from newsdb.models.erasure import ReasonCode


def public_action(action: str, public: bool, was_public: bool) -> str:
    """The action as the public saw it: a record is created when published, and deleted when unpublished."""
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
    """The role of whoever made a change: a curator, or the system itself."""
    return "curator" if actor else "system"


class DifferenceSerializer(serializers.Serializer):
    """One member of a record before and after a change."""

    field = serializers.CharField(help_text="The field's name.")
    before = serializers.JSONField(help_text="Its value before.")
    after = serializers.JSONField(help_text="Its value after.")


def computed_action() -> Computed:
    """The field for the action of a change, as the public saw it."""
    return Computed(
        serializers.ChoiceField(choices=Action.choices),
        "action",
        "public",
        "was_public",
        compute=public_action,
        help_text="created, updated, retracted, merged, deleted or erased, as the public saw it.",
    )


def reason_code() -> Computed:
    """The field for the reason of an erasure."""
    return Computed(
        serializers.ChoiceField(choices=ReasonCode.choices),
        "reason_code",
        compute=lambda code: code,
        allow_null=True,
        help_text="For an erasure, the reason: court, personal_data or other. Otherwise null.",
    )


class VersionSerializer(RowSerializer):
    """One version of a record: what changed, when, by whom and why."""

    action = computed_action()
    reason_code = reason_code()
    by = Computed(
        serializers.ChoiceField(choices=["curator", "system"]),
        "actor",
        compute=by_role,
        help_text="The role of whoever made the change: curator or system.",
    )
    changes = Computed(
        DifferenceSerializer(many=True),
        "before",
        "snapshot",
        "public",
        "was_public",
        compute=differences,
        help_text="The fields that changed; empty when the record was created or deleted.",
    )

    class Meta:
        model = Change
        fields = ("version", "action", "at", "by", "reason", "reason_code", "changes")
        example = {
            "version": 2,
            "action": "updated",
            "at": "2025-03-05T10:00:00Z",
            "by": "curator",
            "reason": "Misspelt.",
            "reason_code": None,
            "changes": [{"field": "name", "before": "Ada Exampel", "after": "Ada Example"}],
        }
