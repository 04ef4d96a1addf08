"""What a page is read into. What it does not print is "", None or empty; nothing is filled in."""

from __future__ import annotations

from dataclasses import dataclass, fields

from articles.reading.printed_links import PrintedList
from articles.reading.spans import Span
from newsdb.dates import PartialDate

#: Authors of one article; more are no byline, and each is looked for among the notes.
MAX_AUTHORS = 50


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an article: a person, or an organisation that signs for its writers."""

    name: str
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class DeclaredMetadata:
    """Metadata from outside a page's text: from an HTML head, JSON-LD, or whoever submitted it.

    It is the publisher's or the curator's own statement and takes precedence over the text.
    """

    outlet: str = ""
    headline: str = ""
    deck: str = ""
    section: str = ""
    language: str = ""
    """A BCP 47 tag, such as "en" or "pt-BR"."""
    published: PartialDate | None = None
    authors: tuple[Author, ...] = ()
    source_url: str = ""
    """The page's own address."""
    host: str = ""
    """The host of the page's site, also where the page's own address is unknown."""
    outlet_names: tuple[str, ...] = ()
    """What may be other names of the outlet: a known outlet of such a name is taken, but none is created."""

    def over(self, other: DeclaredMetadata) -> DeclaredMetadata:
        """The metadata of both; this one's takes precedence."""
        return DeclaredMetadata(
            *(getattr(self, each.name) or getattr(other, each.name) for each in fields(DeclaredMetadata))
        )


NO_METADATA = DeclaredMetadata()


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A title that an author's note says its author holds or held."""

    title: str
    """Beginning with a capital letter, as a title on its own does."""
    organisation: str = ""
    started: PartialDate | None = None
    ended: PartialDate | None = None
    printed: str = ""
    """Title and organisation in the note's own words, for where no organisation of that name is known."""
    place: Span | None = None
    """Where these words stand in the text."""


@dataclass(frozen=True, slots=True)
class PrintedByline:
    """An author: the name as printed, and the note about its bearer, as printed, with its roles."""

    name: str
    organisation: bool = False
    note: str = ""
    roles: tuple[PrintedRole, ...] = ()
    note_place: Span | None = None
    """Where the note stands in the text."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article's parts. Spans count code points of the text that was read."""

    outlet: str = ""
    headline: str = ""
    deck: str = ""
    section: str = ""
    language: str = ""
    published: PartialDate | None = None
    outlet_names: tuple[str, ...] = ()
    """Printed or declared words that may be the outlet's name, surest first."""
    bylines: tuple[PrintedByline, ...] = ()
    body: tuple[Span, ...] = ()
    """Its paragraphs, in order, in the first copy; without headline, deck, byline, note and lists."""
    lists: tuple[PrintedList, ...] = ()
    copies: int = 1
    """How many times over the page holds the article."""
