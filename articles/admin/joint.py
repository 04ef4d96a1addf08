"""Joint statements, of which a retraction may withdraw one row or all."""

from django import forms

from articles.models import Statement
from articles.services.retraction import Joint, retract_statement
from newsdb.admin import ReasonForm


class JointReasonForm(ReasonForm):
    """Asks, too, how much of a joint statement is withdrawn."""

    joint = forms.ChoiceField(
        choices=[("", "Choose…"), (Joint.THIS, "What is chosen here, alone"), (Joint.ALL, "All who said it")],
        label="Said together with others",
        help_text="A joint statement has one row a speaker: withdraw this speaker’s, or all of them.",
    )


def retract_chosen(*, statement: Statement, reason: str, by: str, joint: str = Joint.THIS) -> None:
    """Withdraw it. Where nobody was asked how much of it, all of its public rows were chosen."""
    retract_statement(statement=statement, reason=reason, by=by, joint=joint)
