"""``make bench``: how fast newsdb is, beside what it could be."""

import os
import sys
from argparse import ArgumentParser

from tests.bench.options import OptionError, read_options
from tests.bench.serving import PRODUCTION


def main() -> int:
    """Measure what was chosen, print tables, keep them as JSON. Returns the status to exit with."""
    told = "It is told by variables of the environment, which `make help` lists."
    ArgumentParser(prog="make bench", description=__doc__, epilog=told).parse_args()
    try:
        options = read_options()
    except OptionError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # This process signs cursors as the servers do; it asks no database through Django.
    os.environ |= {
        **PRODUCTION,
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "newsdb.settings",
    }
    import django

    django.setup()
    from tests.bench.run import UnavailableError, run

    try:
        return run(options)
    except UnavailableError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
