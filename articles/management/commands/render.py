from typing import Any

from articles.api.renderings import render
from articles.management.progress import watching
from articles.models import Statement
from newsdb.management.migrated import MigratedCommand


class Command(MigratedCommand):
    help = (
        "Write out statements as lists have them, those that changed since the last time: pages are put"
        " together faster from what is written out. What changes later is seen at once all the same. Run it"
        " after a load, after an upgrade, and every night."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        rendered = 0
        with watching(verbosity) as watch:
            total = Statement.objects.public().count()
            for _ in watch((pk for batch in render() for pk in batch), "statements", total):
                rendered += 1
        if verbosity:
            self.stdout.write(f"The {rendered} public statements are written out for lists.")
