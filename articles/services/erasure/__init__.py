"""Erasing records for good: the row, its words wherever they stand, and every trace of it in the ledger.

The one exception to what retraction promises, for a court's order or for personal data. ``find_target`` and
``plan_erasure`` say what would go and what else holds the words; ``erase`` does it; ``finish_cleaning`` rids
the store's files of what was deleted; ``write_list`` and ``replay`` carry erasures over to a restored backup.
"""

from articles.services.erasure.carrying_out import erase, finish_cleaning
from articles.services.erasure.contexts import contexts_around
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
