"""Editing: editors create and change records, and the ledger records what they did.

An endpoint that writes declares its input::

    class OutletViewSet(EditableViewSet):
        input_serializer_class = OutletInput

Every change of an existing record requires ``If-Match`` with the ETag of its JSON: without it the response is
428, and if the record has changed since, 412. The record is locked before this check.
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

from newsdb.api.endpoints.base import describe_members
from newsdb.api.endpoints.records import RecordViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import Busy, Problem
from newsdb.api.request.batches import BatchInput
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

Operation = Callable[[Any], Any]


class EditableViewSet(RecordViewSet):
    """Records that editors create (POST) and change (PATCH)."""

    #: The input of POST and PATCH. An action declares its own.
    input_serializer_class: type[InputSerializer]
    vary_on = ("Authorization",)  # an editor sees more
    #: For the OpenAPI description: other responses to creating a record, by status.
    create_responses: Mapping[int, ResponseDoc] = {}

    @property
    def editor(self) -> str:
        """The user name for the ledger, which is never public."""
        return self.request.user.get_username()

    def bodies(self) -> dict[str, Any]:
        """Descriptions of each method's input."""
        return {
            method.upper(): describe_members(self.get_input(partial=method == "patch"))
            for method in self.action_map
            if method in ("post", "patch")
        }

    def create(self, request: Request, **kwargs: Any) -> Response:
        """Create a record.

        If its `uid` or address is taken, it answers 409 with the `url` of the existing record.
        """
        data = self.read_input(self.get_input(data=request.data))
        with write_errors_as_problems(data), self.attributed(data.validated_data):
            return self.record_response(data.save(by=self.editor), 201)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change the members in the body and leave the others; a list is replaced as a whole."""

        def update(record: Any) -> Any:
            data = self.read_input(self.get_input(record, data=request.data, partial=True))
            with write_errors_as_problems(data), self.attributed(data.validated_data):
                return data.save(by=self.editor)

        return self.change(self.get_editable(), update)

    def get_editable(self) -> QuerySet:
        """The records that may be changed."""
        return self.get_queryset()

    def change(
        self, queryset: QuerySet, operation: Operation, *, etag_source: Operation | None = None
    ) -> Response:
        """Lock the record at this address, and respond with the record that ``operation`` returns for it.

        ``If-Match`` must have the ETag of the record, or of the record that ``etag_source`` returns for it.
        Raises ``Problem`` (404, 409, 410, 412, 428).
        """
        _ = self.request.data  # parse the body before taking the lock, since this may fail
        text = self.kwargs[self.lookup_field]
        value = self.parse_lookup(text)
        if value is None:
            return self.missing_response(text)
        with write_errors_as_problems(), transaction.atomic():
            locked = queryset.select_for_update(of=("self",)).order_by("pk")
            record = locked.filter(**{self.lookup_field: value}).first()
            if record is None:
                return self.missing_response(text)
            self.check_precondition(etag_source(record) if etag_source else record)
            return self.record_response(operation(record))

    def check_precondition(self, record: Any) -> None:
        """Raise ``Problem`` unless ``If-Match`` names the current ETag of ``record``."""
        header = self.request.headers.get("If-Match")
        if header is None:
            raise Problem(428, "If-Match is required: send the ETag of the version that you are changing.")
        if not match_names(header, self.etag_of(record)):
            raise Problem(412, "The record has changed since that version: read it again before you write.")

    def attributed(self, values: dict[str, Any]) -> AbstractContextManager[None]:
        """A transaction whose changes are attributed to the token's user, with the reason in ``values``."""
        return attributed(by=self.editor, reason=values.get("reason", ""))

    def get_input(self, *args: Any, **kwargs: Any) -> Any:
        """The input of this action."""
        return self.input_serializer_class(*args, **kwargs)

    def read_input(self, data: Any) -> Any:
        """Validate ``data`` and return it. Raises ``ValidationError`` or a ``Problem``."""
        data.is_valid(raise_exception=True)
        if isinstance(data, InputSerializer | BatchInput):
            data.check_conflicts(data.validated_data)
        return data

    def read_reason(self) -> str:
        """The reason in the body. Raises ``ValidationError``."""
        return self.read_input(self.get_input(data=self.request.data)).validated_data["reason"]

    def record_response(self, record: Any, status: int = 200) -> Response:
        """The response with the record's JSON and ETag and, for a new record (201), its URL."""
        row = self.row_of(record)
        headers = {"ETag": _etag(row)}
        if status == 201:
            headers["Location"] = str(row["url"])
        return Response(row, status=status, headers=headers)

    def etag_of(self, record: Any) -> str:
        """The ETag of the record's JSON, the same as that of a GET."""
        return _etag(self.row_of(record))

    def row_of(self, record: Any) -> dict[str, Any]:
        """The record in its detailed shape."""
        return read_rows(self.get_serializer_class(), type(record)._base_manager.filter(pk=record.pk))[0]


def _etag(row: dict[str, Any]) -> str:
    return etag_of(JSONRenderer().render(row))


@contextmanager
def write_errors_as_problems(data: Any = None) -> Iterator[None]:
    """Context manager: turns errors of models and database into problems.

    They are 409 if the write conflicts with an existing record. ``data`` is the input being saved.
    """
    try:
        yield
    except (*WRITE_ERRORS, serializers.ValidationError) as error:
        if isinstance(data, InputSerializer | BatchInput):
            # Another request may have created the record since `read_input` checked.
            data.check_conflicts(data.validated_data)
        if isinstance(error, serializers.ValidationError):
            raise
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from None
        if record := conflicting_record(error):
            raise conflict_problem(record, " ".join(explain(error))) from None
        # A ValidationError without fields comes from an operation that the record's state forbids.
        conflict = isinstance(error, ValidationError) or is_conflict(error)
        raise Problem(409 if conflict else 400, " ".join(explain(error))) from None
    except OperationalError as error:
        if is_unreachable(error) or is_disk_full(error):
            raise
        # A deadlock, or a wait that took too long: nothing was written.
        raise Busy from error
