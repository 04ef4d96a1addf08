"""Erases records permanently: the row, its words everywhere, and all traces in the ledger.

This is the one exception to the rule that public records are only retracted, for court orders and personal
data. ``find_target`` and ``plan_erasure`` find what would be erased and what else contains the words;
``erase`` erases it; ``finish_cleaning`` removes deleted rows from the database files; ``write_list`` and
``replay`` repeat erasures in a restored backup.
"""

from articles.services.erasure.contexts import contexts_around
from articles.services.erasure.execution import erase, finish_cleaning
from articles.services.erasure.planning import Holder, Plan, Target, find_target, plan_erasure
from articles.services.erasure.replaying import Replayed, listed, replay

__all__ = [
    "Holder",
    "Plan",
    "Replayed",
    "Target",
    "contexts_around",
    "erase",
    "find_target",
    "finish_cleaning",
    "listed",
    "plan_erasure",
    "replay",
]
