"""What persons decide upon proposals: each decision one transaction, under a lock, in the ledger by name."""

from articles.services.review.changes import change_statement
from articles.services.review.copies import confirm_copy, dismiss_copy
from articles.services.review.decision import deciding
from articles.services.review.joint import deciding_jointly
from articles.services.review.proposals import accept, accept_above, correct, reject
from articles.services.review.roles import accept_role, reject_role
from articles.services.review.speakers import make_actor
from articles.services.review.undoing import undo

__all__ = [
    "accept",
    "accept_above",
    "accept_role",
    "change_statement",
    "confirm_copy",
    "correct",
    "deciding",
    "deciding_jointly",
    "dismiss_copy",
    "make_actor",
    "reject",
    "reject_role",
    "undo",
]
