"""A write to a proposed statement is a decision upon it, and noted as such."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from articles.models import Proposal, Statement
from articles.services.corrections import complete_correction, correcting
from articles.services.review import deciding, deciding_jointly, undo
from newsdb.ledger.context import context


@contextmanager
def noting_decision(statement: Statement, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Context manager: yields the values to set on the statement, in the name that ``attributed`` has.

    These are ``values`` and the fields that a new speaker resets. The decision is recorded. A rejected
    proposal may be proposed again; an accepted one is an ordinary statement, and correcting it ends the
    extractor's attribution. Raises ``ValidationError``.
    """
    proposal = Proposal.objects.filter(statement=statement).select_related("statement").first()
    by, reason = context("actor"), context("reason")
    if proposal and proposal.decision == "rejected" and values.get("status", "rejected") != "rejected":
        undo(proposal=proposal, by=by, **({"reason": reason} if reason else {}))
    name, stated = proposal.name if proposal else "", "attributed_by" in values
    changing: AbstractContextManager[Any] = correcting(
        statement=statement, name=name, keep_attribution=stated
    )
    if proposal and (not proposal.decision or proposal.accepted_unread):
        changing = deciding(proposal=proposal, by=by, reason=reason, keep_attribution=stated)
    with deciding_jointly(statement=statement, by=by, reason=reason), changing:
        yield complete_correction(statement=statement, changes=values, name=name)
