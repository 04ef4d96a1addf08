"""Expressions without what Django adds: parameters for constants, conversions of values."""

from typing import Any

from django.db.models import ExpressionWrapper, F, Func, TextField, Value


class Literal(Value):
    """A text constant that is written into the SQL, where Django's ``Value`` is a bound parameter.

    The database uses a partial index ``WHERE status = 'published'`` only for a query with that same
    condition. With a bound parameter, a plan that serves all values cannot use it.
    """

    value: str

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The quoted constant. ``%`` is doubled, since it begins a placeholder for the driver."""
        return "'{}'".format(self.value.replace("'", "''").replace("%", "%%")), []


class FirstCharacters(Func):
    """The first ``length`` characters of a text, written so that an index on ``Left`` is used.

    Django's ``Left`` binds the length, and SQLite then does not recognise it as the index's expression.
    """

    arity = 1
    output_field = TextField()

    def __init__(self, expression: Any, *, length: int) -> None:
        super().__init__(expression, length=int(length))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="LEFT(%(expressions)s, %(length)s)")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, %(length)s)")


class Unconverted(ExpressionWrapper):
    """A column's values as the driver returns them: on SQLite, a date or a UUID is a text.

    For reading many rows, since Django converts each value by itself.
    """

    def __init__(self, name: str) -> None:
        super().__init__(F(name), output_field=TextField())
