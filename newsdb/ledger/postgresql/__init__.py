"""The ledger's triggers for PostgreSQL.

Statement-level triggers record which records were touched. A deferred trigger numbers these changes at
commit, under an advisory lock that is held until the commit is visible: a reader who has seen a sequence
number has seen all lower ones. (A plain sequence is allotted before commit, so readers would miss late
commits.)
"""

from newsdb.ledger.postgresql.templates import LOCK
from newsdb.ledger.postgresql.triggers import triggers

__all__ = ["LOCK", "triggers"]
