"""The ledger: one append-only row for each change of a public record, written by the database itself.

A model declares its role in the ledger with ``record = Record(...)`` or ``Part(...)``. Triggers generated
from these declarations are installed after every ``migrate``, so that save, bulk, update, fixture, import,
admin and plain SQL are all recorded. Within ``attributed(by=..., reason=...)`` the row also says who and why.
"""

from newsdb.ledger.context import attributed, loading
from newsdb.ledger.records import Documents, Part, Record, Siblings

__all__ = ["Documents", "Part", "Record", "Siblings", "attributed", "loading"]
