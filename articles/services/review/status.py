"""Decisions that change a statement's status, whether an extractor or a person proposed it."""

from contextlib import AbstractContextManager, nullcontext

from django.core.exceptions import ValidationError

from articles.models import Proposal, Statement
from articles.services.review.decision import proposal_decision, save_decided
from articles.services.review.joint import joint_decision
from articles.services.review.undoing import undo_decision
from newsdb.ledger import attributed


def publish_statement(*, statement: Statement, by: str, reason: str = "") -> None:
    """Publish a proposed or rejected statement; it counts as reviewed."""
    _decide(statement, "published", by, reason)


def reject_statement(*, statement: Statement, by: str, reason: str = "") -> None:
    """Reject a proposed statement."""
    _decide(statement, "rejected", by, reason)


def propose_statement(*, statement: Statement, by: str, reason: str = "") -> None:
    """Return a rejected statement to review."""
    _decide(statement, "proposed", by, reason)


def _decide(statement: Statement, status: str, by: str, reason: str) -> None:
    """Set the status. Raises ``ValidationError`` if the statement is or was public: retract or restore it."""
    with attributed(by=by, reason=reason):
        statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        if statement.status not in ("proposed", "rejected"):
            raise ValidationError(
                f"Somebody else decided first: it is {statement.status}. Nothing was changed."
            )
        proposal = Proposal.objects.filter(statement=statement).first()
        if proposal and proposal.decision == "rejected" and statement.status == "rejected":
            undo_decision(proposal=proposal, by=by, reason=reason)
        changing: AbstractContextManager[Statement] = nullcontext(statement)
        if proposal and not proposal.decision:
            changing = proposal_decision(proposal=proposal, by=by, reason=reason)
        with joint_decision(statement=statement, by=by, reason=reason), changing as row:
            row.status = status
            row.reviewed = row.reviewed or status == "published"
            save_decided(row)
