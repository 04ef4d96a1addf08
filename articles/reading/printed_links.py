"""Parses pasted lists of links as printed with an article ("Topics", "More from The Hill").

    Topics
    -
    Bridge reopens after a year
    Local - The Valley Post - November 9 -
    Who pays for the bridge?
    Opinion - The Courier - 5 days ago

A list is a heading, a dash, then two lines per link: its title, and its source line (section, outlet, date),
any part of which may be missing. The position of a line counts more than its form, because titles may contain
dashes and dates. A line that does not fit is an error; none is dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.reading.printed_dates import is_printed_date

_SEPARATOR = re.compile(r"(?:^|(?<= ))[-–•·|](?= |$)")
_BULLETS = frozenset("-–—•·*")
_BULLET_BEFORE_TITLE = re.compile(r"[-–—•·*]\s+")


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """A link as printed; parts that are not printed are ''."""

    title: str
    section: str = ""
    outlet_label: str = ""
    printed_date: str = ""
    url: str = ""
    """Where it leads, relative to its page's URL."""


@dataclass(frozen=True, slots=True)
class PrintedList:
    """The links under a heading, in order; the title is '' if there is no heading."""

    title: str
    links: tuple[PrintedLink, ...]


class PrintedLinkError(ValueError):
    """A line that could not be parsed: `line_number` counts from 1, `text` is the line."""

    def __init__(self, line_number: int, text: str, reason: str) -> None:
        super().__init__(f"Line {line_number}, “{text}”: {reason}")
        self.line_number = line_number
        self.text = text


def parse_lists(pasted: str) -> list[PrintedList]:
    """Parse all lists, in printed order. Raises PrintedLinkError for a line that does not fit."""
    return [PrintedList(block.title, tuple(block.links)) for block in _blocks(pasted)]


def is_bullet(line: str) -> bool:
    """Whether the line is only a dash or bullet, as under a heading."""
    return line.strip() in _BULLETS


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str

    @property
    def title(self) -> str:
        return _BULLET_BEFORE_TITLE.sub("", self.text, count=1) if self.text[0] in _BULLETS else self.text


@dataclass(slots=True)
class _Block:
    heading: _Line | None = None
    links: list[PrintedLink] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.heading.title if self.heading else ""


def _blocks(pasted: str) -> list[_Block]:
    lines = [
        _Line(number, text.strip())
        for number, text in enumerate(re.split(r"\r\n|\r|\n", pasted), start=1)
        if text.strip()
    ]
    blocks = [_Block()]
    position = 0
    while position < len(lines):
        line, *following = lines[position : position + 3]
        if line.text in _BULLETS:
            position += 1
        elif _is_heading(line, following):
            blocks.append(_Block(heading=line))
            position += 1
        else:
            blocks[-1].links.append(_link(line, following))
            position += 2
    return [block for block in blocks if block.heading or block.links]


def _is_heading(line: _Line, following: Sequence[_Line]) -> bool:
    """Whether a dash, or a title and its source line, follow the line."""
    under = [Particulars.read(other.text) for other in following]
    if following and following[0].text in _BULLETS:
        return True
    is_link_under = len(under) == 2 and not under[0].certain and under[1].certain
    return is_link_under and not Particulars.read(line.text).certain


def _link(title: _Line, following: Sequence[_Line]) -> PrintedLink:
    if Particulars.read(title.text).ended:
        raise PrintedLinkError(title.number, title.text, "section, outlet and date without a title above.")
    if not following:
        raise PrintedLinkError(title.number, title.text, "no section, outlet or date follows this title.")
    particulars = Particulars.read(following[0].text)
    if not particulars.possible:
        raise PrintedLinkError(
            following[0].number,
            following[0].text,
            f"not the section, outlet and date of “{title.title}”.",
        )
    return PrintedLink(title.title, *particulars.fields())


@dataclass(frozen=True, slots=True)
class Particulars:
    """A link's source line, "Section - Outlet - date -"."""

    parts: tuple[str, ...]
    ended: bool
    """Whether the line ends with a separator."""

    @classmethod
    def read(cls, text: str) -> "Particulars":
        parts = [part.strip() for part in _SEPARATOR.split(" ".join(text.split()))]
        ended = len(parts) > 1 and not parts[-1]
        if ended:
            parts.pop()
        if len(parts) > 3 and not parts[0]:  # a bullet before the line
            parts.pop(0)
        return cls(tuple(parts), ended)

    @property
    def dated(self) -> bool:
        return is_printed_date(self.parts[-1])

    @property
    def certain(self) -> bool:
        """Whether it is a source line wherever it is: up to three parts, with a date or a final separator."""
        return len(self.parts) <= 3 and (self.ended or self.dated)

    @property
    def possible(self) -> bool:
        """Whether it is a source line if it follows a title."""
        return self.certain or len(self.parts) in {2, 3}

    def fields(self) -> tuple[str, str, str]:
        """Section, outlet label and printed date. A single name is taken as the outlet."""
        parts = list(self.parts)
        printed_date = parts.pop() if self.dated or len(parts) == 3 else ""
        outlet_label = parts.pop() if parts else ""
        section = parts.pop() if parts else ""
        return section, outlet_label, printed_date
