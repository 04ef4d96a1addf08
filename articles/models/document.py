"""The JSON of each statement, stored when it is written."""

from django.db import models

from articles.models.statement import Statement


class Document(models.Model):
    """A statement in JSON, as in the API's lists.

    It is not part of the dataset. The database updates it with every change in the ledger that affects it,
    including a change of the speaker's name. If it is missing or has an old shape, as after a release that
    adds a field, it is rendered on request; `migrate` rebuilds such documents.
    """

    #: Not in fixtures.
    derived = True

    statement = models.OneToOneField(
        Statement,
        primary_key=True,
        # A trigger deletes the document.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="document",
    )
    shape = models.IntegerField(help_text="A checksum of the SQL that wrote it.")
    text = models.TextField(help_text="JSON.")

    def __str__(self) -> str:
        return f"Document of statement {self.statement_id}"
