"""Input of joint statements: one row per speaker, created together or not at all."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from actors.api.inputs import ActorField
from articles.api.serializers import StatementDetailSerializer
from articles.models import Statement
from articles.services.retraction import Joint
from newsdb.api.request.input_fields import StrictCharField, StrictChoiceField, StrictUUIDField
from newsdb.api.request.inputs import InputSerializer, ReasonInput, conflict_problem
from newsdb.api.request.strict_serializers import NestedRowSerializer

#: The most speakers of one statement.
MAX_SPEAKERS = 20


class SpeakerInput(NestedRowSerializer):
    """One speaker of a joint statement."""

    slug = ActorField(source="speaker", allow_null=True, help_text="The actor's slug; null if unnamed.")
    label = StrictCharField(
        source="speaker_label",
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="This speaker as printed.",
    )
    uid = StrictUUIDField(
        required=False, help_text="Permanent identifier of this speaker's row; generated if omitted."
    )

    class Meta:
        model = Statement
        fields = ("slug", "label", "uid")


class JointInput(InputSerializer):
    """A statement that several speakers may have made together."""

    speakers = SpeakerInput.list_of(
        min_length=2,
        max_length=MAX_SPEAKERS,
        help_text="Instead of `speaker`, `speaker_label` and `uid`, for a joint statement: one row is created"
        " per speaker.",
    )

    def joint_contradictions(self, attrs: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield errors: fields of a single speaker although there are several, or a speaker listed twice."""
        if "speakers" not in attrs:
            return
        for name in ("speaker", "speaker_label", "uid"):
            if name in attrs:
                yield (
                    name,
                    ("There are several speakers: set this for each of them in `speakers`.", "conflict"),
                )
        named = [each["speaker"] or each.get("speaker_label", "") for each in attrs["speakers"]]
        if len(set(named)) < len(named):
            yield "speakers", ("List each speaker once; unnamed speakers need different labels.", "conflict")
        uids = [each["uid"] for each in attrs["speakers"] if "uid" in each]
        if len(set(uids)) < len(uids):
            yield "speakers", ("Give each row a different uid.", "conflict")

    def check_conflicts(self, values: Mapping[str, Any]) -> None:
        """Check for conflicts; for a joint statement, in each row."""
        super().check_conflicts(values)
        for index, each in enumerate(values.get("speakers", ())):
            if "uid" in each and (other := Statement.objects.filter(uid=each["uid"]).first()):
                detail = "A statement with this uid already exists."
                raise conflict_problem(other, detail, pointer=f"/speakers/{index}/uid")

    def create(self, validated_data: dict[str, Any]) -> Any:
        """Create the statement; for several speakers, a list of rows with the same ``joint_uid``."""
        values = dict(validated_data)
        speakers = values.pop("speakers", None)
        if speakers is None:
            return super().create(values)
        joint_uid = uuid.uuid4()
        return [self.write(Statement(), {**values, **each, "joint_uid": joint_uid}) for each in speakers]


class JointStatementSerializer(serializers.Serializer):
    """The rows created for a joint statement."""

    joint_uid = serializers.UUIDField(help_text="Shared by all rows of the joint statement.")
    results = StatementDetailSerializer(many=True, help_text="The rows, in the order of `speakers`.")


class StatementsSerializer(serializers.Serializer):
    """The statements created by one request."""

    results = StatementDetailSerializer(
        many=True, help_text="In the order of the request body; a joint statement gives all its rows."
    )

    class Meta:
        example: dict[str, Any] = {}


class RetractionInput(ReasonInput):
    """The reason, and whether one row of a joint statement is retracted or all."""

    joint = StrictChoiceField(
        choices=[(each.value, each.value) for each in Joint],
        required=False,
        help_text="For a joint statement: only `this` row, or `all`. Required if other rows are public.",
    )

    class Meta:
        example = {"reason": "Someone else said it.", "joint": "this"}
