"""Serializer fields whose values are computed from columns."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework import serializers


class Computed(serializers.Field):
    """A value computed from columns of the same row.

    >>> day = Computed(serializers.CharField(), "date", compute=lambda date: f"{date:%A}")

    ``output`` is the field that describes the result. ``compute`` takes the columns' values, in order, and
    returns a value that orjson can serialise; without ``compute`` the value is null. Columns are paths as for
    ``values_list``.
    """

    #: Whether it is computed in Python, not in the database.
    in_python = True
    #: The name of a value in the request's context (``newsdb.api.rows.reading``) that ``compute`` takes as
    #: its first argument. Without that value, the field is null.
    needs: str | None = None

    def __init__(
        self, output: serializers.Field, *columns: str, compute: Callable[..., Any] | None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.output = output
        self.columns = columns
        self.compute = compute


class JSONColumn(Computed):
    """A JSON column, unchanged."""

    in_python = False

    def __init__(self, output: serializers.Field, column: str, **kwargs: Any) -> None:
        super().__init__(output, column, compute=lambda value: value, **kwargs)


class Url(Computed):
    """The record's public URL: that of the detail view ``view_name`` for the value of ``column``.

    Such a member is always named ``url``, and no other member may have that name.
    """

    in_python = False

    def __init__(self, view_name: str, column: str, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "The record's own address.")
        super().__init__(serializers.URLField(), column, compute=str, **kwargs)
        self.view_name = view_name


class Siblings(Computed):
    """The other rows of the same model that have the same value in ``column``, as a list.

    ``output`` is a ``RowSerializer`` with ``many=True``. A row is listed if it has the values in
    ``visible_if``, or the same values in these columns as the row that lists it.
    """

    in_python = False

    def __init__(
        self, output: serializers.Field, column: str, *, visible_if: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(output, column, compute=list, **kwargs)
        self.visible_if = visible_if
