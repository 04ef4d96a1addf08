"""Time conditions for which the best query plan depends on the time given."""

from typing import Any

from django.db.models import Func


class Moment(Func):
    """A time column in a condition: ``GreaterThan(Moment("updated_at"), moment)``.

    Its index helps to find the few rows after a recent time, but slows down finding the many rows after an
    early one. PostgreSQL can tell the two apart by the value; SQLite cannot, so it must not use the index.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The column after a unary plus, which keeps SQLite from using an index on it."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"+{sql}", params
