"""Joint statements: a retraction takes one row or all of them."""

from django import forms

from articles.models import Statement
from articles.services.retraction import Joint, retract_statement
from newsdb.admin import ReasonForm


class JointReasonForm(ReasonForm):
    """Also asks whether one row of a joint statement is retracted, or all."""

    joint = forms.ChoiceField(
        choices=[
            ("", "Choose…"),
            (Joint.THIS, "Only what is selected here"),
            (Joint.ALL, "The rows of all its speakers"),
        ],
        label="Said together with others",
        help_text="A joint statement has one row per speaker: retract this speaker’s row, or all of them.",
    )


def retract_joint(*, statement: Statement, reason: str, by: str, joint: str = Joint.THIS) -> None:
    """Retract it. If the form did not ask how much of it, all of its public rows were selected."""
    retract_statement(statement=statement, reason=reason, by=by, joint=joint)
