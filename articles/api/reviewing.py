"""A write to a proposed statement is a decision upon it, and noted as such."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from articles.ingest.review import deciding, undo
from articles.models import Proposal, Statement
from newsdb.ledger.context import context


@contextmanager
def noting_decision(statement: Statement, values: dict[str, Any]) -> Iterator[None]:
    """Within, the statement is given ``values``, in the name that ``attributed`` has; the decision is kept.

    What was rejected may be taken up again. What was accepted is a statement like any other.
    """
    proposal = Proposal.objects.filter(statement=statement).first()
    by, reason = context("actor"), context("reason")
    if proposal and proposal.decision == "rejected" and values.get("status", "rejected") != "rejected":
        undo(proposal=proposal, by=by, **({"reason": reason} if reason else {}))
    if proposal is None or proposal.decision:
        yield
        return
    with deciding(proposal=proposal, by=by, reason=reason):
        yield
