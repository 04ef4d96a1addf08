"""Writing: a record is made, changed, or acted on, by an editor and in the open.

An endpoint that writes names its input and inherits what it can do::

    class OutletViewSet(EditableViewSet):
        input_serializer_class = OutletInput

Whatever changes a record that exists takes ``If-Match`` with the ETag of its JSON (428 without, 412 when the
record has changed since), checked once more under the lock under which the change is made.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.endpoints.records import RecordViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import Busy, Problem
from newsdb.api.request.inputs import InputSerializer, conflict_problem
from newsdb.api.response.etags import etag_of, match_names
from newsdb.api.response.renderers import JSONRenderer
from newsdb.api.rows.reading import read_rows
from newsdb.ledger import attributed
from newsdb.models.write_errors import (
    WRITE_ERRORS,
    conflicting_record,
    explain,
    is_conflict,
    is_disk_full,
    is_unreachable,
)

Act = Callable[[Any], Any]


class EditableViewSet(RecordViewSet):
    """Records that editors make (POST) and change (PATCH)."""

    #: What POST and PATCH take; an action names its own.
    input_serializer_class: type[InputSerializer]
    vary_on = ("Authorization",)  # an editor sees more
    #: For the description: other responses to making a record, by status.
    create_responses: Mapping[int, ResponseDoc] = {}

    @property
    def writer(self) -> str:
        """In whose name the request writes. For the ledger; the public never sees it."""
        return self.request.user.get_username()

    def bodies(self) -> dict[str, Any]:
        """The members of each method's input."""
        return {
            method.upper(): [
                {"name": name, "required": member.required, "description": member.help_text or ""}
                for name, member in self.get_input(partial=method == "patch").fields.items()
            ]
            for method in self.action_map
            if method in ("post", "patch")
        }

    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make a record. A `uid` or an address that is taken answers 409 with the `url` of what has it."""
        data = self.read_input(self.get_input(data=request.data))
        with self.refusing(data), self.attributed(data.validated_data):
            return self.answer(data.save(), 201)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what the body names and leave the rest; a list is replaced as a whole."""

        def update(record: Any) -> Any:
            data = self.read_input(self.get_input(record, data=request.data, partial=True))
            with self.refusing(data), self.attributed(data.validated_data):
                return data.save()

        return self.change(self.get_editable(), update)

    def get_editable(self) -> QuerySet:
        """The records that may be changed."""
        return self.get_queryset()

    def change(self, queryset: QuerySet, act: Act, *, etag_source: Act | None = None) -> Response:
        """Do ``act`` to the record of ``queryset`` at the path, locked, and answer with what it returns.

        ``If-Match`` has to hold the ETag of the record, or of what ``tagged_as(record)`` returns.
        Raises ``Problem`` (404, 409, 410, 412, 428).
        """
        _ = self.request.data  # read before the lock is taken, if it can be read at all
        written = self.kwargs[self.lookup_field]
        value = self.read_lookup(written)
        if value is None:
            return self.missing(written)
        with self.refusing(), transaction.atomic():
            locked = queryset.select_for_update(of=("self",)).order_by("pk")
            record = locked.filter(**{self.lookup_field: value}).first()
            if record is None:
                return self.missing(written)
            self.check_precondition(etag_source(record) if etag_source else record)
            return self.answer(act(record))

    def check_precondition(self, record: Any) -> None:
        """Raise ``Problem`` unless ``If-Match`` names the ETag of ``record`` as it is now."""
        header = self.request.headers.get("If-Match")
        if header is None:
            raise Problem(428, "Say which version you change: send its ETag in If-Match.")
        if not match_names(header, self.etag_of(record)):
            raise Problem(412, "The record has changed since: get it again, and look before you write.")

    def refusing(self, data: Any = None) -> AbstractContextManager[None]:
        """What models and database refuse within is a problem: 409 where it is a matter of what is there."""
        return _refusing(data)

    def attributed(self, values: dict[str, Any]) -> AbstractContextManager[None]:
        """One transaction in the name of the token's user, for the reason given."""
        return attributed(by=self.writer, reason=values.get("reason", ""))

    def get_input(self, *args: Any, **kwargs: Any) -> Any:
        """The input of this action."""
        return self.input_serializer_class(*args, **kwargs)

    def read_input(self, data: Any) -> Any:
        """``data``, found valid. Raises what says why it is not."""
        data.is_valid(raise_exception=True)
        if isinstance(data, InputSerializer):
            data.check_conflicts(data.validated_data)
        return data

    def read_reason(self) -> str:
        """The reason in the body of an act. Raises ``ValidationError``."""
        return self.read_input(self.get_input(data=self.request.data)).validated_data["reason"]

    def answer(self, record: Any, status: int = 200) -> Response:
        """The record's own JSON and its ETag; a new one's address too."""
        row = self.row_of(record)
        headers = {"ETag": _etag(row)}
        if status == 201:
            headers["Location"] = str(row["url"])
        return Response(row, status=status, headers=headers)

    def etag_of(self, record: Any) -> str:
        """The ETag of the record's JSON, as GET has it."""
        return _etag(self.row_of(record))

    def row_of(self, record: Any) -> dict[str, Any]:
        """The record in its detailed shape."""
        return read_rows(self.get_serializer_class(), type(record)._base_manager.filter(pk=record.pk))[0]


def _etag(row: dict[str, Any]) -> str:
    return etag_of(JSONRenderer().render(row))


@contextmanager
def _refusing(data: Any) -> Iterator[None]:
    try:
        yield
    except (*WRITE_ERRORS, serializers.ValidationError) as error:
        if isinstance(data, InputSerializer):
            # Whatever refused it, somebody may have been quicker since `read_input` looked.
            data.check_conflicts(data.validated_data)
        if isinstance(error, serializers.ValidationError):
            raise
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from None
        if record := conflicting_record(error):
            raise conflict_problem(record, " ".join(explain(error))) from None
        # A function that acts on whole records says in a sentence what about them forbids it.
        conflict = isinstance(error, ValidationError) or is_conflict(error)
        raise Problem(409 if conflict else 400, " ".join(explain(error))) from None
    except OperationalError as error:
        if is_unreachable(error) or is_disk_full(error):
            raise
        # Two writers in each other's way, or one that waited too long: nothing was written.
        raise Busy from error
