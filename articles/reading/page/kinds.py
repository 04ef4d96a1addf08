"""Classifies a line at the top of a page: date, byline, section, furniture, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from articles.reading.page.bylines import read_byline, read_names
from articles.reading.page.datelines import Dateline, read_dateline
from articles.reading.page.lines import is_table_row

#: Code points; a longer line is a paragraph.
LONGEST = 300
LONGEST_OUTLET = 50

_PART_SEPARATOR = re.compile(r"\s+[|•·–—/-]\s+|\s*[|•·]\s*|\t+")
#: Labels of buttons and other elements of the user interface.
_FURNITURE = re.compile(
    r"(?:advertisement|ad|share(?: this(?: article| story)?| on \w+)?|save|print|email|listen|comments?"
    r"|menu|search|sign in|log in|subscribe(?: now)?|skip to (?:main )?content|read more|related"
    r"|follow(?: us)?|copy link|facebook|twitter|x|whatsapp|linkedin|gift (?:this )?article"
    r"|listen to (?:this )?article|close"
    r"|\(?[0-9]{1,3}[- ]min(?:ute)?s?(?: read)?\)?|[0-9]{1,6} (?:comments?|shares?|views?)"
    r"|(?:©|\(c\)|copyright)\s.{0,120}|all rights reserved\.?)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?:world |top |local )?news|top stories|world|politics|opinions?|business|economy|technology|tech"
    r"|science|health|sports?|culture|arts|entertainment|lifestyle|travel|food|education|environment|climate"
    r"|local|national|international|europe|asia|africa|americas|middle east|us|u\.s\.|uk|commentary|analysis"
    r"|editorials?|features?|investigations|media|society|(?:national )?security|defen[cs]e|energy|books|film"
    r"|music|style|magazine|nature|transport|weather|crime|law|(?:foreign )?policy|markets|money|finance"
    r"|campaign|congress|house|senate|administration|letters to the editor)[ :/>]*",
    re.IGNORECASE,
)
#: Words by which most names of newspapers, agencies and broadcasters are recognised.
_OUTLET_WORD = re.compile(
    r"\b(?:times|post|news|herald|tribune|observer|interest|journal|gazette|guardian|press|review|magazine"
    r"|daily|weekly|today|independent|standard|mail|express|chronicle|star|sun|globe|courier|register|examiner"
    r"|monitor|telegraph|bulletin|record|ledger|sentinel|dispatch|inquirer|mirror|hill|radio|broadcasting"
    r"|network|reporter|messenger|argus|echo|citizen|advertiser|atlantic|economist|diplomat|conversation"
    r"|agency|wire|tv)\b",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:www\.)?(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,12}", re.IGNORECASE)


@dataclass(slots=True)
class Kind:
    """The contents of a line, which may be several things ("By X | Nov. 28, 2024")."""

    dates: list[Dateline] = field(default_factory=list)
    names: tuple[str, ...] = ()
    said: str = ""
    section: str = ""
    furniture: bool = False

    @property
    def signed(self) -> bool:
        """Whether it has an author or a date, as the lines between headline and body do."""
        return bool(self.dates or self.names)

    @property
    def words(self) -> bool:
        """Whether it is none of the above: a headline, a deck, an outlet's name or a paragraph."""
        return not (self.signed or self.section or self.furniture)


def kind_of(line: str, *, captured_at: datetime | None = None) -> Kind:
    """Classify the line. A part that is neither date nor name makes it words, unless one came before."""
    kind = Kind()
    if len(line) > LONGEST or is_table_row(line):
        return kind
    if is_furniture(line):
        kind.furniture = True
        return kind
    whole = read_dateline(line, captured_at=captured_at)
    parts = [line] if whole else [part for part in _PART_SEPARATOR.split(line) if part]
    for position, part in enumerate(parts):
        dates = read_dateline(part, captured_at=captured_at)
        byline = read_byline(part)
        if dates:
            kind.dates += dates
        elif byline and not kind.names:
            kind.names, kind.said = byline
        elif is_section(part) and not kind.section:
            kind.section = part
        elif not kind.signed and not (position == 0 and _is_dated_later(parts[1:])):
            return Kind()
        elif position == 0 and (names := read_names(part)):
            kind.names, kind.said = names
    return kind


def is_furniture(line: str) -> bool:
    """Whether the line is a button, a placeholder for an advertisement or a copyright notice."""
    return len(line) <= LONGEST and _FURNITURE.fullmatch(line) is not None


def is_section(words: str) -> bool:
    """Whether the words are a common name of a section."""
    return _SECTION.fullmatch(words) is not None


def is_outlet(words: str) -> bool:
    """Whether the words look like an outlet's name: few, capitalised, and with a typical word among them."""
    if len(words) > LONGEST_OUTLET or words[-1:] in ".?!:,;":
        return False
    if _DOMAIN.fullmatch(words):
        return True
    parts = words.split()
    capital = all(
        part[:1].isupper() or part in ("of", "the", "and", "&", "for", "de", "la") for part in parts
    )
    return capital and len(parts) <= 6 and bool(_OUTLET_WORD.search(words))


def _is_dated_later(parts: list[str]) -> bool:
    return any(read_dateline(part) for part in parts)
