"""Reading and loading pages: by one process, by two, and by two workers of a Dask scheduler on loopback.

``python -m tests.bench.ingest FILE OPTION…`` loads FILE on DATABASE_URL with these options of ``ingest``, and
says in JSON how long it took in seconds and how much memory the loading process needed in bytes.
"""

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.bench.processes import measured_by
from tests.bench.serving import PRODUCTION
from tests.dask import running_dask

RATE = "pages a second"
ONE, TWO, DASK, FEW = "one process", "two processes", "Dask, two workers", "one process, a fifth of the pages"
#: Pages, each of some 4,400 characters of text, in as much else as news sites put around it.
PAGES = 1000
LINKS, SCRIPT = 400, 150_000
PARAGRAPHS = (
    "The {place} council met again on {day} to hear what is to become of the {thing}.",
    "“We will mend the {thing} before the winter comes, whatever it costs us,” said {name}, the {title}.",
    "“Nobody will have to wait for it,” {surname} added. “That has been promised four times already.”",
    "Few of those who live by the harbour of {place} believed it, and some left before the end.",
    "{name}, who keeps the {thing}, told the council that “there is no money for any of this”.",
    "According to a report that was handed round, the {thing} was last painted when the bridge was built.",
)
PLACES = ("Marlow Sound", "Easthaven", "Pier Hill", "Saltby", "Old Ferry", "Lindwick")
THINGS = ("quay", "lighthouse", "ferry", "harbour wall", "lifeboat", "fish market")
TITLES = ("harbour master", "mayor of the town", "ferry’s captain", "council’s engineer")
FIRST = ("Ada", "Bo", "Cora", "Dag", "Elin", "Finn", "Greta", "Hal")
LAST = ("Marlow", "Lindqvist", "Penhallow", "Thornbury", "Okafor", "Sandoval", "Brannick", "Holm")


def write_pages(file: Path, number: int, seed: int = 1) -> None:
    """Write so many pages in HTML as JSON Lines, of invented people and places."""
    draw = random.Random(seed)
    with file.open("w", encoding="utf-8") as lines:
        for place in range(number):
            lines.write(json.dumps(_page(draw, place)) + "\n")


def _page(draw: random.Random, number: int) -> dict[str, str]:
    day = date(2024, 1, 1) + timedelta(days=number % 600)
    people = [f"{draw.choice(FIRST)} {draw.choice(LAST)}" for _ in range(3)]
    told = {"place": draw.choice(PLACES), "thing": draw.choice(THINGS), "day": f"{day:%A}"}
    body = []
    for paragraph in PARAGRAPHS * 7:
        name = draw.choice(people)
        facts = {**told, "name": name, "surname": name.split()[1], "title": draw.choice(TITLES)}
        body.append(f"<p>{paragraph.format(**facts)}</p>")
    links = "".join(f"<li><a href=/{part}>{told['place']} {part}</a></li>" for part in range(LINKS))
    script = f"<script>var page = '{number:0>{SCRIPT}}'</script>"
    headline = f"What becomes of the {told['thing']} of {told['place']}, part {number}"
    return {
        "id": str(number),
        "source_url": f"https://strait.example/{day:%Y/%m/%d}/{number}",
        "captured_at": f"{day + timedelta(days=1)}T06:00:00Z",
        "html": f"<html lang=en><head><title>{headline} - The Strait</title>"
        f'<meta property="og:site_name" content="The Strait">{script}</head>'
        f"<body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{headline}</h1><p>By Ines Calder</p><time datetime={day}>{day:%B %d, %Y}</time>"
        f"{''.join(body)}</article></body></html>",
    }


def measure(empty: Callable[[], str], directory: Path, pages: int = PAGES) -> dict[str, dict[str, float]]:
    """Seconds and bytes, by who reads; ``empty`` gives the address of a new database each time.

    Raises RuntimeError where a page is not loaded.
    """
    file, fifth = directory / "pages.jsonl", directory / "fifth.jsonl"
    write_pages(file, pages)
    write_pages(fifth, pages // 5)
    try:
        found = {
            FEW: _load(empty(), fifth, pages // 5),
            ONE: _load(empty(), file, pages),
            TWO: _load(empty(), file, pages, "--jobs", "2"),
        }
        with running_dask(directory / "scheduler.json", **PRODUCTION) as dask:
            found[DASK] = _load(empty(), file, pages, "--scheduler", dask.address)
    finally:
        for each in (file, fifth):
            each.unlink()
    return found


def _load(url: str, file: Path, pages: int, *options: str) -> dict[str, float]:
    took: dict[str, float] = measured_by("ingest", str(file), *options, url=url)
    return {**took, "pages": pages, RATE: pages / took["seconds"]}


def main(file: str, *options: str) -> None:
    """Load a file into a database that has no tables yet."""
    import django

    django.setup()
    from django.core.management import call_command

    from articles.models import Capture

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    call_command("ingest", file, *options, verbosity=0)
    seconds = time.perf_counter() - began
    # Kibibytes on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    assert Capture.objects.exists()
    sys.stdout.write(json.dumps({"seconds": seconds, "memory": memory}))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    main(*sys.argv[1:])
