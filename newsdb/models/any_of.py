"""A condition with any number of values, which the database gets as one parameter."""

from typing import Any

from django.db.models import BooleanField, Func

from newsdb.models.prepared import Placeholder


class AnyOf(Func):
    """Whether a column has one of ``values``: ``AnyOf("uid", values=uids)``.

    ``filter(uid__in=uids)`` makes a parameter of each value: with thousands, that takes longer than finding
    the rows, and each number of values is a different query to compile. In a ``Prepared`` query ``values`` is
    a ``Placeholder``, and what is given is a list of values in the database's form.
    """

    output_field = BooleanField()
    arity = 1

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        """``= ANY`` on PostgreSQL, the elements of a JSON list on SQLite."""
        (expression,) = self.get_source_expressions()
        column, params = compiler.compile(expression)
        values = self.extra["values"]
        if not isinstance(values, Placeholder):
            prepare = expression.target.get_db_prep_value
            values = [prepare(value, connection) for value in values]
        array = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {array}", [*params, values]
