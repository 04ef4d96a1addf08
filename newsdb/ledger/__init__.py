"""The ledger: one append-only row for each change of a public record, written by the database itself.

A model says what it is to the ledger (``record = Record(...)`` or ``Part(...)``); triggers made from
that are installed after every ``migrate``, so save, bulk, update, fixture, import, admin and plain SQL
all leave their mark. Within ``attributed(by=..., reason=...)`` the mark says who and why.
"""

from newsdb.ledger.context import attributed, loading
from newsdb.ledger.records import Documents, Part, Record, Siblings

__all__ = ["Documents", "Part", "Record", "Siblings", "attributed", "loading"]
