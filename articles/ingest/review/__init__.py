"""What persons decide upon proposals: each decision one transaction, under a lock, in the ledger by name."""

from articles.ingest.review.copies import confirm_copy, dismiss_copy
from articles.ingest.review.deciding import deciding
from articles.ingest.review.joint import deciding_jointly
from articles.ingest.review.roles import accept_role, reject_role
from articles.ingest.review.speakers import make_actor
from articles.ingest.review.statements import accept, accept_above, correct, reject
from articles.ingest.review.undoing import undo

__all__ = [
    "accept",
    "accept_above",
    "accept_role",
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
