"""Functions of the whole dataset that take long, cached for one version of it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.db import connection

from newsdb.models.change import Change

Function = TypeVar("Function", bound=Callable[..., Any])


def cached_per_version(most: int) -> Callable[[Function], Function]:
    """Decorates a function that depends only on its arguments and on what the ledger records.

    Its ``most`` latest results are cached in the process for as long as the dataset's version stays the same.
    They must not be modified. Nothing is cached in a transaction: what it writes is in no version yet.
    """

    def decorate(function: Function) -> Function:
        of_version = lru_cache(maxsize=most)(lambda version, *args: function(*args))

        @wraps(function)
        def current(*args: Any) -> Any:
            if connection.in_atomic_block:
                return function(*args)
            # The version is read first: a result may be newer than what it is cached for, but never older.
            return of_version(Change.objects.version(), *args)

        return cast(Function, current)

    return decorate
