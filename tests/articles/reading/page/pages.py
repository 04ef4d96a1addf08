"""Pages that we wrote ourselves, for reading into their parts."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

SAMPLE = (Path(settings.BASE_DIR) / "fixtures" / "sample_page.txt").read_text(encoding="utf-8")

DECK = "The harbour master wanted a horn, the children wanted a bell, and the herons were not asked."
PARAGRAPHS = (
    "The bell of the old ferry went back to its post on Monday, after a vote of nine to two.",
    "“It rings as it rang for my grandmother,” Zoë Halvarsen-Pike said, and rang it, longer than anybody had"
    " asked her to.",
    "The herons flew off at once. They were back by the evening, and stood where they always stand.",
)
NOTE = (
    "Ada Example is a senior fellow at the Lindle Institute for Small Boats. She served as press officer of"
    " the Ferry Society from March 2012 to 2018."
)
#: Outlet, date, headline, deck, byline, body, note: everything that a page can print but lists.
WHOLE = "\n".join(
    (
        "The Lindle Observer",
        "March 11, 2025",
        "Ferry society picks a bell over a horn",
        DECK,
        "by Ada Example",
        *PARAGRAPHS,
        NOTE,
    )
)
