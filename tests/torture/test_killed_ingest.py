"""A run of ``ingest`` that is killed, and run again, ends with what an undisturbed one gives."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from articles.ingest.run import ingest
from articles.models import Article, Capture, Proposal, Statement, Syndication
from articles.reading.documents import read_documents
from newsdb.models import Change
from tests.articles.ingest.pages import CHANGED, PAGE
from tests.pristine import empty_database

#: Kills in one test, and pages in the file: enough that the last kill finds work to do.
KILLS, PAGES = 3, 24


def pages(path: Path) -> Path:
    """Articles of two outlets, every other of them captured twice, one in three a copy of the other's."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(PAGES):
            page = CHANGED if number % 4 == 1 else PAGE
            of = number // 4 if number % 2 else number
            outlet = "The Lindle Observer" if number % 3 else "The Shoreline Gazette"
            page = page.replace("The Lindle Observer", outlet).replace("The bell of", f"Bell {of} of")
            page = page.replace("We looked for it", f"We looked {of} times for it")
            file.write(json.dumps({"id": str(number), "text": page}) + "\n")
    return path


def held() -> Any:
    """All that was loaded, without ids and times, and how often each record was changed."""
    statements = Statement.objects.order_by("article__captures__sha256", "words_key", "anchors__start")
    return {
        "articles": sorted(
            (
                article.headline,
                article.outlet.name,
                *sorted(article.captures.values_list("sha256", flat=True)),
            )
            for article in Article.objects.all()
        ),
        "statements": list(
            statements.values_list(
                *(
                    "text",
                    "status",
                    "confidence",
                    "speaker__name",
                    "anchors__start",
                    "anchors__capture__sha256",
                ),
                *("proposal__name", "proposal__words", "article__bylines__author__slug"),
            )
        ),
        "copies": sorted(Syndication.objects.values_list("article__headline", "other__headline", "shared")),
        "proposals": Proposal.objects.count(),
        "changes": sorted(Change.objects.values_list("record_type", "action", "version")),
    }


def start(path: Path) -> subprocess.Popen[str]:
    """The command on the test's own database, telling of each page."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        base = os.environ["DATABASE_URL"].partition("?")
        url = f"{base[0].rpartition('/')[0]}/{settings['NAME']}{''.join(base[1:])}"
    return subprocess.Popen(
        [sys.executable, "-u", "manage.py", "ingest", str(path), "--verbosity", "2"],
        env={**os.environ, "DATABASE_URL": url, "ENV_FILE": os.devnull},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.torture(times=34)
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = pages(tmp_path / "pages.jsonl")
    list(ingest(read_documents(path)))
    expected, captures = held(), Capture.objects.count()
    empty_database()

    done = 0
    for _ in range(KILLS):
        run = start(path)
        assert run.stdout
        loaded = chance.randint(1, PAGES // (KILLS + 1))
        while loaded and (line := run.stdout.readline()):
            assert " created, " in line or " updated, " in line or " unchanged, " in line, line
            loaded -= "unchanged" not in line
        time.sleep(chance.random() * 0.05)  # somewhere within the next page
        run.send_signal(signal.SIGKILL)
        assert run.wait(60) == -signal.SIGKILL
        run.stdout.close()
        connection.close()
        assert done < (done := Capture.objects.count())
    assert done < captures
    said, _ = start(path).communicate(timeout=300)
    assert " 0 refused; " in said, said
    assert held() == expected
