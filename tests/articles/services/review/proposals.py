"""A proposal of a page that was loaded, and what is kept of it."""

from typing import Any

from articles.models import Anchor, Proposal, Statement

SOUP = "I rang it once and the whole village came for soup"


def facts(proposal: Proposal) -> dict[str, Any]:
    """The statement and the proposal as they are, times aside, and the anchors."""
    proposal.refresh_from_db()
    row: dict[str, Any] = dict(Statement.objects.filter(pk=proposal.statement_id).values().get())
    del row["updated_at"]
    kept = Proposal.objects.filter(pk=proposal.pk).values().get()
    return {
        **row,
        **kept,
        "anchors": list(Anchor.objects.order_by("pk").values_list("exact", "start", "capture")),
    }


def misread(proposal: Proposal, **facts: Any) -> None:
    """Have all that the text may say of a speaker read of somebody else."""
    misread = {
        "cue": "added",
        "audience": "the council",
        "said_on": "2025-03-01",
        "said_precision": "month",
        "said_on_source_url": "https://lindle.example/",
    }
    Statement.objects.filter(pk=proposal.statement_id).update(**misread | facts)
