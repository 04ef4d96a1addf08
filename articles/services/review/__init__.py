"""Decisions on proposals. Each runs in one transaction, takes a lock, and is attributed in the ledger."""

from articles.services.review.changes import change_statement
from articles.services.review.copies import confirm_copy, dismiss_copy
from articles.services.review.decision import proposal_decision
from articles.services.review.joining import join_proposals
from articles.services.review.joint import joint_decision
from articles.services.review.missed import propose_missed
from articles.services.review.names import create_speakers, find_sure_names
from articles.services.review.proposals import (
    accept_proposal,
    accept_proposals_above,
    correct_proposal,
    reject_proposal,
)
from articles.services.review.roles import accept_role, reject_role
from articles.services.review.speakers import find_or_create_speaker
from articles.services.review.undoing import undo_decision

__all__ = [
    "accept_proposal",
    "accept_proposals_above",
    "accept_role",
    "change_statement",
    "confirm_copy",
    "correct_proposal",
    "create_speakers",
    "dismiss_copy",
    "find_or_create_speaker",
    "find_sure_names",
    "join_proposals",
    "joint_decision",
    "proposal_decision",
    "propose_missed",
    "reject_proposal",
    "reject_role",
    "undo_decision",
]
