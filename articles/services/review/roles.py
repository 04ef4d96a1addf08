"""Decisions on the roles proposed from authors' notes."""

from actors.models import Kind, Role
from articles.models import RoleProposal
from articles.services.actors import find_actor_called
from articles.services.review.decision import lock_undecided, record_decision
from newsdb.ledger import attributed


def accept_role(*, proposal: RoleProposal, by: str, reason: str = "") -> Role:
    """Give the actor the role, with the organisation if exactly one has this name.

    Raises ``ValidationError`` if it was already decided, or if the actor already has this role.
    """
    with attributed(by=by, reason=reason):
        row = lock_undecided(proposal)
        organisation = find_actor_called(row.organisation)
        known = organisation is not None and organisation.kind == Kind.ORGANISATION
        role = Role(
            actor=row.actor,
            title=row.title,
            organisation=organisation if known else None,
            started_on=row.started_on,
            started_precision=row.started_precision,
            ended_on=row.ended_on,
            ended_precision=row.ended_precision,
        )
        role.full_clean()
        role.save()
        record_decision(row, "accepted", by)
        proposal.refresh_from_db()
    return role


def reject_role(*, proposal: RoleProposal, by: str) -> None:
    """Reject a role; it is not proposed again. Raises ``ValidationError`` if it was already decided."""
    with attributed(by=by):
        record_decision(lock_undecided(proposal), "rejected", by)
        proposal.refresh_from_db()
