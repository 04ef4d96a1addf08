"""Accepting proposals, one decision after the other, as a curator's are.

``python -m tests.bench.decisions DIR`` reads pages into DATABASE_URL, accepts a hundred of their proposals,
and says in JSON how long that took in seconds.
"""

import json
import os
import sys
import time
from pathlib import Path

from tests.bench.ingest import write_pages

#: Proposals that are accepted, and pages that have more of them than that.
DECISIONS, PAGES = 100, 40


def main(directory: str) -> None:
    """Measure on a database that has no tables yet."""
    import django

    django.setup()
    from django.core.management import call_command

    from articles.models import Proposal
    from articles.services.review.proposals import accept_proposal

    call_command("migrate", verbosity=0)
    file = Path(directory) / "pages.jsonl"
    write_pages(file, PAGES)
    call_command("ingest", str(file), verbosity=0)
    file.unlink()
    proposals = list(Proposal.objects.filter(decision="").select_related("statement")[: DECISIONS + 1])
    assert len(proposals) > DECISIONS
    accept_proposal(proposal=proposals.pop(), by="a curator", unnamed=True)  # what is cached is cached
    began = time.perf_counter()
    for proposal in proposals:
        accept_proposal(proposal=proposal, by="a curator", unnamed=True)
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    main(*sys.argv[1:])
