"""Pages to load, as a newsroom of ours might print them."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings

from articles.ingest.load import Outcome, load
from articles.ingest.material import Received

SAMPLE: Path = settings.BASE_DIR / "fixtures" / "sample_page.txt"

HEAD = "The Lindle Observer\nMarch 14, 2025\nThe bell of Lindle Water is back\nby Pernilla Quillfeather\n"
BODY = (
    "The old bell hangs at the landing again, after a year in which nobody could say where it had gone.\n"
    "“We looked for it in every shed of the county,” said Odo Brannick, who farms on the eastern shore.\n"
    "Mirela Tansy-Okoro, who owns the noodle bar, found it in her cellar under eleven sacks of flour.\n"
    "“I rang it once and the whole village came for soup,” Tansy-Okoro said.\n"
    "The parish council will decide in April who may ring it, and how early in the morning that may be.\n"
)
PAGE = HEAD + BODY
#: What is said in it.
SOUP = "I rang it once and the whole village came for soup"
SHED = "We looked for it in every shed of the county"
#: Where it is published.
ADDRESS = "https://observer.lindle.example/bell"
#: The same article a day later, with a paragraph before and one after.
CHANGED = (
    HEAD
    + "Updated with what the council says about it, which is not much so far, as one might expect.\n"
    + BODY
    + "“It will be rung at noon, and at no other time,” Pernilla Halvarsen, the clerk, said on Friday.\n"
)


def received(text: str, **facts: Any) -> Received:
    """A page of plain text."""
    return Received(hashlib.sha256(text.encode()).hexdigest(), text, **facts)


def load_text(text: str, *, publish: float | None = None, by: str = "ines", **facts: Any) -> Outcome:
    """What becomes of a page of plain text."""
    return load(received(text, **facts), publish=publish, by=by)


def sample() -> str:
    """The page that ships."""
    return SAMPLE.read_bytes().decode()
