"""Moments in conditions, where the plan is to depend upon which moment it is."""

from typing import Any

from django.db.models import Func


class Moment(Func):
    """A column of moments in a condition: ``GreaterThan(Moment("updated_at"), moment)``.

    Its index is the way to the few rows after a late moment, and a detour to the many after an early one.
    PostgreSQL tells them apart, if it plans for the value. SQLite does not, and looks into no index.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The column behind a plus, by which SQLite is told to use no index of it."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"+{sql}", params
