"""Caches the results of slow functions of the whole dataset until the dataset changes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.db import connections

from newsdb.databases.routing import current_alias
from newsdb.models.change import Change
from newsdb.models.prepared import Prepared

Function = TypeVar("Function", bound=Callable[..., Any])
#: The dataset's version and its time, in one row; none of a dataset that never changed.
newest_change = Prepared(lambda: Change.objects.newest())


def cached_per_version(most: int) -> Callable[[Function], Function]:
    """Decorator that caches a function whose result depends only on its arguments and the ledger's records.

    The ``most`` latest results are cached in the process until the dataset's version changes. Callers must
    not modify them. Within a transaction nothing is cached, since its own writes have no version yet.
    """

    def decorate(function: Function) -> Function:
        of_version = lru_cache(maxsize=most)(lambda version, *args: function(*args))

        @wraps(function)
        def current(*args: Any) -> Any:
            if connections[current_alias.get()].in_atomic_block:
                return function(*args)
            # Read the version first: then a cached result may be newer than its version, but never older.
            return of_version(tuple(newest_change.rows()), *args)

        return cast(Function, current)

    return decorate
