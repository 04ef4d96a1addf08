"""Fill an empty database with a made-up dataset: ``python -m tests.bench.generate sqlite:////tmp/million.sqlite3``.

The same size and seed give the same rows on either store.
"""

import argparse
import os
import sys

import django
from django.core.management import call_command

from tests.bench.dataset.plan import Plan
from tests.bench.serving import PRODUCTION


def main() -> None:
    """Read the command line, make the tables, fill them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description=__doc__)
    parser.add_argument("database", help="as DATABASE_URL: sqlite:////path or postgres://user@host/name")
    parser.add_argument("--statements", type=int, default=1_000_000, help="how many (default: a million)")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other rows")
    parser.add_argument("--no-ledger", action="store_true", help="leave articles and statements out of it")
    chosen = parser.parse_args()
    plan = Plan(
        chosen.statements,
        seed=chosen.seed,
        ledger=not chosen.no_ledger,
    )
    generate(chosen.database, plan)


def generate(url: str, plan: Plan) -> None:
    """Make the tables in the empty database at ``url`` and fill them. Ends the program where it is not empty.

    Only for a process that does nothing else: it decides which database Django's settings name.
    """
    os.environ |= {"DATABASE_URL": url, "STATEMENT_TIMEOUT": "0", "DEBUG": "false", "ENV_FILE": os.devnull}
    os.environ |= {
        "SECRET_KEY": "for no server",
        "ALLOWED_HOSTS": "none",
        "PUBLIC_URL": PRODUCTION["PUBLIC_URL"],
    }
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    django.setup()
    from django.db import connection

    from articles.management.progress import progress_bars
    from newsdb.fixtures import is_empty
    from newsdb.ledger.documents import fill_documents
    from tests.bench.dataset.filling import fill

    call_command("migrate", verbosity=0)
    if not is_empty():
        sys.exit(f"{url} holds records already: name an empty database.")
    with progress_bars(verbosity=1) as watch:
        fill(plan, connection, watch)
    fill_documents(connection)
    # So that all of SQLite's is in its one file, which is going to be renamed.
    connection.close()


if __name__ == "__main__":
    main()
