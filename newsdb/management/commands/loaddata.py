from typing import Any

from django.core.management.commands import loaddata

from newsdb.ledger import loading


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        """As Django's, telling the database that these are the rows of a fixture."""
        with loading(self.using):
            super().loaddata(fixture_labels)
