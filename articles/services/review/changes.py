"""Changes a statement; if it is still proposed, the change also decides its proposal."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from articles.models import Proposal, Statement
from articles.services.anchoring import AnchoredWords, Words
from articles.services.corrections import complete_correction, correction
from articles.services.review.decision import proposal_decision
from articles.services.review.joint import joint_decision
from articles.services.review.undoing import UNDONE, undo_decision
from articles.services.statements import reword_statement
from newsdb.ledger import attributed


def change_statement(
    *,
    statement: Statement,
    changes: Mapping[str, Any],
    wording: Words | AnchoredWords | None = None,
    by: str,
    reason: str = "",
) -> None:
    """Change fields of a statement, and its words if ``wording`` differs or has their starts.

    A new speaker resets other fields, see ``complete_correction``. If the statement has an undecided
    proposal, the decision is recorded. A rejected proposal may be proposed again; an accepted one is an
    ordinary statement, and correcting it ends the extractor's attribution. Raises ``AnchorError`` as
    ``find_places`` does, and ``ValidationError``.
    """
    with attributed(by=by, reason=reason):
        proposal = Proposal.objects.filter(statement=statement).select_related("statement").first()
        if proposal and proposal.decision == "rejected" and changes.get("status", "rejected") != "rejected":
            undo_decision(proposal=proposal, by=by, reason=reason or UNDONE)
        name, stated = proposal.name if proposal else "", "attributed_by" in changes
        changing: AbstractContextManager[Any] = correction(
            statement=statement, name=name, keep_attribution=stated
        )
        if proposal and (not proposal.decision or proposal.accepted_unread):
            changing = proposal_decision(proposal=proposal, by=by, reason=reason, keep_attribution=stated)
        with joint_decision(statement=statement, by=by, reason=reason), changing:
            completed = complete_correction(statement=statement, changes=changes, name=name)
            for field, value in completed.items():
                setattr(statement, field, value)
            if wording and _differs(statement, wording):
                reword_statement(statement=statement, wording=wording)
            else:
                statement.full_clean()
                statement.save()


def _differs(statement: Statement, wording: Words | AnchoredWords) -> bool:
    return isinstance(wording, AnchoredWords) or bool(wording.known) or wording.text != statement.text
