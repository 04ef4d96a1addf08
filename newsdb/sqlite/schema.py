"""Preserves newsdb's triggers when SQLite rebuilds a table to alter it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import schema


@contextmanager
def triggers_suspended(connection: Any) -> Iterator[None]:
    """Context manager: drops newsdb's triggers, and creates them again at the end.

    Django rebuilds a table by dropping it, which also drops its triggers, and SQLite refuses to rename the
    new table while another table's trigger refers to it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'newsdb_%'"
        )
        triggers = cursor.fetchall()
        for name, _, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor, include_views=True)
        for _, table, sql in triggers:
            if table in tables:
                cursor.execute(sql)


def _without_triggers(method: str) -> Callable[..., Any]:
    original = getattr(schema.DatabaseSchemaEditor, method)

    def changed(self: Any, *args: Any, **kwargs: Any) -> Any:
        with triggers_suspended(self.connection):
            return original(self, *args, **kwargs)

    changed.__name__ = method
    return changed


class SchemaEditor(schema.DatabaseSchemaEditor):
    _remake_table = _without_triggers("_remake_table")
    alter_db_table = _without_triggers("alter_db_table")
    alter_field = _without_triggers("alter_field")
    remove_field = _without_triggers("remove_field")
    delete_model = _without_triggers("delete_model")
