"""What the API says of a statement, kept as it is written."""

from django.db import models

from articles.models.statement import Statement


class Document(models.Model):
    """A statement in JSON, as the API's lists have it.

    It is no part of the dataset. The database writes it with each change that the ledger notes, be it of the
    speaker's name. One that is missing or has another shape, as after a release that adds a member, is made
    when it is asked for; `migrate` makes those anew.
    """

    #: It is in no fixture.
    derived = True

    statement = models.OneToOneField(
        Statement,
        primary_key=True,
        # The database sees to that.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="document",
    )
    shape = models.IntegerField(help_text="A checksum of the SQL that wrote it.")
    text = models.TextField(help_text="JSON.")

    def __str__(self) -> str:
        return f"Document of statement {self.statement_id}"
