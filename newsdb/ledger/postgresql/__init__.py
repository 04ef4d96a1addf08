"""The ledger's triggers for PostgreSQL.

Statement triggers note which records were touched; a deferred trigger numbers them at commit, under an
advisory lock that is held until the commit is visible: whoever has read up to a sequence number has seen
every lower one. (A plain sequence is drawn before commit, and a reader would pass over the late ones.)
"""

from newsdb.ledger.postgresql.templates import LOCK
from newsdb.ledger.postgresql.triggers import triggers

__all__ = ["LOCK", "triggers"]
