"""Constants that stand in the SQL itself."""

from typing import Any

from django.db.models import Func, TextField, Value


class Literal(Value):
    """Text that is written into the SQL, where Django's ``Value`` is bound each time it runs.

    A store uses an index ``WHERE status = 'published'`` only for a query in which it reads the same. It
    cannot, where it keeps one plan of a query for all values.
    """

    value: str

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Quoted as SQL's standard has it, and safe from the driver, to which % begins a placeholder."""
        return "'{}'".format(self.value.replace("'", "''").replace("%", "%%")), []


class FirstCharacters(Func):
    """The first ``length`` characters of a text, as in an index on ``Left``.

    Django's ``Left`` binds the length, and SQLite then takes it for another expression than the index has.
    """

    arity = 1
    output_field = TextField()

    def __init__(self, expression: Any, *, length: int) -> None:
        super().__init__(expression, length=int(length))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="LEFT(%(expressions)s, %(length)s)")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, %(length)s)")
