"""Serializer fields whose values are computed from columns."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework import serializers


class Computed(serializers.Field):
    """A value computed from columns of the same row.

    >>> day = Computed(serializers.CharField(), "date", compute=lambda date: f"{date:%A}")

    ``output`` is the field that describes the result; ``compute`` takes the columns' values, in
    order, and returns what orjson can write; without it the value is null. Columns are paths as
    ``values_list`` takes them.
    """

    #: Whether Python computes it, and not the database.
    in_python = True
    #: What the request must add (``newsdb.api.rows.reading``): ``compute`` takes it first. Null without it.
    needs: str | None = None

    def __init__(
        self, output: serializers.Field, *columns: str, compute: Callable[..., Any] | None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.output = output
        self.columns = columns
        self.compute = compute


class JSONColumn(Computed):
    """The JSON of a column, unchanged."""

    in_python = False

    def __init__(self, output: serializers.Field, column: str, **kwargs: Any) -> None:
        super().__init__(output, column, compute=lambda value: value, **kwargs)


class Url(Computed):
    """The record's own public address: that of the detail view ``view_name`` for the value of ``column``.

    Such a member is always called ``url``, and no other member is.
    """

    in_python = False

    def __init__(self, view_name: str, column: str, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "The record's own address.")
        super().__init__(serializers.URLField(), column, compute=str, **kwargs)
        self.view_name = view_name


class Siblings(Computed):
    """The other rows of the same model that have the same value in ``column``, as a list.

    ``output`` is a ``RowSerializer`` with ``many=True``. A row without the values in ``visible_if`` is shown
    only by rows that have the same values in these columns.
    """

    in_python = False

    def __init__(
        self, output: serializers.Field, column: str, *, visible_if: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(output, column, compute=list, **kwargs)
        self.visible_if = visible_if
