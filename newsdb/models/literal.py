"""A constant that stands in the SQL itself."""

from typing import Any

from django.db.models import Value


class Literal(Value):
    """Text that is written into the SQL, where Django's ``Value`` is bound each time it runs.

    A store uses an index ``WHERE status = 'published'`` only for a query in which it reads the same. It
    cannot, where it keeps one plan of a query for all values.
    """

    value: str

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Quoted as SQL's standard has it, and safe from the driver, to which % begins a placeholder."""
        return "'{}'".format(self.value.replace("'", "''").replace("%", "%%")), []
