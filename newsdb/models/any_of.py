"""A condition with thousands of values, which the database gets as one parameter."""

import json
from typing import Any

from django.db.models import BooleanField, Func


class AnyOf(Func):
    """Whether a column has one of ``values``: ``AnyOf("uid", values=uids)``.

    ``filter(uid__in=uids)`` makes a parameter of each value, which takes longer than to find the rows.
    """

    output_field = BooleanField()
    arity = 1

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        """``= ANY`` on PostgreSQL, the elements of a JSON list on SQLite."""
        (expression,) = self.get_source_expressions()
        column, params = compiler.compile(expression)
        prepare = expression.target.get_db_prep_value
        values = [prepare(value, connection) for value in self.extra["values"]]
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", [*params, values]
        elements = "SELECT value FROM json_each(%s)"
        return f"{column} IN ({elements})", [*params, json.dumps(values)]
