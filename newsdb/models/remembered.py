"""What takes long to find out of the whole dataset is found out once for each of its versions."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.db import connection

from newsdb.models.change import Change

Function = TypeVar("Function", bound=Callable[..., Any])


def remembered(most: int) -> Callable[[Function], Function]:
    """Decorates a function that depends upon nothing but its arguments and what the ledger tells of.

    Its ``most`` latest answers are kept in the process, and given as long as the dataset's version is the
    one for which they were made. They are nobody's to change. Nothing is kept in a transaction: what was
    written in it is in no version yet.
    """

    def decorate(function: Function) -> Function:
        of_version = lru_cache(maxsize=most)(lambda version, *args: function(*args))

        @wraps(function)
        def current(*args: Any) -> Any:
            if connection.in_atomic_block:
                return function(*args)
            # The version is read first: an answer may be newer than what it is kept for, but never older.
            return of_version(Change.objects.version(), *args)

        return cast(Function, current)

    return decorate
