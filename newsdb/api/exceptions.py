"""Exceptions of endpoints. Each becomes an RFC 9457 problem (``newsdb.api.response.problems``)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from rest_framework import exceptions

#: The most errors that are listed for a body.
MAX_ERRORS = 20


class Problem(exceptions.APIException):
    """An error response with this status and, optionally, additional members.

    >>> raise Problem(410, "The statement was retracted.", retracted_at=at, reason=reason)
    """

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status_code = status
        self.members = members


class Throttled(exceptions.Throttled):
    """A 429 that says when to try again."""

    default_detail = "The rate limit is reached."
    extra_detail_singular = "Try again in {wait} second."
    extra_detail_plural = "Try again in {wait} seconds."


class ParameterError(Problem):
    """A 400 that names the invalid parameter. ``ParameterError.join`` combines several.

    ``allowed`` lists the valid values (or names), ``candidates`` the records that an ambiguous or unknown
    name may mean, each as a mapping that can be serialised to JSON.
    """

    def __init__(
        self,
        parameter: str,
        code: str,
        detail: str,
        *,
        allowed: Iterable[Any] | None = None,
        candidates: Iterable[Mapping[str, Any]] | None = None,
    ) -> None:
        error: dict[str, Any] = {"parameter": parameter, "code": code, "detail": detail}
        if allowed is not None:
            error["allowed"] = list(allowed)
        if candidates is not None:
            error["candidates"] = list(candidates)
        super().__init__(400, detail, errors=[error])

    @property
    def errors(self) -> list[dict[str, Any]]:
        """One mapping for each invalid parameter."""
        return self.members["errors"]

    def adding(self, sentence: str) -> "ParameterError":
        """The same error with a sentence appended to each detail."""
        for error in self.errors:
            error["detail"] += f" {sentence}"
        return self.join([self])

    @classmethod
    def join(cls, problems: Sequence[Self]) -> "ParameterError":
        """One problem with the errors of all of ``problems``, in order. There must be at least one."""
        joined = cls.__new__(cls)
        errors = [error for problem in problems for error in problem.errors]
        Problem.__init__(joined, 400, " ".join(error["detail"] for error in errors), errors=errors)
        return joined


class Unavailable(Problem):
    """A 503, for temporary failures. ``wait`` is after how many seconds to retry."""

    wait = 1
    message = ""

    def __init__(self) -> None:
        super().__init__(503, self.message)


class TooSlow(Unavailable):
    """The database cancelled a query at its timeout."""

    wait = 5  # about as long as the query may have taken
    message = "The query took too long. Narrow it, or try again later."


class Unreachable(Unavailable):
    """The database does not respond. A write may already have been made."""

    wait = 2  # about as long as it takes to start
    message = "The database is unavailable. Try again."


class Busy(Unavailable):
    """A write had to wait too long for others."""

    message = "Other writes are in progress; nothing was changed. Try again."


class DiskFull(Unavailable):
    """The database's disk is full. Reads still work."""

    wait = 60
    message = "The disk of the database is full; nothing was changed. Its operator must free some space."


def pointer_to(pointer: str, step: object) -> str:
    """Extend ``pointer``, a JSON Pointer (RFC 6901), with ``step``, a member's name or an item's index."""
    return f"{pointer}/{str(step).replace('~', '~0').replace('/', '~1')}"


class Occupied(Unavailable):
    """A check had to wait too long for others."""

    message = "Other checks are in progress. Try again."
