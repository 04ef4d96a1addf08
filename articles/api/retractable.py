"""Articles and statements: found by ``uid``, and retracted in the open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.examples import EXAMPLES
from newsdb.api.endpoints.response_docs import Answer
from newsdb.api.endpoints.writing import EditableViewSet
from newsdb.api.exceptions import Problem
from newsdb.api.request.inputs import ReasonInput
from newsdb.api.request.lookups import as_id, as_uid
from newsdb.api.request.permissions import may_edit

#: What is or was public: everyone may know that it exists.
EVER_PUBLIC = ("published", "retracted")


class RetractableViewSet(EditableViewSet):
    """Public records, which say when and why where they were retracted; an editor sees them all the same."""

    examples = EXAMPLES
    #: What does it: keyword arguments ``<record type>=``, ``reason=``, ``by=``.
    retract_record: Callable[..., None]
    restore_record: Callable[..., None]
    lookup_field = "uid"
    problems = {
        308: Answer("Its address has its `uid`: see Location.", "", ("Location",)),
        410: Answer(
            "It was retracted: `retracted_at` says when and `reason` why. Or it was erased (`code: erased`):"
            " `erased_on` says when and `reason_code` why.",
            "Retracted on 2025-03-05: The speaker was somebody else.",
            members={"retracted_at": "2025-03-05T10:00:00Z", "reason": "The speaker was somebody else."},
        ),
    }

    def read_lookup(self, written: str) -> UUID | None:
        """The ``uid``; a record has one address, so only as we write it."""
        uid = as_uid(written)
        return uid if str(uid) == written else None

    def missing(self, written: str) -> Response:
        """A retracted record answers 410; the integer id redirects to the address with the ``uid``."""
        records = self._all() if may_edit(self.request) else self._all().filter(status__in=EVER_PUBLIC)
        uid = self.read_lookup(written)
        if uid is None:
            identity = {"pk": as_id(written)} if as_id(written) else {"uid": as_uid(written)}
            uid = records.filter(**identity).values_list("uid", flat=True).first()
            return self.moved_to(uid) if uid else super().missing(written)
        retracted = records.filter(status="retracted", uid=uid).first()
        if retracted:
            day = retracted.retracted_at.date()
            raise Problem(
                410,
                f"Retracted on {day}: {retracted.retraction_reason}",
                retracted_at=retracted.retracted_at,
                reason=retracted.retraction_reason,
            )
        return super().missing(written)

    def get_queryset(self) -> QuerySet:
        """What is public; for an editor who asks for one record, all there is."""
        queryset = super().get_queryset()
        if self.action == "retrieve" and self.request and may_edit(self.request):
            return self._all()
        return queryset

    def _all(self) -> Any:
        model: Any = super().get_queryset().model
        return model.objects.all()

    def get_editable(self) -> QuerySet:
        """Public records, and those that are to become public."""
        return self._all().exclude(status="retracted")

    @action(detail=True, methods=["post"], input_serializer_class=ReasonInput)
    def retract(self, request: Request, **kwargs: Any) -> Response:
        """Retract the record: its address shows when and why from now on."""
        return self._act(type(self).retract_record)

    @action(detail=True, methods=["post"], input_serializer_class=ReasonInput)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Publish a retracted record again."""
        return self._act(type(self).restore_record)

    def _act(self, function: Callable[..., None]) -> Response:
        def act(record: Any) -> Any:
            function(**{record.record.type: record}, reason=self.read_reason(), by=self.writer)
            return record

        return self.change(self._all(), act)
