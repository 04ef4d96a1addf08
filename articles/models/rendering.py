"""What a list says of a statement, written out before it is asked for."""

from django.db import models

from articles.models.statement import Statement


class Rendering(models.Model):
    """A statement as lists have it, in JSON.

    It is no part of the dataset: it may be missing, and is made by ``manage.py render``. The ledger moves a
    statement's ``updated_at`` with every change of what it shows, be it of its speaker's name; a rendering is
    of one such moment, so that one that is out of date is seen to be.
    """

    statement = models.OneToOneField(
        Statement,
        primary_key=True,
        # Nobody should wait for, or be asked about, what is no part of the dataset.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="rendering",
    )
    updated_at = models.DateTimeField(help_text="When the statement, as it is here, last changed.")
    shape = models.CharField(max_length=16, help_text="Its members, and where newsdb was served.")
    text = models.TextField(help_text="JSON.")

    def __str__(self) -> str:
        return f"Rendering of statement {self.statement_id}"
