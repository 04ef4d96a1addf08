"""Request bodies with several new records. Either all of them are created or none."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from newsdb.api.exceptions import Problem
from newsdb.api.request.strict_serializers import StrictSerializer
from newsdb.ledger import attributed

MAX_RECORDS = 100


class BatchInput(StrictSerializer):
    """Several new records.

    ``Meta.rows`` names the member with the list of them, an ``InputSerializer`` with ``many=True``.
    """

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The records. Raises ``ValidationError`` if two of them have the same ``uid``."""
        first: dict[Any, int] = {}
        for index, values in enumerate(attrs[self._rows]):
            uid = values.get("uid")
            if uid is not None and first.setdefault(uid, index) != index:
                detail = ErrorDetail(f"It is also the uid of record {first[uid]}.", code="taken")
                raise ValidationError(self._errors_of(index, {"uid": [detail]}))
        return attrs

    def check_conflicts(self, values: Mapping[str, Any]) -> None:
        """Raise a ``Problem`` (409), with the URL of the existing record, if an identity is taken."""
        for index, each in enumerate(values[self._rows]):
            with self._at(index):
                self._row.check_conflicts(each)

    def create(self, validated_data: dict[str, Any]) -> list[Any]:
        """Save the new records and return them."""
        created = []
        for index, values in enumerate(validated_data[self._rows]):
            by, reason = validated_data["by"], values.get("reason", "")
            with self._at(index), attributed(by=by, reason=reason):
                record = self._row.create({**values, "by": by})
            created += record if isinstance(record, list) else [record]
        return created

    @property
    def _rows(self) -> str:
        name: str = self.Meta.rows  # type: ignore[attr-defined]
        return name

    @property
    def _row(self) -> Any:
        listed: Any = self.fields[self._rows]
        return listed.child

    def _errors_of(self, index: int, detail: Any) -> Any:
        return {self._rows: {index: detail}}

    @contextmanager
    def _at(self, index: int) -> Iterator[None]:
        """Context manager: makes errors point to the record at this index."""
        try:
            yield
        except ValidationError as error:
            raise ValidationError(self._errors_of(index, error.detail)) from None
        except Problem as problem:
            for each in problem.members.get("errors", ()):
                each["pointer"] = f"/{self._rows}/{index}{each['pointer']}"
            raise
